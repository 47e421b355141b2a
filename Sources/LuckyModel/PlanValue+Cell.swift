extension PlanValue {
    /// As a plan file writes it; an entity as hexadecimal digits. Nil for no value.
    public var cell: String? {
        switch self {
        case .none: nil
        case .text(let value): value
        case .name(let value): value.text
        case .integer(let value): String(value)
        case .flag(let value): value ? "true" : "false"
        case .money(let value): value.plainText
        case .quantities(let value): value.text
        case .window(let value):
            TaipeiTime.clock(minute: value.startMinute) + "-"
                + TaipeiTime.clock(minute: value.endMinute)
        case .coordinate(let value): value.latitudeText + "," + value.longitudeText
        case .entity(let value): value.hex
        case .unknown: "?"
        }
    }
}

extension Coordinate {
    /// Degrees as plain decimals.
    public var latitudeText: String { Self.degrees(latitudeE7) }
    /// Degrees as plain decimals.
    public var longitudeText: String { Self.degrees(longitudeE7) }

    private static func degrees(_ value: Int32) -> String {
        let (whole, rest) = value.magnitude.quotientAndRemainder(dividingBy: 10_000_000)
        let digits = String(rest)
        let fraction = String(repeating: "0", count: 7 - digits.count) + digits
        return (value < 0 ? "-" : "") + "\(whole).\(fraction)"
    }
}
