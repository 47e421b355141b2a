public import Foundation

/// `plan-import`: a plan file as in `PlanFile`. The same file again changes nothing; a row that
/// differs from what the hub shows is a plan edit whose context is what the hub had.
public struct PlanImportRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this import. The hub counts up from them, so
    /// that the same request again is the same import (L1).
    public var id: String
    /// The file's bytes, CSV or JSON; base64 in JSON.
    public var file: Data
    /// Take the rows that can be taken, although others are rejected. Default false: nothing
    /// changes unless every row passes.
    public var partial: Bool?
    /// Cancel the vanished stops too. Default false: they are only reported.
    public var cancelMissing: Bool?
    /// Say what would change, and what is rejected; write nothing. Default false.
    public var dryRun: Bool?
    /// `zh-Hant` or `en` (default): the language of sentences in the reply.
    public var lang: String?
    /// Dates of those sentences in years of the Republic. Default: false.
    public var roc: Bool?

    /// Applied whole or not at all, unless `partial`; an absent flag is false.
    public init(
        id: String, file: Data, partial: Bool? = nil, cancelMissing: Bool? = nil,
        dryRun: Bool? = nil, lang: String? = nil, roc: Bool? = nil
    ) {
        self.id = id
        self.file = file
        self.partial = partial
        self.cancelMissing = cancelMissing
        self.dryRun = dryRun
        self.lang = lang
        self.roc = roc
    }
}

/// `plan-show`: the routes of a day, or one of them, or one stop.
public struct PlanShowRequest: Codable, Hashable, Sendable {
    /// Default: today in Taipei by the hub's clock.
    public var date: String?
    /// A route's code or its entity.
    public var route: String?
    /// A stop's code or its entity.
    public var stop: String?

    /// With nothing named: all routes of today.
    public init(date: String? = nil, route: String? = nil, stop: String? = nil) {
        self.date = date
        self.route = route
        self.stop = stop
    }
}

/// Cells of a plan file, written as there (`08:00-10:00`, `20kg*2`, `1900`). In `plan-set` an
/// absent key leaves the field alone and an empty text empties it.
public struct PlanCells: Codable, Hashable, Sendable {
    /// The day, `2026-11-22` or as plan files take it.
    public var date: String?
    /// The depot's id.
    public var depot: String?
    /// The route's code; in `plan-insert` its entity finds it too.
    public var route: String?
    /// The driver's id.
    public var driver: String?
    /// The place in the route, 1…10 000.
    public var sequence: String?
    /// The office's code of the stop.
    public var stop: String?
    /// The customer's name, kept as found.
    public var customer: String?
    /// The customer's telephone number, kept as found.
    public var phone: String?
    /// The delivery address, kept as found.
    public var address: String?
    /// Latitude in degrees WGS 84, -90…90; with `lng` or not at all.
    public var lat: String?
    /// Longitude in degrees WGS 84, -180…180; with `lat` or not at all.
    public var lng: String?
    /// `08:00-10:00` in Taipei, or a slot code 0…3.
    public var window: String?
    /// What is ordered, `20kg*2+16kg*1`.
    public var items: String?
    /// NT$ for the whole stop, at most two decimals, not negative.
    public var price: String?
    /// `cash`, `transfer`, `check` … or the office's word for it.
    public var payment: String?
    /// The office's note to the driver, kept as found.
    public var note: String?
    /// The truck; a field of the route.
    public var vehicle: String?
    /// What the truck may carry, in kilograms, at most three decimals; a field of the route.
    public var capacityKg: String?
    /// Cylinders that the customer holds, written as `items`.
    public var holds: String?

    /// Every cell absent.
    public init() {}
}

/// `plan-set`: writes fields of one stop or one route: window, address, note, items, price,
/// payment, lat and lng, phone, customer, holds, sequence; of a route vehicle and capacity_kg.
public struct PlanSetRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this edit.
    public var id: String
    /// A stop's code or its entity; or…
    public var stop: String?
    /// … a route's.
    public var route: String?
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The `context` of `plan-show`: what the person saw of it. Default: what the hub has now.
    public var context: String?
    /// The cells to write, only those of a stop or of a route.
    public var set: PlanCells
    /// What else to write; one of the two says something, or it is a 400.
    public var books: PlanBooks?

    /// Names either a stop or a route: both, or neither, is a 400.
    public init(
        id: String, stop: String? = nil, route: String? = nil, date: String? = nil,
        context: String? = nil, set: PlanCells = PlanCells(), books: PlanBooks? = nil
    ) {
        self.id = id
        self.stop = stop
        self.route = route
        self.date = date
        self.context = context
        self.set = set
        self.books = books
    }
}

/// `plan-reassign`: gives a stop to another driver, another route, or both.
public struct PlanReassignRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this edit.
    public var id: String
    /// A stop's code or its entity.
    public var stop: String
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The `context` of `plan-show`: what the person saw of it. Default: what the hub has now.
    public var context: String?
    /// Default: the route's driver. Without a route, the driver's only route of that day is meant.
    public var driver: String?
    /// A route's code or its entity.
    public var route: String?
    /// The place in the route, 1…10 000. Default: behind its last stop.
    public var sequence: Int?

    /// Names a driver or a route, or both: with neither it is a 400.
    public init(
        id: String, stop: String, date: String? = nil, context: String? = nil,
        driver: String? = nil, route: String? = nil, sequence: Int? = nil
    ) {
        self.id = id
        self.stop = stop
        self.date = date
        self.context = context
        self.driver = driver
        self.route = route
        self.sequence = sequence
    }
}

/// `plan-cancel`, `plan-uncancel`; and `plan-reopen`, which grants a failed stop another attempt.
public struct PlanStopRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this edit.
    public var id: String
    /// A stop's code or its entity.
    public var stop: String
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The `context` of `plan-show`: what the person saw of it. Default: what the hub has now.
    public var context: String?
    /// Written as the stop's note in the same change: why. Default: the note stays.
    public var note: String?

    /// Which of the three verbs it is stands in the path, not here.
    public init(
        id: String, stop: String, date: String? = nil, context: String? = nil,
        note: String? = nil
    ) {
        self.id = id
        self.stop = stop
        self.date = date
        self.context = context
        self.note = note
    }
}

/// `plan-insert`: a new stop, written as one row of a plan file. The stops from its place on make
/// room.
public struct PlanInsertRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this stop.
    public var id: String
    /// `depot` defaults to the token's, `date` to today, `driver` to the route's.
    public var row: PlanCells

    /// The row must name its route and a stop code that is free on that day.
    public init(id: String, row: PlanCells) {
        self.id = id
        self.row = row
    }
}

/// `plan-resequence`: the order of a route. Stops that are not named follow in their present order.
public struct PlanResequenceRequest: Codable, Hashable, Sendable {
    /// One stop in the wanted order.
    public struct Place: Codable, Hashable, Sendable {
        /// A stop's code or its entity.
        public var stop: String
        /// The `context` of `plan-show`: what the person saw of it. Default: what the hub has now.
        public var context: String?

        /// Without a context, what the hub has now counts as seen.
        public init(stop: String, context: String? = nil) {
            self.stop = stop
            self.context = context
        }
    }

    /// 24 hexadecimal digits: 96 random bits drawn for this edit.
    public var id: String
    /// A route's code or its entity.
    public var route: String
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The first becomes place 1; none may be named twice.
    public var stops: [Place]

    /// The route's day by the code, or any day by its entity.
    public init(id: String, route: String, date: String? = nil, stops: [Place]) {
        self.id = id
        self.route = route
        self.date = date
        self.stops = stops
    }
}

/// `report-day`.
public struct DayRequest: Codable, Hashable, Sendable {
    /// Default: today in Taipei by the hub's clock.
    public var date: String?
    /// `zh-Hant` or `en` (default): the language of sentences in the reply.
    public var lang: String?

    /// With nothing named: today, in English.
    public init(date: String? = nil, lang: String? = nil) {
        self.date = date
        self.lang = lang
    }
}

/// `heads`: no keys.
public struct HeadsRequest: Codable, Hashable, Sendable {
    /// Nothing to ask with: the token names the depot.
    public init() {}
}
