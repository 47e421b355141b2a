public import Foundation
public import LuckyModel

/// Who is at the door, as proved by a verified token.
public struct Credential: Hashable, Sendable {
    /// A driver's or an office person's id, compared as bytes.
    public var person: Identifier
    /// The depot that the token binds to.
    public var depot: Identifier
    /// What the token lets the bearer do: driver, supervisor or office.
    public var role: Role
    /// Whose changesets a supervisor may bring besides their own (L20); nobody's for other roles.
    public var carriesFor: Set<Identifier>

    /// Believed as given: whoever calls has verified a token.
    public init(
        person: Identifier, depot: Identifier, role: Role, carriesFor: Set<Identifier> = []
    ) {
        self.person = person
        self.depot = depot
        self.role = role
        self.carriesFor = carriesFor
    }
}

/// A refusal at the door: nothing was stored, and the device keeps everything (L20).
public struct HubRefusal: Error, Hashable, Sendable {
    /// The HTTP status that says it: 400, 401, 403, 404, 409, 413, 422, 503.
    public var status: Int
    /// A stable machine-readable word, such as `unknown_stop`.
    public var code: String
    /// One sentence in English for a person.
    public var message: String

    /// The HTTP status, its stable word, and a sentence in English.
    public init(status: Int, code: String, message: String) {
        self.status = status
        self.code = code
        self.message = message
    }
}

/// The hub's answer to one sync request.
public struct SyncAnswer: Sendable {
    /// A row of frames, ready to send (not compressed).
    public var body: Data
    /// False when there is neither a receipt nor a page entry in it: a caller that may wait can
    /// wait for the depot's log to grow and ask again.
    public var hasNews: Bool

    /// Frames to send, and whether they say anything new.
    public init(body: Data, hasNews: Bool) {
        self.body = body
        self.hasNews = hasNews
    }
}

/// What stands behind the hub's HTTP endpoints: synchronous, safe to call from any thread.
public protocol HubDoor: Sendable {
    /// One round trip of a device: push, receipts, next page (L17).
    /// - Parameter body: frames, decompressed; - Parameter now: Unix milliseconds.
    func sync(_ body: Data, as credential: Credential, now: Int64) throws(HubRefusal) -> SyncAnswer

    /// One office verb (`plan-import`, `plan-show`, `plan-edit`, `report-day` …): JSON in and
    /// out.
    func office(
        _ verb: String, _ body: Data, as credential: Credential, now: Int64
    ) throws(HubRefusal) -> Data

    /// Whether the database can be read and written now.
    func isReady() -> Bool

    /// The log position of a depot; it only grows. Readers that wait compare it.
    func sequence(of depot: Identifier) -> UInt64
}
