/// `note`: a note of the office's on a stop; notes are only ever added.
public struct NoteRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this note.
    public var id: String
    /// A stop's code or its entity.
    public var stop: String
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The `context` of `plan-show`: what the person saw of it. Default: what the hub has now.
    public var context: String?
    /// The note, kept as typed; 1 byte and more.
    public var text: String

    /// An empty text is a 400.
    public init(
        id: String, stop: String, date: String? = nil, context: String? = nil, text: String
    ) {
        self.id = id
        self.stop = stop
        self.date = date
        self.context = context
        self.text = text
    }
}

/// `settle`: closes a stop's account; what comes later is an adjustment.
public struct SettleRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this settlement.
    public var id: String
    /// A stop's code or its entity.
    public var stop: String
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The `context` of `plan-show`: the records that are settled. Default: what the hub has now.
    public var context: String?
    /// NT$, at most two decimals. Default: what the stop comes to; 409 where that is not known.
    public var due: String?
    /// NT$ as counted. Default: what the receipts say. Another amount than `due` opens a review.
    public var received: String?
    /// Although it is settled, and nothing came since. Default: false.
    public var again: Bool?

    /// With nothing but a stop: as its records say.
    public init(
        id: String, stop: String, date: String? = nil, context: String? = nil,
        due: String? = nil, received: String? = nil, again: Bool? = nil
    ) {
        self.id = id
        self.stop = stop
        self.date = date
        self.context = context
        self.due = due
        self.received = received
        self.again = again
    }
}

/// `redact`: drops the names, phones and words of one change, or of all of a closed stop, from the
/// hub and from every phone. Cannot be undone; hashes and sums stay.
public struct RedactRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this redaction.
    public var id: String
    /// A stop's code or its entity.
    public var stop: String
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The `context` of `plan-show`. Default: what the hub has now.
    public var context: String?
    /// A change id, 32 hexadecimal digits; or…
    public var change: String?
    /// With a change: which of its changes, from 0. Default: each that has something personal.
    public var index: Int?
    /// … true: whatever is personal on the stop.
    public var all: Bool?

    /// Either a change or all.
    public init(
        id: String, stop: String, date: String? = nil, context: String? = nil,
        change: String? = nil, index: Int? = nil, all: Bool? = nil
    ) {
        self.id = id
        self.stop = stop
        self.date = date
        self.context = context
        self.change = change
        self.index = index
        self.all = all
    }
}

/// `plan-reschedule`: another attempt for a failed stop, on another day or route.
public struct PlanRescheduleRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this edit.
    public var id: String
    /// A stop's code or its entity.
    public var stop: String
    /// With a code: the day of the failure. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The `context` of `plan-show`: what the person saw of it. Default: what the hub has now.
    public var context: String?
    /// The new day. Default: today in Taipei by the hub's clock.
    public var toDate: String?
    /// A route of that day, by code or entity; or…
    public var route: String?
    /// … a driver, whose only route of that day it is.
    public var driver: String?
    /// The place in the route, 1…10 000. Default: behind its last stop.
    public var sequence: Int?

    /// Names a route or a driver: with neither it is a 400.
    public init(
        id: String, stop: String, date: String? = nil, context: String? = nil,
        toDate: String? = nil, route: String? = nil, driver: String? = nil, sequence: Int? = nil
    ) {
        self.id = id
        self.stop = stop
        self.date = date
        self.context = context
        self.toDate = toDate
        self.route = route
        self.driver = driver
        self.sequence = sequence
    }
}

/// `plan-cancel-route`: what is delivered or failed stays, what is open goes back to dispatch.
public struct PlanCancelRouteRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this edit.
    public var id: String
    /// A route's code or its entity.
    public var route: String
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The route's `context` of `plan-show`. Default: what the hub has now.
    public var context: String?
    /// What the person saw of each stop. Default: what the hub has now.
    public var stops: [PlanResequenceRequest.Place]?

    /// The route's day by the code, or any day by its entity.
    public init(
        id: String, route: String, date: String? = nil, context: String? = nil,
        stops: [PlanResequenceRequest.Place]? = nil
    ) {
        self.id = id
        self.route = route
        self.date = date
        self.context = context
        self.stops = stops
    }
}

/// `plan-close-route`: the route is over for the depot, with no stop of it touched; what its driver
/// records there all the same stands.
public struct PlanCloseRouteRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this edit.
    public var id: String
    /// A route's code or its entity.
    public var route: String
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The route's `context` of `plan-show`. Default: what the hub has now.
    public var context: String?

    /// The route's day by the code, or any day by its entity.
    public init(id: String, route: String, date: String? = nil, context: String? = nil) {
        self.id = id
        self.route = route
        self.date = date
        self.context = context
    }
}
