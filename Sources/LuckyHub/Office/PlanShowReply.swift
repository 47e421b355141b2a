/// The plan of a day as the hub has it, with what drivers recorded and what they have seen.
public struct PlanShowReply: Codable, Hashable, Sendable {
    /// The day, `yyyy-mm-dd`.
    public var date: String
    /// The depot of the token.
    public var depot: String
    /// The depot's log position of this snapshot.
    public var sequence: UInt64
    /// Sorted by code. A route with an empty code holds the stops whose route the hub does not
    /// have.
    public var routes: [Route]

    /// A truck's day: its fields and its stops.
    public struct Route: Codable, Hashable, Sendable {
        /// The route's entity, hexadecimal; empty for stops without a route.
        public var entity: String
        /// The office's code of the route.
        public var code: String
        /// The driver's id.
        public var driver: String
        /// The truck; absent where nobody named one.
        public var vehicle: String?
        /// What the truck may carry, in grams; absent where nobody said.
        public var capacityG: Int64?
        /// Who took the route off the day; absent while it is on it.
        public var cancelledBy: String?
        /// When, by that person's clock, Unix milliseconds.
        public var cancelledMs: Int64?
        /// Who of the office closed the route; absent before.
        public var closedBy: String?
        /// When, by that person's clock, Unix milliseconds.
        public var closedMs: Int64?
        /// The driver who said that it is done; absent before.
        public var doneBy: String?
        /// When, by the driver's clock, Unix milliseconds.
        public var doneMs: Int64?
        /// For edits of the route: what this snapshot has seen of it, base64.
        public var context: String
        /// The route's fields with several values; empty in ordinary life.
        public var concurrent: [Concurrent]
        /// The office changes that stand in the route's fields, in log order.
        public var changes: [Change]
        /// In the office's order.
        public var stops: [Stop]
    }

    /// A stop as the plan shows it and as its facts left it.
    public struct Stop: Codable, Hashable, Sendable {
        /// The stop's entity, hexadecimal.
        public var entity: String
        /// The office's code of the stop.
        public var stop: String
        /// The place in the route, from 1; 0 where nobody gave one.
        public var sequence: Int
        /// The id of the driver whom the plan shows.
        public var driver: String
        /// The customer's name; empty where the office gave none.
        public var customer: String
        /// The customer's telephone number; empty where the office gave none.
        public var phone: String
        /// The delivery address; empty where the office gave none.
        public var address: String
        /// Degrees, as text.
        public var lat: String?
        /// Degrees, as text; with `lat` or not at all.
        public var lng: String?
        /// `08:00-10:00`.
        public var window: String?
        /// `16kg*1+20kg*2`; empty for none.
        public var items: String
        /// 1/100 NT$ for the whole stop; absent where the plan is silent.
        public var priceCents: Int64?
        /// How the customer pays, as a code: `cash`, `transfer`, `check` …
        public var payment: String?
        /// The office's note to the driver; empty for none.
        public var note: String
        /// Whether the plan says so; `status` tells if gas was handed over all the same.
        public var cancelled: Bool
        /// The attempt that is open or was the last, from 1.
        public var attempt: Int
        /// `pending`, `arrived`, `delivered`, `partially_delivered`, `failed`, `cancelled`.
        public var status: String
        /// Full cylinders handed over, written as `items`; empty for none.
        public var delivered: String
        /// Empty cylinders taken back, written as `items`; empty for none.
        public var collected: String
        /// Cash received at the door, 1/100 NT$.
        public var cashCents: Int64
        /// What it comes to, and what keeps it from being invoiced.
        public var account: Account
        /// Who took the gas; absent where nobody was named.
        public var recipient: String?
        /// The reason's word, where it failed.
        public var failure: String?
        /// `none` or `pending`: whether evidence is still on the phone.
        public var proof: String
        /// By the driver's clock.
        public var closedMs: Int64?
        /// The driver's wishes: better addresses, notes.
        public var addressSuggestions: [String]
        /// What was said about the stop, in display order: drivers' notes, the office's reasons.
        public var notes: [String]
        /// A sum left its range: figures that read 0 must not be trusted.
        public var overflow: Bool
        /// How many reviews are open.
        public var reviews: Int
        /// For edits of the stop: what this snapshot has seen of it, base64.
        public var context: String
        /// The stop's fields with several values; empty in ordinary life.
        public var concurrent: [Concurrent]
        /// The office changes that stand in the stop's fields, in log order.
        public var changes: [Change]
        /// What only a phone tells of since the history changed, and nothing proves; absent for none.
        public var witnessed: [Witnessed]?
    }

    /// A fact that was offered after a restore, and whose author's own record did not come yet.
    public struct Witnessed: Codable, Hashable, Sendable {
        /// The kind's word, such as `handed_over`.
        public var kind: String
        /// Who recorded it, as the phone says.
        public var by: String
        /// By that person's clock, Unix milliseconds.
        public var writtenMs: Int64
        /// The replica of the phone that tells of it.
        public var phone: String
    }

    /// A field that several people wrote without having seen each other.
    public struct Concurrent: Codable, Hashable, Sendable {
        /// The field's word, such as `window`.
        public var field: String
        /// The one that is shown comes first.
        public var values: [Value]
    }

    /// One of the concurrent values.
    public struct Value: Codable, Hashable, Sendable {
        /// As a plan file writes it; absent where the field was emptied.
        public var value: String?
        /// The id of the person who wrote it.
        public var by: String
        /// The writer's: `driver`, `supervisor`, `office` or `hub`; the higher rank is shown.
        public var role: String
        /// When the hub received it, Unix milliseconds.
        public var receivedMs: Int64?
        /// The change that wrote it, 32 hexadecimal digits.
        public var change: String
        /// True for exactly one of the values.
        public var isShown: Bool
    }

    /// An office change that still stands in some field, and how far it got.
    public struct Change: Codable, Hashable, Sendable {
        /// Its change id, 32 hexadecimal digits.
        public var change: String
        /// The fields where it stands.
        public var fields: [String]
        /// The id of the person who wrote it.
        public var by: String
        /// When the hub received it, Unix milliseconds.
        public var receivedMs: Int64?
        /// Its position in the depot's log.
        public var sequence: UInt64?
        /// When it was first sent to a device of the driver; absent: not yet.
        public var sentMs: Int64?
        /// When such a device first stated that it has it.
        public var onPhoneMs: Int64?
        /// When the driver looked at it.
        public var seenMs: Int64?
        /// The id of the driver who looked first.
        public var seenBy: String?
    }
}
