import LuckyCommandLine
import LuckyDriver

/// What is saved as it was said, and should be looked at again.
struct TapWarning {
    /// A stable word for machines.
    var word: String
    /// For people.
    var line: String

    /// Each word once, in their order; nil where there is none.
    static func words(_ warnings: [TapWarning]) -> [String]? {
        var words: [String] = []
        for warning in warnings where !words.contains(warning.word) { words.append(warning.word) }
        return words.isEmpty ? nil : words
    }
}

// What can hardly be meant.
extension Session {
    /// Even on a day without a plan nobody wonders about so many cylinders of one kind.
    private static let usual = 10

    /// What a tap on a stop says that can hardly be meant.
    /// - Parameter after: the stop with the tap.
    func warnings(of commit: Commit, _ after: StoredStop) async throws -> [TapWarning] {
        guard let handover = try await handover(of: commit.change)?.handover else { return [] }
        return try await oddCounts(handover) + unordered(handover, after.stop)
            + unpaid(handover, after.stop)
    }

    /// More of a product than was ordered there, or one that was not ordered.
    private func unordered(_ handover: Handover, _ stop: Stop) -> [TapWarning] {
        let isMore = handover.delivered.pairs.contains { $0.count > stop.ordered[$0.product] }
        guard !stop.ordered.isEmpty, isMore else { return [] }
        return [
            TapWarning(
                word: "more_than_ordered",
                line: output.text(
                    .warnUnordered,
                    [
                        "stop": stop.spokenName,
                        "ordered": Formats.quantities(stop.ordered, in: output.language),
                    ]))
        ]
    }

    /// One for each product of which a tap hands over or takes back more cylinders than the whole day's
    /// plan has.
    private func oddCounts(_ handover: Handover) async throws -> [TapWarning] {
        let stock = TruckStock(try await driver.routes(on: options.day))
        let planned = stock.lines.reduce(0) { $0 + $1.planned }
        let pairs = handover.delivered.pairs + handover.collected.pairs
        return pairs.filter { $0.count > max(Self.usual, planned) }.map { pair in
            let name = pair.product.info?.name(in: output.language) ?? pair.product.code.text
            return TapWarning(
                word: "count_beyond_plan",
                line: output.text(
                    .warnCount,
                    ["product": name, "count": "\(pair.count)", "planned": "\(planned)"]))
        }
    }

    /// Gas for a customer who pays at the door, and nothing was taken, or less than is due for all that
    /// was ordered.
    private func unpaid(_ handover: Handover, _ stop: Stop) -> [TapWarning] {
        guard !handover.delivered.isEmpty else { return [] }
        if let due = stop.shortPaid {
            return [
                TapWarning(
                    word: "less_cash",
                    line: output.text(
                        .warnLessCash,
                        ["stop": stop.spokenName, "due": due.text, "paid": stop.cash.text]))
            ]
        }
        guard let due = stop.uncollected else { return [] }
        return [
            TapWarning(
                word: "no_cash",
                line: output.text(.warnNoCash, ["stop": stop.spokenName, "due": due.text]))
        ]
    }

    /// An option that says the office cancelled a stop, where it did not.
    func notCancelled(_ before: Stop) -> TapWarning {
        TapWarning(
            word: "not_cancelled",
            line: output.text(.warnNotCancelled, ["stop": before.spokenName]))
    }
}

extension Stop {
    /// What a customer who pays in cash owes for what was handed over, where nothing at all was taken;
    /// nil where nothing is owed.
    var uncollected: Money? {
        guard !delivered.isEmpty, payment == PaymentMethod.cash.code, cash == .zero,
            let price, price > .zero
        else { return nil }
        return price
    }

    /// What is due at a stop that pays in cash, got all that it ordered, and paid something, but less;
    /// nil where that is not so. Of a part of the order what was taken is taken to be what was agreed.
    var shortPaid: Money? {
        let isWhole = ordered.pairs.allSatisfy { delivered[$0.product] >= $0.count }
        guard payment == PaymentMethod.cash.code, cash > .zero, isWhole, let price, cash < price
        else { return nil }
        return price
    }
}
