/// What a meter showed.
public struct MeterReading: Hashable, Sendable {
    /// In 1/1000 of the meter's unit; 0 ..< 2⁵³.
    public var milli: Int64
    /// What flows through it; nil where the customer has one meter.
    public var product: Product?

    /// Takes both as they are; ``StopRules`` and readers refuse a negative one.
    public init(milli: Int64, product: Product? = nil) {
        self.milli = milli
        self.product = product
    }
}

/// The driver came on duty.
public struct ShiftStart: Hashable, Sendable {
    /// Change money in the box, in 1/100 NT$.
    public var float: Money
    /// - Parameter float: change money in the box.
    public init(float: Money) { self.float = float }
}

/// The driver went off duty.
public struct ShiftEnd: Hashable, Sendable {
    /// What was counted in the box, in 1/100 NT$; nil where nobody counted.
    public var counted: Money?
    /// - Parameter counted: nil where nobody counted.
    public init(counted: Money? = nil) { self.counted = counted }
}

/// Cash handed in at the depot.
public struct CashDrop: Hashable, Sendable {
    /// In 1/100 NT$.
    public var amount: Money
    /// Takes the amount as it is.
    public init(_ amount: Money) { self.amount = amount }
}

/// An unplanned stop, as the driver describes it; his say until the office plans it.
public struct AddedStop: Hashable, Sendable {
    /// What the driver calls it; nil for none.
    public var code: Identifier?
    /// The route it was made on; nil for none.
    public var route: EntityID?
    /// The business day; nil where it was not said.
    public var date: CivilDate?
    /// A ``PaymentMethod`` code; nil where it was not said.
    public var payment: Identifier?
    /// For the whole stop, in 1/100 NT$; nil where it was not said.
    public var price: Money?
    /// Personal: who was served.
    public var customer: String?
    /// Personal: where.
    public var address: String?
    /// Personal: how to reach them, kept as said.
    public var phone: String?
    /// Personal: where the driver stood.
    public var coordinate: Coordinate?
    /// Personal: the driver's words.
    public var note: String?

    /// Nil stands for what was not said, or was redacted; an empty text is stored as nil.
    public init(
        code: Identifier? = nil, route: EntityID? = nil, date: CivilDate? = nil,
        payment: Identifier? = nil, price: Money? = nil, customer: String? = nil,
        address: String? = nil, phone: String? = nil, coordinate: Coordinate? = nil,
        note: String? = nil
    ) {
        self.code = code
        self.route = route
        self.date = date
        self.payment = payment
        self.price = price
        self.customer = customer
        self.address = address
        self.phone = phone
        self.coordinate = coordinate
        self.note = note
    }
}
