/// What is sold: named by its code, such as `20kg`. Compares as bytes (L10).
public struct Product: Hashable, Comparable, Sendable {
    /// Lower case in the catalogue; any bytes for a product of a newer one.
    public let code: Identifier

    /// Any code; the catalogue may not know it.
    public init(_ code: Identifier) { self.code = code }

    /// 50KG: the standard cylinder of 50 kg.
    public static let kg50 = Product("50kg")
    /// 20KG: the standard cylinder of 20 kg.
    public static let kg20 = Product("20kg")
    /// 16KG: the standard cylinder of 16 kg.
    public static let kg16 = Product("16kg")
    /// 10KG: the standard cylinder of 10 kg.
    public static let kg10 = Product("10kg")
    /// 4KG: the standard cylinder of 4 kg.
    public static let kg4 = Product("4kg")

    /// Orders as the bytes of the codes.
    public static func < (a: Product, b: Product) -> Bool { a.code < b.code }
}
