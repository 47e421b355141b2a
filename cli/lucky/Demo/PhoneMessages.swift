import LuckyDriver

/// What the demo tells a driver's process to do: one JSON line on its standard input.
struct PhoneOrder: Codable, Sendable {
    var number: Int
    var action: PhoneAction
}

enum PhoneAction: Codable, Sendable {
    /// Rest until the replica shows this, at most so many seconds.
    case expect(Expectation, seconds: Int)
    /// Go to the next open stop that fits and do what is to be done there.
    case visit(Visit)
    case deadZone(Bool)
    /// The next answer that brings receipts is lost, or held back.
    case loseAnswer
    case holdAnswer
    /// Rest until that has happened.
    case awaitFault(seconds: Int)
    /// Rest until everything is received.
    case drain(seconds: Int)
    /// Compare by digest with the hub, and the rows with their records.
    case verify
    case leave
}

enum Visit: String, Codable, Sendable {
    case ordinary
    /// One cylinder fewer than ordered.
    case partial
    /// The customer is not there.
    case absent
    case photo
    /// The empties were miscounted and are corrected.
    case wrongCount = "wrong_count"
    /// The cash was mistyped and is corrected.
    case wrongCash = "wrong_cash"
}

/// What a driver's own replica shows.
enum Expectation: Codable, Sendable {
    /// So many stops today.
    case stops(Int)
    /// A stop on the route with this address, or at this place.
    case address(stop: String, String)
    case place(stop: String, Int)
    case listed(stop: String)
    case handedOver(stop: String)
    /// A stop with a contradiction for the office.
    case review(stop: String)
}

/// A driver's answer: one JSON line on its standard output. Number 0 says that it is ready.
struct PhoneReply: Codable, Sendable {
    var number: Int
    /// Why it was not done, in English; nil: done.
    var error: String?
    /// Changes on this phone that were not yet received.
    var pending: Int
    var closed: Int
    var total: Int
    /// The stop visited; nil where none is left that fits.
    var stop: String?
    var place: Int?
    /// Of a verification.
    var agrees: Bool?
    var sequence: UInt64?
    var differences: [String]?
}
