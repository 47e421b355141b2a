/// The price that the driver saw, and the plan write that said so.
public struct Quote: Hashable, Sendable {
    /// For the whole stop, in 1/100 NT$.
    public var price: Money
    /// The plan write; nil where the driver himself said the price.
    public var source: FactRef?

    /// Takes both as they are.
    public init(price: Money, source: FactRef?) {
        self.price = price
        self.source = source
    }
}
