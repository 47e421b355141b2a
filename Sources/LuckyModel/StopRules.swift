/// Why a tap is refused before anything is written. The stop stays as it was.
public enum StopRefusal: Error, Hashable, Sendable {
    /// The stop is delivered, failed or cancelled; correct it instead.
    case alreadyClosed(StopStatus)
    /// The driver has already tapped arrival for this attempt.
    case alreadyArrived
    /// There is nothing of this kind to correct.
    case nothingToCorrect
    /// A count or an amount is negative or above its bound (L2), or a code is too long.
    case outOfRange
    /// More cash than ``Bounds/boxCents``: nobody's box holds that.
    case tooMuchCash
    /// No such cash was handed in.
    case noSuchDrop
    /// A name, an address, a code or a cylinder's number has a character that no screen shows, such
    /// as a line's end.
    case controlCharacter
    /// Another stop of the day is called so, or has this number on the route.
    case codeTaken(Identifier)
    /// A note, a name or an address has more than ``Bounds/textBytes`` of UTF-8.
    case textTooLong
    /// Nothing was handed over and nothing taken back: that is a failure, not a delivery.
    case nothingHandedOver
    /// The stop went to another driver; its local copy is locked (L23).
    case handedOver
    /// Nobody was named, nothing photographed or signed, and ``Policy/needsProof`` asks for it.
    case proofMissing
    /// So many stops of the route are still open.
    case stopsOpen(Int)
    /// The driver has said so of this route already.
    case alreadySaid
    /// The driver has clocked in already.
    case onDuty
    /// The driver has not clocked in, or has clocked out.
    case offDuty
    /// So many shifts are open, on phones that did not know of each other: the tap has to name one.
    case severalShifts(Int)

    /// A stable machine-readable word.
    public var code: String {
        switch self {
        case .alreadyClosed: "already_closed"
        case .alreadyArrived: "already_arrived"
        case .nothingToCorrect: "nothing_to_correct"
        case .outOfRange: "out_of_range"
        case .tooMuchCash: "too_much_cash"
        case .noSuchDrop: "no_such_drop"
        case .controlCharacter: "control_character"
        case .codeTaken: "code_taken"
        case .textTooLong: "text_too_long"
        case .nothingHandedOver: "nothing_handed_over"
        case .handedOver: "handed_over"
        case .proofMissing: "proof_missing"
        case .stopsOpen: "stops_open"
        case .alreadySaid: "already_said"
        case .onDuty: "already_on_duty"
        case .offDuty: "not_on_duty"
        case .severalShifts: "several_shifts"
        }
    }
}

/// Which taps a stop allows. Facts that happened are never refused by plan changes that the driver
/// had not seen: these rules look only at the stop as the driver's own replica shows it.
public enum StopRules {
    /// The arrival of the current attempt; refused where one is recorded or the stop is closed.
    public static func arrive(at stop: Stop) throws(StopRefusal) -> Fact {
        if stop.status.isClosed { throw .alreadyClosed(stop.status) }
        if stop.status == .arrived { throw .alreadyArrived }
        return .arrived(Arrival(attempt: stop.attempt))
    }

    /// The handover, and the cash where some was taken. Arrival may be missing: drivers forget.
    /// - Parameter despiteCancel: a stop known to be cancelled takes it too: what happened at the door
    ///   is never refused for good, it opens a review (L3).
    /// - Parameters:
    ///   - quote: the price that the driver sees now; nil where the plan has none.
    ///   - hasPicture: a photo or a signature goes with it.
    ///   - serials: numbers of the cylinders handed over, where they were scanned.
    ///   - collectedSerials: numbers of those taken back.
    public static func complete(
        _ stop: Stop, handover: Handover, recipient: String?, cash: Money?,
        despiteCancel: Bool = false, quote: Quote? = nil, hasPicture: Bool = false,
        serials: [Identifier] = [], collectedSerials: [Identifier] = [],
        policy: Policy = .standard
    ) throws(StopRefusal) -> [Fact] {
        let isAllowed = !stop.status.isClosed || (stop.status == .cancelled && despiteCancel)
        if !isAllowed { throw .alreadyClosed(stop.status) }
        try check(handover)
        try check(line: recipient)
        for numbers in [serials, collectedSerials] { try check(serials: numbers) }
        if policy.needsProof, !hasPicture, recipient?.isEmpty != false { throw .proofMissing }
        var facts: [Fact] = [
            .handedOver(
                HandedOver(
                    handover, attempt: stop.attempt, recipient: recipient, quoted: quote?.price,
                    quotedBy: quote?.source, serials: serials,
                    collectedSerials: collectedSerials))
        ]
        if let cash, cash != .zero {
            guard cash > .zero else { throw .outOfRange }
            facts.append(.cashReceived(CashReceipt(cash)))
        }
        return facts
    }

    /// A delivery that no plan has: who and where, and what was handed over, in one tap. The gas has
    /// left the truck, so it is taken as the driver's claim, and a review says so. Nothing counts as
    /// quoted: what it costs is the office's to say (``Policy/unplanned``).
    /// - Parameter stop: as the phone shows it: nothing yet.
    public static func add(
        _ added: AddedStop, to stop: Stop, handover: Handover, recipient: String?, cash: Money?,
        hasPicture: Bool = false, serials: [Identifier] = [],
        collectedSerials: [Identifier] = [], policy: Policy = .standard
    ) throws(StopRefusal) -> [Fact] {
        try check(added.note)
        for text in [added.customer, added.address, added.phone] { try check(line: text) }
        if let place = added.coordinate, !place.isOnEarth { throw .outOfRange }
        for name in [added.code, added.payment] { try check(line: name?.text) }
        for name in [added.code, added.payment] {
            guard (name?.utf8.count ?? 0) <= Bounds.nameBytes else { throw .outOfRange }
        }
        guard added.price.map({ $0 >= .zero }) != false else { throw .outOfRange }
        let handedOver = try complete(
            stop, handover: handover, recipient: recipient, cash: cash, hasPicture: hasPicture,
            serials: serials, collectedSerials: collectedSerials, policy: policy)
        return [.stopAdded(added)] + handedOver
    }

    /// The failure of the current attempt; refused where the stop is closed or the note too long.
    public static func fail(
        _ stop: Stop, reason: FailureReason, note: String?
    ) throws(StopRefusal) -> Fact {
        if stop.status.isClosed { throw .alreadyClosed(stop.status) }
        try check(note)
        return .failed(Failure(reason, attempt: stop.attempt, note: note))
    }

    /// What to correct a recorded handover, failure or receipt to.
    /// - Parameters:
    ///   - facts: the stop's facts in display order; every correction that is known of the one that
    ///     is corrected counts as seen. What was handed over after all corrects the failure that was
    ///     recorded in its place.
    ///   - change: as ``correctable(_:_:as:in:)`` takes it; nil: the last one of the kind is corrected.
    /// - Throws: ``StopRefusal/nothingToCorrect`` also where cash would be corrected to something
    ///   that is not cash, or something else to cash: one of two sums would lose it.
    public static func correct(
        _ facts: [FactRecord], to replacement: Correction.Replacement, kind: CorrectionKind,
        in change: ChangeID? = nil
    ) throws(StopRefusal) -> Fact {
        switch replacement {
        case .handedOver(let value):
            try check(value.handover)
            try check(line: value.recipient)
            for numbers in [value.serials, value.collectedSerials] { try check(serials: numbers) }
        case .failed(let value): try check(value.note)
        case .cashReceived(let value) where value.amount < .zero: throw .outOfRange
        default: break
        }
        let counting = effective(facts, in: change)
        let found: EffectiveFact? =
            switch replacement {
            case .handedOver(let value):
                target(of: kind, as: .handover, in: counting) { $0.attempt >= value.attempt }
            case .failed: target(of: kind, as: .failure, in: counting) { _ in true }
            default: target(of: kind, as: nil, in: counting) { _ in true }
            }
        guard kind.allows(replacement) else { throw .nothingToCorrect }
        guard let target = found else {
            // Cash that was taken and not recorded with the handover: a receipt of its own.
            guard change == nil, case .cashReceived(let receipt) = replacement,
                lastHandover(facts) != nil
                    || facts.contains(where: { CorrectionKind.handover.matches($0.fact) })
            else { throw .nothingToCorrect }
            return .cashReceived(receipt)
        }
        let seen = facts.compactMap { record -> FactRef? in
            guard case .corrected(let correction) = record.fact,
                correction.original == target.record.ref
            else { return nil }
            return record.ref
        }
        return .corrected(
            Correction(of: target.record.ref, seen: seen.sorted(), to: replacement))
    }

    /// What ``correct(_:to:kind:in:)`` would correct, as it counts now; nil where there is none.
    /// - Parameters:
    ///   - facts: the stop's facts in display order.
    ///   - outcome: as what it is to count from now on, a handover or a failure; nil for anything
    ///     else.
    ///   - change: the tap that recorded it, or one that corrected it; nil: the last of the kind.
    public static func correctable(
        _ facts: [FactRecord], _ kind: CorrectionKind, as outcome: CorrectionKind? = nil,
        in change: ChangeID? = nil
    ) -> EffectiveFact? {
        target(of: kind, as: outcome, in: effective(facts, in: change)) { _ in true }
    }

    /// What counts of the facts, and of one tap alone where one is named.
    private static func effective(
        _ facts: [FactRecord], in change: ChangeID?
    ) -> [EffectiveFact] {
        let all = Corrections.effective(facts)
        guard let change else { return all }
        let named = Set(
            facts.filter { $0.ref.change == change }.map { record in
                guard case .corrected(let correction) = record.fact else { return record.ref }
                return correction.original
            })
        return all.filter { named.contains($0.record.ref) }
    }

    /// The last handover, as it counts now; nil where there is none, or where it was withdrawn.
    /// - Parameter facts: the stop's facts in display order.
    public static func lastHandover(_ facts: [FactRecord]) -> HandedOver? {
        let last = Corrections.effective(facts).last { CorrectionKind.handover.matches($0.value) }
        guard case .handedOver(let value) = last?.value else { return nil }
        return value
    }

    /// The last tap of the kind is meant; but what was recorded as something else and counts as this
    /// kind, rather than a tap of it that was withdrawn. A failure becomes a handover, or a handover a
    /// failure, only where none counts: else it would count twice.
    private static func target(
        of kind: CorrectionKind, as outcome: CorrectionKind?, in facts: [EffectiveFact],
        _ isOfAttempt: (Failure) -> Bool
    ) -> EffectiveFact? {
        let recorded = facts.last { kind.matches($0.record.fact) }
        if let counts = facts.last(where: { kind.matches($0.value) }) {
            return kind.matches(counts.record.fact) ? recorded : counts
        }
        switch (kind, outcome) {
        case (.handover, .handover):
            return facts.last { fact in
                if case .failed(let failure) = fact.value { isOfAttempt(failure) } else { false }
            } ?? recorded
        case (.failure, .failure):
            return recorded ?? facts.last { CorrectionKind.handover.matches($0.value) }
        default: return recorded
        }
    }

    /// The author's words, at most ``Bounds/textBytes`` of UTF-8.
    public static func note(_ text: String) throws(StopRefusal) -> Fact {
        try check(text)
        return .noteAdded(Note(text))
    }

    /// What the address should be, in the driver's words; as long as a note.
    public static func suggest(address: String) throws(StopRefusal) -> Fact {
        try check(line: address)
        return .suggestedAddress(AddressSuggestion(address))
    }

    private static func check(serials: [Identifier]) throws(StopRefusal) {
        guard serials.count <= Bounds.serials,
            serials.allSatisfy({ !$0.isEmpty && $0.utf8.count <= Bounds.nameBytes })
        else { throw .outOfRange }
        for serial in serials { try check(line: serial.text) }
    }

    /// What stands in one line of a screen.
    private static func check(line text: String?) throws(StopRefusal) {
        try check(text)
        let isPlain = text?.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
        if isPlain == false { throw .controlCharacter }
    }

    private static func check(_ handover: Handover) throws(StopRefusal) {
        let counts = handover.delivered.pairs + handover.collected.pairs
        guard counts.allSatisfy({ $0.count > 0 && $0.count <= Quantities.limit }),
            handover.residualGrams >= 0, handover.residualGrams <= Bounds.residualGrams
        else { throw .outOfRange }
        guard !counts.isEmpty else { throw .nothingHandedOver }
    }

    private static func check(_ text: String?) throws(StopRefusal) {
        guard (text?.utf8.count ?? 0) <= Bounds.textBytes else { throw .textTooLong }
    }
}

/// Which kind of fact a correction is about.
public enum CorrectionKind: String, Hashable, Sendable, CaseIterable {
    /// Which of the three kinds of fact that count towards a stop's figures or its status.
    case handover, failure, cash

    func matches(_ fact: Fact) -> Bool {
        switch (self, fact) {
        case (.handover, .handedOver), (.failure, .failed), (.cash, .cashReceived): true
        default: false
        }
    }

    /// Whether something counts as this kind now, whatever it was recorded as.
    func matches(_ value: Correction.Replacement) -> Bool {
        switch (self, value) {
        case (.handover, .handedOver), (.failure, .failed), (.cash, .cashReceived): true
        default: false
        }
    }

    /// A handover may turn out to have been a failure, and the reverse; cash stays cash.
    func allows(_ replacement: Correction.Replacement) -> Bool {
        switch replacement {
        case .cashReceived: self == .cash
        case .handedOver, .failed: self != .cash
        case .withdrawn: true
        case .unknown: false
        }
    }
}
