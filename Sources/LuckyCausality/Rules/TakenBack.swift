internal import LuckyModel

extension Handover {
    /// The empties of each product beyond the full ones that came for them: what an exchange leaves
    /// the customer short of. Sorted by product; counts above 0.
    var takenBeyondBrought: [(product: Product, count: Int)] {
        collected.pairs.compactMap { pair in
            let (count, isOver) = pair.count.subtractingReportingOverflow(delivered[pair.product])
            return !isOver && count > 0 ? (pair.product, count) : nil
        }
    }
}
