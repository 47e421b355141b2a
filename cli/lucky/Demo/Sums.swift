import LuckyDriver

/// What a driver handed over, took back and was paid.
struct Sums: Hashable, Sendable {
    /// Product → counts; a product with neither is not listed.
    private(set) var products: [String: Gas] = [:]
    private(set) var cashCents: Int64 = 0
    /// A sum left its range: the figures are not to be trusted (L2).
    private(set) var hasOverflow = false

    struct Gas: Hashable, Sendable {
        var delivered = 0
        var collected = 0
    }

    mutating func add(delivered: [String: Int], collected: [String: Int]) {
        for (product, count) in delivered { raise(product, \.delivered, count) }
        for (product, count) in collected { raise(product, \.collected, count) }
    }

    mutating func add(cashCents cents: Int64) {
        let (sum, isOver) = cashCents.addingReportingOverflow(cents)
        if isOver { hasOverflow = true } else { cashCents = sum }
    }

    private mutating func raise(_ product: String, _ part: WritableKeyPath<Gas, Int>, _ by: Int) {
        guard by != 0 else { return }
        var gas = products[product] ?? Gas()
        let (sum, isOver) = gas[keyPath: part].addingReportingOverflow(by)
        if isOver { hasOverflow = true } else { gas[keyPath: part] = sum }
        products[product] = gas
    }

    /// From the records of one stop, those of each author apart.
    static func add(_ facts: [FactRecord], to sums: inout [String: Sums]) {
        for effective in Corrections.effective(facts) {
            let driver = effective.record.author.text
            switch effective.value {
            case .handedOver(let value):
                sums[driver, default: Sums()].add(
                    delivered: value.handover.delivered.counts,
                    collected: value.handover.collected.counts)
            case .cashReceived(let value):
                sums[driver, default: Sums()].add(cashCents: value.amount.cents)
            case .failed, .withdrawn, .unknown: break
            }
        }
    }

    /// From a driver's own taps, by plain arithmetic: of each stop the last word counts.
    init(of taps: [Tap]) {
        var gas: [String: Tap] = [:]
        var cash: [String: Int64] = [:]
        for tap in taps {
            switch tap.kind {
            case .deliver:
                gas[tap.entity] = tap
                cash[tap.entity] = tap.cashCents
            case .correctCounts: gas[tap.entity] = tap
            case .correctCash: cash[tap.entity] = tap.cashCents
            case .arrive, .fail: break
            }
        }
        for tap in gas.values { add(delivered: tap.delivered, collected: tap.collected) }
        for cents in cash.values { add(cashCents: cents) }
    }

    init() {}
}
