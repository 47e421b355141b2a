/// Product → count: sorted by product, each once, none zero.
/// ```swift
/// let load: Quantities = [.kg20: 2, .kg16: 1]
/// ```
public struct Quantities: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// |count| ≤ 10⁴ (L2).
    public static let limit = Bounds.quantity

    /// Sorted by product; none is zero.
    public private(set) var pairs: [Pair]

    /// So many of a product.
    public struct Pair: Hashable, Sendable {
        /// Each stands once in the list.
        public var product: Product
        /// Never zero; negative where quantities are subtracted.
        public var count: Int
    }

    /// Sorts and drops zeros; nil where a product is repeated or a count is out of range.
    public init?(_ pairs: [(product: Product, count: Int)]) {
        let sorted = pairs.map { Pair(product: $0.product, count: $0.count) }
            .sorted { $0.product < $1.product }
        for (a, b) in zip(sorted, sorted.dropFirst()) where a.product == b.product { return nil }
        guard sorted.allSatisfy({ $0.count.magnitude <= Self.limit }) else { return nil }
        self.pairs = sorted.filter { $0.count != 0 }
    }

    /// Literals are for code: a repeated product's last count stands; rules check the range.
    public init(dictionaryLiteral elements: (Product, Int)...) {
        pairs = []
        for (product, count) in elements {
            pairs.removeAll { $0.product == product }
            if count != 0 { pairs.append(Pair(product: product, count: count)) }
        }
        pairs.sort { $0.product < $1.product }
    }

    /// Whether no product is listed.
    public var isEmpty: Bool { pairs.isEmpty }

    /// The count of a product; 0 where it is not listed.
    public subscript(product: Product) -> Int {
        pairs.first { $0.product == product }?.count ?? 0
    }

    /// The sum; nil where a count leaves the range: reported, never trapped.
    public func adding(_ other: Quantities) -> Quantities? {
        var sums: [Product: Int] = [:]
        for pair in pairs + other.pairs {
            let (sum, overflow) = sums[pair.product, default: 0].addingReportingOverflow(pair.count)
            if overflow { return nil }
            sums[pair.product] = sum
        }
        return Quantities(sums.map { (product: $0.key, count: $0.value) })
    }

    /// Whether `other` has at least this much of every product.
    public func isCovered(by other: Quantities) -> Bool {
        pairs.allSatisfy { other[$0.product] >= $0.count }
    }
}
