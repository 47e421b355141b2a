internal import LuckyModel

/// `correct`: what was recorded at a stop's door was wrong. The original stays, the correction
/// counts, and the reason stands beside it as a note.
public struct CorrectRequest: Codable, Hashable, Sendable {
    /// 24 hexadecimal digits: 96 random bits drawn for this correction.
    public var id: String
    /// A stop's code or its entity.
    public var stop: String
    /// With a code. Default: today in Taipei by the hub's clock.
    public var date: String?
    /// The `context` of `plan-show`: the records that the person saw. Default: what the hub has now.
    public var context: String?
    /// The tap that recorded it or corrected it, 32 hexadecimal digits. Default: the last record of
    /// its kind.
    public var change: String?
    /// `handover`, `failure` or `cash`: it did not happen; or…
    public var withdraw: String?
    /// … full cylinders handed over, such as `20kg=1,16kg=0`: what is not named stays as it was, 0
    /// takes one out;
    public var delivered: String?
    /// empty ones taken back, likewise;
    public var collected: String?
    /// residual gas weighed back, in grams;
    public var residualG: Int?
    /// numbers of the cylinders handed over, in place of those recorded;
    public var serials: [String]?
    /// of those taken back, likewise; or…
    public var collectedSerials: [String]?
    /// … what was taken in cash, NT$, at most two decimals; or…
    public var cash: String?
    /// … the word of the reason that it really failed for, such as `absent`.
    public var failure: String?
    /// Why; 1 byte and more.
    public var reason: String

    /// With nothing but a reason it is a 400: it must say what it counts as.
    public init(
        id: String, stop: String, date: String? = nil, context: String? = nil,
        change: String? = nil, withdraw: String? = nil, reason: String
    ) {
        self.id = id
        self.stop = stop
        self.date = date
        self.context = context
        self.change = change
        self.withdraw = withdraw
        self.reason = reason
    }

    private var counts: Bool {
        delivered != nil || collected != nil || residualG != nil || serials != nil
            || collectedSerials != nil
    }

    /// Which kind of record it is about.
    func kind() throws(HubRefusal) -> CorrectionKind {
        let asked = [withdraw != nil, counts, cash != nil, failure != nil].filter { $0 }
        guard asked.count == 1 else { throw .correctsOneThing }
        guard let withdraw else { return counts ? .handover : cash != nil ? .cash : .failure }
        guard let kind = CorrectionKind(rawValue: withdraw) else { throw .correctsOneThing }
        return kind
    }

    /// As what the record is to count; nil where it is withdrawn, or cash.
    var outcome: CorrectionKind? {
        if withdraw != nil || cash != nil { return nil }
        return failure == nil ? .handover : .failure
    }

    /// What it counts as from now on.
    /// - Parameter was: what is corrected. What the request does not name is as it counts now, or,
    ///   where it counts as something else or as nothing, as it was recorded.
    func replacement(of was: EffectiveFact) throws(HubRefusal) -> Correction.Replacement {
        try replacement(Said(was))
    }

    /// As ``replacement(of:)``, where it counts as `value` now.
    func replacement(
        over value: Correction.Replacement
    ) throws(HubRefusal) -> Correction.Replacement {
        var said = Said()
        said.take(value)
        return try replacement(said)
    }

    private func replacement(_ said: Said) throws(HubRefusal) -> Correction.Replacement {
        if withdraw != nil { return .withdrawn }
        if let cash {
            guard let amount = Money(text: cash), amount >= .zero else {
                throw .badRequest("The amount cash must be in NT$, not negative.")
            }
            return .cashReceived(CashReceipt(amount))
        }
        if let failure {
            guard let reason = FailureReason(word: failure) else { throw .correctsOneThing }
            return .failed(
                Failure(reason, attempt: said.attempt, note: said.failure?.note))
        }
        let old = said.handover ?? HandedOver(Handover(delivered: [:]), attempt: said.attempt)
        return .handedOver(try handedOver(old))
    }

    /// What a record says of a handover and of a failure, now or at first.
    private struct Said {
        var handover: HandedOver?
        var failure: Failure?
        var attempt: Int { handover?.attempt ?? failure?.attempt ?? 1 }

        init() {}

        init(_ fact: EffectiveFact) {
            switch fact.record.fact {
            case .handedOver(let value): handover = value
            case .failed(let value): failure = value
            default: break
            }
            take(fact.value)
        }

        mutating func take(_ value: Correction.Replacement) {
            switch value {
            case .handedOver(let value): handover = value
            case .failed(let value): failure = value
            default: break
            }
        }
    }

    /// What the request does not name stays, also the price that was said at the door.
    private func handedOver(_ old: HandedOver) throws(HubRefusal) -> HandedOver {
        func counts(_ text: String?, _ was: Quantities) throws(HubRefusal) -> Quantities {
            guard let text else { return was }
            do throws(QuantityTextError) { return try was.replacing(text: text) } catch {
                throw .badCounts(text)
            }
        }
        let handover = Handover(
            delivered: try counts(delivered, old.handover.delivered),
            collected: try counts(collected, old.handover.collected),
            residualGrams: residualG ?? old.handover.residualGrams)
        return HandedOver(
            handover, attempt: old.attempt, recipient: old.recipient, quoted: old.quoted,
            quotedBy: old.quotedBy, serials: serials?.map { Identifier($0) } ?? old.serials,
            collectedSerials: collectedSerials?.map { Identifier($0) } ?? old.collectedSerials)
    }
}

// What a correction is refused with. Nothing was stored.
extension HubRefusal {
    static let correctsOneThing = HubRefusal(
        status: 400, code: "bad_correction",
        message: "Say one thing that it counts as: withdraw (handover, failure or cash), counts, "
            + "cash, or failure with its word.")

    static func badCounts(_ text: String) -> HubRefusal {
        HubRefusal(
            status: 400, code: "bad_correction",
            message: "Counts read like 20kg=1,16kg=0, not \(shortened(text)).")
    }

    /// - Parameter code: the stop's.
    static func cannotCorrect(_ code: String, _ why: StopRefusal) -> HubRefusal {
        HubRefusal(
            status: why == .nothingToCorrect ? 409 : 400, code: why.code,
            message: "The record of stop \(shortened(code)) cannot be corrected so: \(why.code).")
    }
}
