/// What kind of fact it is: the number that stands in its bytes. Open (L5).
public struct FactKind: RawRepresentable, Hashable, Comparable, Sendable {
    /// The number of the body in `Core`; for ever the same.
    public let rawValue: UInt32
    /// Any number; 0 names none.
    public init(rawValue: UInt32) { self.rawValue = rawValue }
    /// Orders by number.
    public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

    /// ``Fact/arrived(_:)``
    public static let arrived = FactKind(rawValue: 16)
    /// ``Fact/handedOver(_:)``
    public static let handedOver = FactKind(rawValue: 17)
    /// ``Fact/failed(_:)``
    public static let failed = FactKind(rawValue: 18)
    /// ``Fact/cashReceived(_:)``
    public static let cashReceived = FactKind(rawValue: 19)
    /// ``Fact/photoTaken(_:)``
    public static let photoTaken = FactKind(rawValue: 20)
    /// ``Fact/noteAdded(_:)``
    public static let noteAdded = FactKind(rawValue: 21)
    /// ``Fact/corrected(_:)``
    public static let corrected = FactKind(rawValue: 22)
    /// ``Fact/suggestedAddress(_:)``
    public static let suggestedAddress = FactKind(rawValue: 23)
    /// ``Fact/suggestedOrder(_:)``
    public static let suggestedOrder = FactKind(rawValue: 24)
    /// ``Fact/meterRead(_:)``
    public static let meterRead = FactKind(rawValue: 25)
    /// ``Fact/shiftStarted(_:)``
    public static let shiftStarted = FactKind(rawValue: 26)
    /// ``Fact/shiftEnded(_:)``
    public static let shiftEnded = FactKind(rawValue: 27)
    /// ``Fact/cashDropped(_:)``
    public static let cashDropped = FactKind(rawValue: 28)
    /// ``Fact/stopAdded(_:)``
    public static let stopAdded = FactKind(rawValue: 29)
    /// ``Fact/routeStarted``
    public static let routeStarted = FactKind(rawValue: 30)
    /// ``Fact/routeCompleted``
    public static let routeCompleted = FactKind(rawValue: 31)
    /// ``Fact/looked(_:)``
    public static let looked = FactKind(rawValue: 48)
    /// ``Fact/reviewOpened(_:)``
    public static let reviewOpened = FactKind(rawValue: 49)
    /// ``Fact/reviewResolved(_:)``
    public static let reviewResolved = FactKind(rawValue: 50)
    /// ``Fact/redacted(_:)``
    public static let redacted = FactKind(rawValue: 51)
    /// ``Fact/settled(_:)``
    public static let settled = FactKind(rawValue: 52)
    /// ``Fact/released(_:)``
    public static let released = FactKind(rawValue: 53)

    /// Every kind of this build with the word that commands, JSON and files use, by number.
    public static let named: [(kind: FactKind, word: String)] = [
        (.arrived, "arrived"), (.handedOver, "handed_over"), (.failed, "failed"),
        (.cashReceived, "cash_received"), (.photoTaken, "photo_taken"),
        (.noteAdded, "note_added"), (.corrected, "corrected"),
        (.suggestedAddress, "suggested_address"), (.suggestedOrder, "suggested_order"),
        (.meterRead, "meter_read"), (.shiftStarted, "shift_started"),
        (.shiftEnded, "shift_ended"), (.cashDropped, "cash_dropped"),
        (.stopAdded, "stop_added"), (.routeStarted, "route_started"),
        (.routeCompleted, "route_completed"), (.looked, "looked"),
        (.reviewOpened, "review_opened"), (.reviewResolved, "review_resolved"),
        (.redacted, "redacted"), (.settled, "settled"), (.released, "released"),
    ]

    /// `handed_over` …; `unknown` for a kind of a newer build.
    public var word: String { Self.named.first { $0.kind == self }?.word ?? "unknown" }
}

extension Fact {
    /// Which kind it is.
    public var kind: FactKind {
        switch self {
        case .arrived: .arrived
        case .handedOver: .handedOver
        case .failed: .failed
        case .cashReceived: .cashReceived
        case .photoTaken: .photoTaken
        case .noteAdded: .noteAdded
        case .corrected: .corrected
        case .suggestedAddress: .suggestedAddress
        case .suggestedOrder: .suggestedOrder
        case .meterRead: .meterRead
        case .shiftStarted: .shiftStarted
        case .shiftEnded: .shiftEnded
        case .cashDropped: .cashDropped
        case .stopAdded: .stopAdded
        case .routeStarted: .routeStarted
        case .routeCompleted: .routeCompleted
        case .looked: .looked
        case .reviewOpened: .reviewOpened
        case .reviewResolved: .reviewResolved
        case .redacted: .redacted
        case .settled: .settled
        case .released: .released
        case .unknown(let kind): FactKind(rawValue: kind)
        }
    }
}
