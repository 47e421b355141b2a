/// One thing that the plan of a swarm lets happen. It draws what it needs from a seed of its own, so
/// that it means the same whichever other steps are left out.
struct SwarmStep: Sendable {
    /// Its place in the plan as drawn.
    var number: Int
    /// Milliseconds since the first day began.
    var at: Int64
    var seed: UInt64
    var action: SwarmAction
}

/// Phones are counted by slot: what is in a slot now may be a successor or a copy of the first.
/// Stops are counted by their place in the plan's list.
enum SwarmAction: Hashable, Sendable {
    case importDay(Int)
    case open(phone: Int)
    case close(phone: Int)
    case tap(SwarmTap, phone: Int, stop: Int)
    case edit(SwarmEdit, stop: Int)
    case message(MessageFault, phone: Int)
    case outage(FaultKind, phone: Int, milliseconds: Int64)
    case befall(FaultKind, phone: Int)
    case strike(SwarmStroke, phone: Int)
    case backUp(phone: Int)
    case hub(FaultKind)
    case killHub(atCall: Int)
    case backUpHub

    /// What it belongs to when a history is made short: what people do first, then what goes wrong.
    var isOperation: Bool {
        switch self {
        case .tap, .edit: true
        default: false
        }
    }

    /// The slot concerned; nil: none.
    var phone: Int? {
        switch self {
        case .open(let phone), .close(let phone), .tap(_, let phone, _), .message(_, let phone),
            .outage(_, let phone, _), .befall(_, let phone), .strike(_, let phone),
            .backUp(let phone):
            phone
        case .importDay, .edit, .hub, .killHub, .backUpHub: nil
        }
    }
}

/// What befalls a device exactly so, where a fault is otherwise drawn by chance.
enum SwarmStroke: Hashable, Sendable {
    /// A second device gets an image of the whole disk, and both go on.
    case imaged
    /// Its clock is so far ahead from now on, milliseconds.
    case clock(Int64)
    /// The nth write to its disk fails, 1 the next.
    case write(Int)

    /// What it counts as.
    var kind: FaultKind {
        switch self {
        case .imaged: .deviceCloned
        case .clock: .clockJump
        case .write: .diskError
        }
    }
}

/// What a driver taps.
enum SwarmTap: String, CaseIterable, Hashable, Sendable {
    case arrive, complete, fail, note, photo, signature, cash, meter, look
    case completeDespite = "complete_despite"
    case correctHandover = "correct_handover"
    case correctCash = "correct_cash"
    case withdraw
    case suggestAddress = "suggest_address"
    case addStop = "add_stop"
    case startShift = "start_shift"
    case endShift = "end_shift"
    case startRoute = "start_route"
}

/// What the office edits.
enum SwarmEdit: Hashable, Sendable {
    case cancel, uncancel, reopen, price, window, items, words, resequence, insert, note, settle
    /// To the nth driver from the stop's own.
    case reassign(Int)
    /// Back to the stop's own.
    case takeBack
    /// Decides the first review that is open.
    case decide
    /// Deletes it, and has its plan forgotten.
    case purge
    /// Writes to it and to the same place of the next driver, in one change.
    case neighbours

    /// Whether its request says what its writer had seen of the stop.
    var saysWhatWasSeen: Bool {
        switch self {
        case .resequence, .insert, .decide: false
        default: true
        }
    }
}

/// One doorstep of a day's plan.
struct SwarmStop: Hashable, Sendable {
    var day: Int
    var driver: Int
    /// From 1 within its route.
    var place: Int
    /// Not in the morning's file: inserted during the day, or never.
    var isSpare: Bool
}
