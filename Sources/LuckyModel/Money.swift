/// New Taiwan dollars in 1/100 NT$: never a float. Whole dollars are shown; the rounding point is
/// the line of an invoice, which is not ours.
public struct Money: Hashable, Comparable, Sendable {
    /// In 1/100 NT$; |cents| ≤ 10⁹ (L2).
    public let cents: Int64

    /// NT$0.
    public static let zero = Money(unchecked: 0)

    /// Nil outside the range.
    public init?(cents: Int64) {
        guard cents.magnitude <= UInt64(Bounds.moneyCents) else { return nil }
        self.cents = cents
    }

    private init(unchecked cents: Int64) { self.cents = cents }

    /// Whole NT$; nil outside the range.
    public static func dollars(_ dollars: Int64) -> Money? {
        let (cents, overflow) = dollars.multipliedReportingOverflow(by: 100)
        return overflow ? nil : Money(cents: cents)
    }

    /// The sum; nil where it leaves the range: reported, never trapped.
    public func adding(_ other: Money) -> Money? {
        let (sum, overflow) = cents.addingReportingOverflow(other.cents)
        return overflow ? nil : Money(cents: sum)
    }

    /// Orders by amount, negative ones first.
    public static func < (a: Money, b: Money) -> Bool { a.cents < b.cents }
}
