import LuckyDriver

// The shapes of `--json`: a contract. Keys may be added; those here stay.

struct RouteObject: Encodable {
    /// Of the hub's clock; absent while the office did not close it.
    var closedMs: Int64?
    var code: String
    /// By the phone's clock; absent while the driver did not say so. So is `startedMs`.
    var completedMs: Int64?
    var driver: String
    var id: String?
    var startedMs: Int64?
    var stops: [StopObject]
    var vehicle: String?

    init(_ route: StoredRoute) {
        closedMs = route.closedAt
        code = route.code.text
        completedMs = route.completedAt
        driver = route.driver.text
        id = route.id?.hex
        startedMs = route.startedAt
        stops = route.stops.map { StopObject($0) }
        vehicle = route.vehicle?.text
    }
}

struct StopObject: Encodable {
    var address: String
    var attempt: Int
    var cashCents: Int64
    var code: String
    var collected: [String: Int]
    /// Numbers of the cylinders taken back; absent where there are none, and in a route. So are
    /// `meterReadings` and `serials`.
    var collectedSerials: [String]?
    var customer: String
    var delivered: [String: Int]
    var failure: String?
    var id: String
    var isHandedOver: Bool
    var isUnconfirmed: Bool
    var meterReadings: [Reading]?
    var needsUpdate: Bool
    var notAccepted: Int
    var note: String
    var notes: [String]
    var ordered: [String: Int]
    var payment: String?
    var phone: String
    var photos: [String]
    var priceCents: Int64?
    var proof: String
    var recipient: String?
    var residualG: Int
    var reviews: [String]
    var sequence: Int
    var serials: [String]?
    var status: String
    var suggestedAddresses: [String]
    var unsent: Int
    var window: String?
    /// Kinds of facts that only a phone tells of; absent where there are none, and in a route.
    var witnessed: [String]?

    struct Reading: Encodable {
        var milli: Int64
        var product: String?
    }

    init(_ stored: StoredStop, at door: AtTheDoor? = nil, witnessed: [WitnessedFact] = []) {
        let stop = stored.stop
        address = stop.address
        attempt = stop.attempt
        cashCents = stop.cash.cents
        code = stop.code.text
        collected = Self.counts(stop.collected)
        collectedSerials = Self.texts(door?.collectedSerials)
        customer = stop.customer
        delivered = Self.counts(stop.delivered)
        failure = stop.failure?.word
        id = stop.id.hex
        isHandedOver = stored.isHandedOver
        isUnconfirmed = stored.isUnconfirmed
        meterReadings = door.flatMap { door in
            door.readings.isEmpty
                ? nil
                : door.readings.map { Reading(milli: $0.milli, product: $0.product?.code.text) }
        }
        needsUpdate = stored.needsUpdate
        notAccepted = stored.notAccepted
        note = stop.officeNote
        notes = stop.notes
        ordered = Self.counts(stop.ordered)
        payment = stop.payment?.text
        phone = stop.phone
        photos = stop.photos.map(\.sha256.hex)
        priceCents = stop.price?.cents
        proof = stop.proof.rawValue
        recipient = stop.recipient
        residualG = stop.residualGrams
        reviews = stored.reviews.filter(\.needsDecision).map(\.kind.rawValue)
        sequence = stop.sequence
        serials = Self.texts(door?.serials)
        status = stop.status.rawValue
        suggestedAddresses = stop.addressSuggestions
        unsent = stored.unsent
        window = stop.window.map(Formats.window)
        self.witnessed = witnessed.isEmpty ? nil : witnessed.map(\.kind.word)
    }

    private static func texts(_ names: [Identifier]?) -> [String]? {
        names.flatMap { $0.isEmpty ? nil : $0.map(\.text) }
    }

    static func counts(_ quantities: Quantities) -> [String: Int] {
        Dictionary(uniqueKeysWithValues: quantities.pairs.map { ($0.product.code.text, $0.count) })
    }
}

struct NewsObject: Encodable {
    var author: String?
    var change: String?
    var date: String?
    var driver: String?
    var field: String?
    var kind: String
    var new: String?
    var old: String?
    var reasons: [String]?
    /// With `date` and `driver`: what a changed route is called.
    var route: String?
    var stop: String?
    var stopID: String

    enum CodingKeys: String, CodingKey {
        case author, change, date, driver, field, kind, new, old, reasons, route, stop
        case stopID = "stop_id"
    }

    init(_ item: NewsItem, _ stored: StoredStop?) {
        author = item.author?.text
        change = item.change?.hex
        date = item.route?.date?.text
        driver = item.route?.driver.text
        route = item.route?.code.text
        stop = stored?.stop.code.text
        stopID = item.entity.hex
        switch item.kind {
        case .edited(let field, let from, let to):
            kind = "edited"
            self.field = field.word ?? "\(field.rawValue)"
            old = PlanText.value(from)
            new = PlanText.value(to)
        case .cancelled:
            kind = "cancelled"
            reasons = item.reasons.isEmpty ? nil : item.reasons
        case .inserted: kind = "inserted"
        case .handedOver: kind = "handed_over"
        case .corrected:
            kind = "corrected"
            reasons = item.reasons.isEmpty ? nil : item.reasons
        }
    }
}

struct CommitObject: Encodable {
    var change: String
    var isRepeat: Bool
    var pending: Int
    var stop: StopObject
    /// What somebody should look at again; absent where there is nothing.
    var warnings: [String]?
}
