internal import LuckyModel

// More empties than the customer held.

extension ReviewSearch {
    /// Whether it took back more than was held, or all handovers here that who wrote down the
    /// holdings did not know took more than that: of those, what each took beyond what it brought.
    func hasTaken(
        _ candidate: Candidate, beyond held: Quantities?, _ write: Recorded
    ) -> Bool {
        guard case .handedOver(let mine) = candidate.fact, let held else { return false }
        if !mine.handover.collected.isCovered(by: held) { return true }
        let products = mine.handover.takenBeyondBrought.map(\.product)
        return products.contains { taken($0, unknownTo: write) > held[$0] }
    }

    /// The most that handovers of which the write's author did not know may have taken beyond what
    /// they brought.
    private func taken(_ product: Product, unknownTo write: Recorded) -> Int {
        var most: [FactRef: Told] = [:]
        for version in versions {
            guard case .handedOver(let value) = version.value,
                !write.context.covers(version.named.dot),
                stands(version, for: version.source, write),
                let found = value.handover.takenBeyondBrought.first(where: {
                    $0.product == product
                })
            else { continue }
            let name = version.named.ref
            // What it said first decides whether it may be told twice.
            let telling = twins.telling(
                Version(
                    value: version.original.fact?.handover.map { .handedOver($0) } ?? .withdrawn,
                    original: version.original, source: version.original))
            let old = most[name]
            most[name] = Told(
                record: version.named, telling: telling, count: max(old?.count ?? 0, found.count))
        }
        var sum = 0
        var alike: [Twins.Telling: [Told]] = [:]
        for told in most.values {
            guard let telling = told.telling else {
                sum = capped(sum, told.count)
                continue
            }
            alike[telling, default: []].append(told)
        }
        for group in alike.values {
            sum = capped(sum, Told.mostInTurn(group))
        }
        return sum
    }

    private struct Told {
        var record: Recorded
        var telling: Twins.Telling?
        var count: Int

        /// The most that can have been told one after the other: what two phones of one driver told
        /// alike, neither knowing of the other, may be one.
        static func mostInTurn(_ group: [Told]) -> Int {
            // Who knew of another knew more than they.
            let sorted = group.sorted {
                ($0.record.context.sum, $0.record.dot) < ($1.record.context.sum, $1.record.dot)
            }
            var best: [Int] = []
            for (index, told) in sorted.enumerated() {
                let before = sorted[..<index].indices.filter {
                    !sorted[$0].record.isConcurrent(with: told.record)
                }.map { best[$0] }.max()
                best.append(capped(told.count, before ?? 0))
            }
            return best.max() ?? 0
        }
    }
}

extension Fact {
    fileprivate var handover: HandedOver? {
        if case .handedOver(let value) = self { value } else { nil }
    }
}

extension VersionVector {
    /// Grows with everything that is known more.
    fileprivate var sum: UInt64 { entries.reduce(0) { $0 &+ $1.counter } }
}

/// What does not fit is as many as there are numbers.
private func capped(_ a: Int, _ b: Int) -> Int {
    let (sum, overflow) = a.addingReportingOverflow(b)
    return overflow ? .max : sum
}
