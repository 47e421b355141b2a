/// A sum of signed deltas in any order: the range is checked at the end, so that the order cannot
/// matter, and leaving it is reported, never trapped (L2).
struct DeltaSum {
    private var sum: Int64 = 0
    private var hasWrapped = false

    mutating func add(_ delta: Int64) {
        let (next, overflow) = sum.addingReportingOverflow(delta)
        sum = next
        hasWrapped = hasWrapped || overflow
    }

    /// Nil where the sum is beyond the limit in either direction.
    func total(upTo limit: Int64) -> Int64? {
        hasWrapped || sum.magnitude > limit.magnitude ? nil : sum
    }
}

/// The same per product.
struct QuantitySum {
    private var sums: [Product: DeltaSum] = [:]

    mutating func add(_ quantities: Quantities) {
        for pair in quantities.pairs {
            sums[pair.product, default: DeltaSum()].add(Int64(pair.count))
        }
    }

    mutating func subtract(_ quantities: Quantities) {
        for pair in quantities.pairs {
            sums[pair.product, default: DeltaSum()].add(-Int64(pair.count))
        }
    }

    /// Nil where one product's count is out of range.
    var total: Quantities? {
        var pairs: [(product: Product, count: Int)] = []
        for (product, sum) in sums {
            guard let count = sum.total(upTo: Int64(Quantities.limit)) else { return nil }
            pairs.append((product, Int(count)))
        }
        return Quantities(pairs)
    }
}

/// What a stop's facts add up to.
struct StopSums {
    private(set) var delivered = QuantitySum()
    private(set) var collected = QuantitySum()
    private(set) var residual = DeltaSum()
    private(set) var cash = DeltaSum()

    mutating func add(_ handover: Handover) {
        delivered.add(handover.delivered)
        collected.add(handover.collected)
        residual.add(Int64(handover.residualGrams))
    }

    mutating func add(_ amount: Money) { cash.add(amount.cents) }

    var hasOverflow: Bool {
        delivered.total == nil || collected.total == nil
            || residual.total(upTo: Int64(Bounds.grams)) == nil
            || cash.total(upTo: Bounds.moneyCents) == nil
    }
}
