/// What a stop comes to: what is due, what was paid, what is still to be brought. Derived.
public struct Account: Hashable, Sendable {
    /// What the driver said at the door; nil where nothing was quoted.
    public var quoted: Money?
    /// What the customer owes; nil where the office has to price it first.
    public var due: Money?
    /// What was taken, as posted.
    public var paid: Money
    /// Receipts that may be one of the others recorded again: not in ``paid``.
    public var suspected: Money
    /// What was ordered and not brought; empty unless gas was handed over.
    public var remaining: Quantities
    /// In display order.
    public var meters: [Meter]
    /// The office's last settlement; nil before the first.
    public var settlement: Settlement?
    /// Handovers, receipts and corrections that no settlement covers, once there is one: they
    /// belong to the next period (L2). Sorted.
    public var adjustments: [FactRef]
    /// Cash among ``adjustments``; nil where the sum leaves its range.
    public var adjustedCash: Money?
    /// Somebody has to decide something about the stop before it is invoiced.
    public var isInvoiceHeld: Bool

    /// A meter as read.
    public struct Meter: Hashable, Sendable {
        /// What was read.
        public var reading: MeterReading
        /// Since the last reading, in 1/1000; nil where there was none. Negative: no price.
        public var usageMilli: Int64?
        /// By the reader's clock, Unix milliseconds.
        public var readAt: Int64
    }

    /// A meter shows less than before: what flowed cannot be priced. The delivery stands.
    public var isPricingBlocked: Bool { meters.contains { ($0.usageMilli ?? 0) < 0 } }

    /// What is still owed; negative where too much was paid; nil where nothing is known to be due.
    public var balance: Money? {
        guard let due, let minus = Money(cents: -paid.cents) else { return nil }
        return due.adding(minus)
    }

    /// Derives the account.
    /// - Parameters:
    ///   - stop: as derived from the same facts.
    ///   - plan: the shown value of a field.
    ///   - facts: in display order.
    ///   - effective: what of them counts.
    ///   - suspected: receipts put aside.
    ///   - isInvoiceHeld: whether a review of the stop needs a decision.
    public init(
        _ stop: Stop, plan: (PlanField) -> PlanValue, facts: [FactRecord],
        effective: [EffectiveFact], suspected: [EffectiveFact], isInvoiceHeld: Bool,
        policy: Policy = .standard
    ) {
        quoted = effective.compactMap(\.quoted).last
        paid = stop.cash
        self.suspected = Self.cash(suspected) ?? .zero
        self.isInvoiceHeld = isInvoiceHeld
        remaining = Self.remaining(of: stop)
        meters = Self.meters(facts, last: plan(.lastReading).integer)
        adjustments = []
        due = nil
        due = due(stop, planned: plan(.price).money, facts, policy)
        settle(facts, effective)
    }

    private func due(
        _ stop: Stop, planned: Money?, _ facts: [FactRecord], _ policy: Policy
    ) -> Money? {
        let isUnplanned = facts.contains { $0.fact.kind == .stopAdded }
        if isPricingBlocked { return nil }
        if isUnplanned, planned == nil, policy.unplanned == .officePrices { return nil }
        if stop.status == .partiallyDelivered, policy.partialDelivery == .officePrices {
            return nil
        }
        guard stop.status == .delivered || stop.status == .partiallyDelivered else { return .zero }
        switch policy.priceAtTheDoor {
        case .quoted: return quoted ?? stop.price
        case .planned: return stop.price
        }
    }

    private mutating func settle(_ facts: [FactRecord], _ effective: [EffectiveFact]) {
        var covered: Set<FactRef> = []
        for record in facts {
            guard case .settled(let value) = record.fact else { continue }
            settlement = value
            covered.formUnion(value.covers)
        }
        guard settlement != nil else { return }
        let counting: Set<FactKind> = [.handedOver, .cashReceived, .corrected]
        adjustments = facts.filter { counting.contains($0.fact.kind) && !covered.contains($0.ref) }
            .map(\.ref).sorted()
        adjustedCash = Self.cash(effective.filter { !covered.contains($0.record.ref) })
    }

    private static func remaining(of stop: Stop) -> Quantities {
        guard stop.status == .partiallyDelivered else { return [:] }
        let pairs = stop.ordered.pairs.map { pair in
            (product: pair.product, count: max(0, pair.count - stop.delivered[pair.product]))
        }
        return Quantities(pairs) ?? [:]
    }

    private static func meters(_ facts: [FactRecord], last: Int64?) -> [Meter] {
        facts.compactMap { record in
            guard case .meterRead(let reading) = record.fact else { return nil }
            let usage = last.map { reading.milli.subtractingReportingOverflow($0).partialValue }
            return Meter(reading: reading, usageMilli: usage, readAt: record.writtenAt)
        }
    }

    private static func cash(_ facts: [EffectiveFact]) -> Money? {
        var sum = DeltaSum()
        for fact in facts {
            if case .cashReceived(let receipt) = fact.value { sum.add(receipt.amount.cents) }
        }
        return sum.total(upTo: Bounds.moneyCents).flatMap(Money.init(cents:))
    }
}

extension EffectiveFact {
    /// The price said at this handover; a correction of the counts does not unsay it.
    var quoted: Money? {
        guard case .handedOver(let value) = value else { return nil }
        if case .handedOver(let original) = record.fact { return value.quoted ?? original.quoted }
        return value.quoted
    }
}
