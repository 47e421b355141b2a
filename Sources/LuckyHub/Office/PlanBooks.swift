internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// What the office keeps about a stop or a route besides the columns of a plan file. An absent key
/// leaves its field as it is.
public struct PlanBooks: Codable, Hashable, Sendable {
    /// A stop's: the number of the invoice that counts what happened there; empty for none.
    public var invoice: String?
    /// A stop's: finance gives this customer no credit.
    public var creditHold: Bool?
    /// A stop's: what its meter showed last time, in 1/1000 of the meter's unit.
    public var lastReadingMilli: Int64?
    /// A stop's: the office's code of the customer; empty for none.
    public var customerCode: String?
    /// A stop's: `true` takes it off its route; it stays with its driver until reassigned.
    public var offRoute: Bool?
    /// A route's: the driver keeps to the office's order.
    public var orderIsMandatory: Bool?
    /// Hides it, unless a driver recorded something there that this person had not seen (L9).
    public var deleted: Bool?

    /// Nothing to write.
    public init() {}

    /// The plan fields that these are, sorted as written above.
    func fields(
        for kind: EntityKind, depot: Identifier
    ) throws(HubRefusal) -> [PlanWrite.Field] {
        let isOfStop =
            invoice != nil || creditHold != nil || lastReadingMilli != nil
            || customerCode != nil || offRoute != nil
        guard kind == .route ? !isOfStop : orderIsMandatory == nil else {
            throw .badRequest(
                kind == .route
                    ? "Of a route, order_is_mandatory and deleted can be set."
                    : "order_is_mandatory belongs to a route.")
        }
        guard offRoute != false else {
            throw .badRequest("off_route can only be true; plan-reassign names another route.")
        }
        let limit = Int64(1) << 53
        guard lastReadingMilli.map({ (0..<limit).contains($0) }) ?? true else {
            throw .badRequest("The reading must be 0 or more, and less than 2^53.")
        }
        var fields: [PlanWrite.Field] = []
        if let name = try invoice.map(Self.name) { fields.append(.init(.invoice, name)) }
        if let creditHold { fields.append(.init(.creditHold, .flag(creditHold))) }
        if let lastReadingMilli { fields.append(.init(.lastReading, .integer(lastReadingMilli))) }
        if let code = try customerCode.map(Self.name) {
            let customer = code.name.map { EntityID.planned(.customer, [depot, $0]) }
            fields.append(.init(.customer, customer.map(PlanValue.entity) ?? .none))
        }
        if offRoute == true { fields.append(.init(.route, .none)) }
        if let orderIsMandatory {
            fields.append(.init(.orderIsMandatory, .flag(orderIsMandatory)))
        }
        if let deleted { fields.append(.init(.deleted, .flag(deleted))) }
        return fields
    }

    /// An empty name is none.
    private static func name(_ text: String) throws(HubRefusal) -> PlanValue {
        if text.isEmpty { return .none }
        guard text.utf8.count <= Bounds.nameBytes else {
            throw .badRequest("A name has at most \(Bounds.nameBytes) bytes.")
        }
        return .name(Identifier(text))
    }
}
