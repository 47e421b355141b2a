/// What a record of a stop says that was perhaps not meant: kept and counted as it is, and worth a
/// second look by driver and office.
public enum OddRecord: String, Hashable, Sendable, Codable, CaseIterable {
    /// Gas was handed over, the customer pays in cash, and nothing was taken.
    case noCash = "no_cash"
    /// All that was ordered was handed over, and less cash was taken than is due.
    case lessCash = "less_cash"
    /// More cash was taken than the order costs.
    case moreCash = "more_cash"
    /// Cash was taken, and nothing that was handed over counts.
    case cashAlone = "cash_alone"
    /// More of a product than was ordered was handed over, or one that was not ordered.
    case moreThanOrdered = "more_than_ordered"
}

extension Stop {
    /// In the order of the cases; empty where nothing is odd.
    public var oddRecords: [OddRecord] {
        let found: [OddRecord?] = [
            uncollected == nil ? nil : .noCash, shortPaid == nil ? nil : .lessCash,
            isOverpaid ? .moreCash : nil, isCashAlone ? .cashAlone : nil,
            isBeyondOrder ? .moreThanOrdered : nil,
        ]
        return found.compactMap(\.self)
    }

    /// What a customer who pays in cash owes for what was handed over, where nothing at all was taken;
    /// nil where nothing is owed.
    public var uncollected: Money? {
        guard !delivered.isEmpty, payment == PaymentMethod.cash.code, cash == .zero,
            let price, price > .zero
        else { return nil }
        return price
    }

    /// What is due at a stop that pays in cash, got all that it ordered, and paid something, but less;
    /// nil where that is not so. Nobody pays the cents of a price; of a part of the order what was taken is
    /// taken to be what was agreed.
    public var shortPaid: Money? {
        let isWhole = ordered.pairs.allSatisfy { delivered[$0.product] >= $0.count }
        guard payment == PaymentMethod.cash.code, !ordered.isEmpty, isWhole, cash > .zero,
            let price, cash.cents < price.cents - price.cents % 100
        else { return nil }
        return price
    }

    /// Whoever pays by the month pays for more than one delivery.
    private var isOverpaid: Bool {
        price.map {
            payment != PaymentMethod.monthly.code && !isCashAlone && cash.cents >= $0.cents + 100
        } ?? false
    }

    private var isCashAlone: Bool {
        cash > .zero && delivered.isEmpty && collected.isEmpty && residualGrams == 0
    }

    private var isBeyondOrder: Bool {
        !ordered.isEmpty && delivered.pairs.contains { $0.count > ordered[$0.product] }
    }
}
