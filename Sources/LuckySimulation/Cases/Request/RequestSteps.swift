internal import LuckyCausality
internal import LuckyModel

/// What a case can do at the hub's door.
enum RequestStep {
    /// The office writes fields of a stop, having seen all of it or nothing.
    case edit(stop: String, fields: [PlanField: PlanValue], isBlind: Bool)
    /// A phone seals a changeset, honest or not, without sending it.
    case write(phone: String, PaperChangeset)
    /// A phone sends a request.
    case send(phone: String, PaperRequest)
    /// A phone's request is sent with every part of it cut off from some byte on, and last whole.
    case cutEverywhere(phone: String)
    /// A phone's request is sent with each of its bits turned, one at a time.
    case flipEverywhere(phone: String)
    /// Bytes that are no request at all.
    case sendBytes([UInt8], asDriver: String)
    /// What the hub holds of a stop.
    case look(stop: String)
    /// What the hub keeps without applying it.
    case quarantine
    /// A gzip body of so many zero bytes, unpacked within the bounds of the HTTP layer.
    case unzip(zeros: Int)
}

/// A changeset as a phone of a case writes it.
struct PaperChangeset {
    enum Content {
        case facts([Fact])
        case plan(PlanField, PlanValue)
        /// A core as it is, behind the stop's id, and perhaps personal bytes behind a salt.
        case core([UInt8], personal: [UInt8]?)
        /// So many groups one in the other.
        case nested(Int)
    }

    var stop: String
    var content: Content
    /// The whole content again and again.
    var times = 1
    /// Nil: the phone's driver.
    var author: [UInt8]?
    /// Two changesets of one id name the same change; nil: a new id.
    var id: String?
    /// What it claims to have seen of the stop; the name `hub` stands for the hub's own replica.
    var context = ""
    /// Nil: the next of the phone's chain.
    var counter: UInt64?
    /// Chained to nothing, though it is not the first.
    var forgetsPrevious = false
}

/// A request as a phone of a case sends it.
struct PaperRequest {
    enum Position {
        /// What the phone took from the last answer.
        case own
        /// As if it had never asked.
        case none
        /// Not one that this hub gave.
        case foreign(history: Bool, depot: String?, sequence: UInt64?, tag: Bool)
    }

    /// Nil: the phone's driver.
    var driver: String?
    var role = Role.driver
    var depot = "taitung"
    /// Nil: the phone's; else the replica of another name, or the hub's own (`hub`).
    var replica: String?
    /// Nil: what the hub has not answered for; else these places of the chain, from 1, in order.
    var only: [Int]?
    var position = Position.own
    /// Nil: the head of its chain.
    var head: UInt64?
    /// How often it is sent; the last answer is shown.
    var times = 1
    /// The phone takes no notice of the answer.
    var isAnswerLost = false
}
