/// What has become of a stop, derived from facts and plan; never stored as a value that is synced.
public enum StopStatus: String, Hashable, Sendable, Codable, CaseIterable {
    /// Nothing has happened yet in this attempt.
    case pending
    /// The driver stands at the door.
    case arrived
    /// Handed over, at least what was ordered of each product.
    case delivered
    /// Handed over, but not all that was ordered.
    case partiallyDelivered = "partially_delivered"
    /// This attempt ended without a handover.
    case failed
    /// The office cancelled it, and nothing was handed over.
    case cancelled

    /// Nothing more is expected of the driver here.
    public var isClosed: Bool { self != .pending && self != .arrived }
}

/// Whether the evidence of a delivery is safe at the depot.
public enum ProofState: String, Hashable, Sendable, Codable {
    /// No photo or signature was taken.
    case none
    /// Named in a fact, its bytes not yet proven to be at the depot.
    case pending
}

/// One stop as a screen shows it: a pure function of the plan's shown values and the facts.
public struct Stop: Hashable, Sendable {
    /// The stop's own id.
    public var id: EntityID
    /// The name the office gave it, as in the plan file.
    public var code: Identifier
    /// Whose stop it is; empty where nobody was assigned.
    public var driver: Identifier
    /// The route it is on; nil where it is on none.
    public var route: EntityID?
    /// The business day; nil where the plan has none.
    public var date: CivilDate?
    /// The office's order within the route, from 1.
    public var sequence: Int
    /// The customer's name; empty where the plan is silent or it was redacted.
    public var customer: String
    /// As the office typed it; may be empty.
    public var phone: String
    /// As the office typed it; may be empty.
    public var address: String
    /// The office's words to the driver; may be empty.
    public var officeNote: String
    /// Where the door is; nil where nobody knows.
    public var coordinate: Coordinate?
    /// When the customer can be served; nil: at any time.
    public var window: TimeWindow?
    /// Cylinders to be brought; empty for a stop without an order.
    public var ordered: Quantities
    /// For the whole stop, in 1/100 NT$; nil where the plan is silent.
    public var price: Money?
    /// A ``PaymentMethod`` code, or one of a newer build; nil where the plan is silent.
    public var payment: Identifier?
    /// The office has cancelled it; gas may have been handed over all the same.
    public var isCancelled: Bool

    /// Derived: a handover outweighs a cancellation, which outweighs a failure.
    public var status: StopStatus
    /// The attempt that is open or was the last, from 1.
    public var attempt: Int
    /// Full cylinders handed over, summed over all handovers as corrected.
    public var delivered: Quantities
    /// Empty cylinders taken back, summed likewise.
    public var collected: Quantities
    /// Residual gas weighed back (退氣), in grams, summed likewise.
    public var residualGrams: Int
    /// What was taken, summed over all receipts as corrected.
    public var cash: Money
    /// Who took it at the last handover that names somebody; nil where none does.
    public var recipient: String?
    /// Why the current attempt failed; nil where it did not, or gas was handed over.
    public var failure: FailureReason?
    /// In display order, without redacted ones.
    public var notes: [String]
    /// What drivers say the address should be, in display order, without redacted ones.
    public var addressSuggestions: [String]
    /// In display order, signatures among them.
    public var photos: [Photo]
    /// The writer's wall clock of the arrival and of the closing fact, Unix milliseconds.
    public var arrivedAt: Int64?
    /// The same of the closing fact; nil where no fact has closed it.
    public var closedAt: Int64?
    /// A sum left its range (L2): the figures that overflowed read 0 and must not be trusted.
    public var hasOverflow: Bool

    /// A photo or signature named here is not proven to be at the depot.
    public var proof: ProofState { photos.isEmpty ? .none : .pending }

    /// Derives the stop.
    /// - Parameters:
    ///   - plan: the shown value of a field, ``PlanValue/none`` where nobody wrote it.
    ///   - facts: in display order.
    ///   - aside: handovers and receipts that do not count: told twice, or suspected to be.
    public init(
        id: EntityID, plan: (PlanField) -> PlanValue, facts: [FactRecord],
        aside: Set<FactRef> = []
    ) {
        self.id = id
        code = plan(.code).name ?? ""
        driver = plan(.driver).name ?? ""
        route = plan(.route).entity
        date = plan(.date).integer.flatMap { Int32(exactly: $0) }.flatMap(CivilDate.init(yyyymmdd:))
        sequence = plan(.sequence).integer.flatMap { Int(exactly: $0) } ?? 0
        customer = plan(.customerName).text ?? ""
        phone = plan(.phone).text ?? ""
        address = plan(.address).text ?? ""
        officeNote = plan(.officeNote).text ?? ""
        coordinate = plan(.coordinate).coordinate
        window = plan(.window).window
        ordered = plan(.items).quantities ?? [:]
        price = plan(.price).money
        payment = plan(.payment).name
        isCancelled = plan(.cancelled).flag ?? false
        attempt = max(1, plan(.attempt).integer.flatMap { Int(exactly: $0) } ?? 1)

        status = .pending
        delivered = [:]
        collected = [:]
        residualGrams = 0
        cash = .zero
        notes = []
        addressSuggestions = []
        photos = []
        hasOverflow = false
        tell(facts, aside)
    }

    /// Derives the stop where the plan is known already.
    /// - Parameter planned: derived of the same plan and no facts.
    /// - Precondition: what else is given is as for ``init(id:plan:facts:aside:)``, which gives the
    ///   same.
    public init(planned: Stop, facts: [FactRecord], aside: Set<FactRef> = []) {
        self = planned
        tell(facts, aside)
    }

    private mutating func tell(_ facts: [FactRecord], _ aside: Set<FactRef>) {
        describe(facts)
        take(facts, aside)
    }

    /// Where the plan is silent, an unplanned stop is what its driver says it is.
    private mutating func describe(_ facts: [FactRecord]) {
        for record in facts {
            guard case .stopAdded(let added) = record.fact else { continue }
            if code.isEmpty { code = added.code ?? "" }
            if driver.isEmpty { driver = record.author }
            if customer.isEmpty { customer = added.customer ?? "" }
            if address.isEmpty { address = added.address ?? "" }
            if phone.isEmpty { phone = added.phone ?? "" }
            coordinate = coordinate ?? added.coordinate
            route = route ?? added.route
            date = date ?? added.date
            payment = payment ?? added.payment
            price = price ?? added.price
            added.note.map { notes.append($0) }
        }
    }

    private mutating func take(_ facts: [FactRecord], _ aside: Set<FactRef>) {
        var hasHandover = false
        var sums = StopSums()
        for effective in Corrections.effective(facts)
        where !aside.contains(effective.record.ref) {
            switch effective.value {
            case .handedOver(let value):
                hasHandover = true
                sums.add(value.handover)
                recipient = value.recipient ?? recipient
                closedAt = effective.record.writtenAt
            case .failed(let value) where value.attempt >= attempt:
                failure = value.reason
                closedAt = closedAt ?? effective.record.writtenAt
            case .cashReceived(let value): sums.add(value.amount)
            default: break
            }
        }
        set(sums)
        for record in facts {
            switch record.fact {
            case .arrived(let value) where value.attempt >= attempt:
                arrivedAt = arrivedAt ?? record.writtenAt
            case .noteAdded(let note): note.text.map { notes.append($0) }
            case .suggestedAddress(let value): value.address.map { addressSuggestions.append($0) }
            case .photoTaken(let photo): photos.append(photo)
            default: break
            }
        }
        status =
            if hasHandover { ordered.isCovered(by: delivered) ? .delivered : .partiallyDelivered
            } else if isCancelled { .cancelled
            } else if failure != nil { .failed
            } else if arrivedAt != nil { .arrived
            } else { .pending }
        if hasHandover { failure = nil }
    }

    private mutating func set(_ sums: StopSums) {
        delivered = sums.delivered.total ?? [:]
        collected = sums.collected.total ?? [:]
        residualGrams = sums.residual.total(upTo: Int64(Bounds.grams)).map { Int($0) } ?? 0
        cash = sums.cash.total(upTo: Bounds.moneyCents).flatMap(Money.init(cents:)) ?? .zero
        hasOverflow = sums.hasOverflow
    }
}
