/// What happened at a doorstep, or what the office's books record about it. Written once, never
/// edited, only added (L1). Open: a kind this build does not know keeps its bytes (L5).
public enum Fact: Hashable, Sendable {
    /// The driver stood at the door.
    case arrived(Arrival)
    /// Gas changed hands.
    case handedOver(HandedOver)
    /// The attempt ended without a handover.
    case failed(Failure)
    /// Money was taken.
    case cashReceived(CashReceipt)
    /// A photo or a signature was taken.
    case photoTaken(Photo)
    /// Words were added.
    case noteAdded(Note)
    /// An earlier fact is replaced or withdrawn.
    case corrected(Correction)
    /// The driver says that the address should be another.
    case suggestedAddress(AddressSuggestion)
    /// The driver says in which order he means to drive.
    case suggestedOrder(OrderSuggestion)
    /// A meter was read.
    case meterRead(MeterReading)
    /// The driver came on duty.
    case shiftStarted(ShiftStart)
    /// The driver went off duty.
    case shiftEnded(ShiftEnd)
    /// Cash was handed in at the depot, out of the driver's box.
    case cashDropped(CashDrop)
    /// An unplanned stop: gas left the truck where the plan has none. A claim.
    case stopAdded(AddedStop)
    /// The truck left for its first stop; said twice it is said once.
    case routeStarted
    /// The driver is done with the route.
    case routeCompleted
    /// The driver has looked at changes of the office.
    case looked(Look)
    /// The hub found a contradiction.
    case reviewOpened(ReviewOpened)
    /// Somebody who may decided a review.
    case reviewResolved(ReviewResolution)
    /// The personal part of a change was dropped.
    case redacted(Redaction)
    /// The office closed a stop's account.
    case settled(Settlement)
    /// A fact from quarantine counts after all: a state holds that one, under its own name.
    case released(Release)
    /// A kind of a newer build: shown as "other", kept byte for byte. 0: it names none.
    case unknown(kind: UInt32)

    /// From this kind on, facts of the office's books, also those this build does not know.
    public static let firstBookKind: UInt32 = 48

    /// Reviews, resolutions, redactions and looks are not doorstep facts (L9).
    public var isDoorstep: Bool { kind.rawValue < Self.firstBookKind }
}

/// Names one fact for ever: its changeset's change id and its index in it. Never a dot (L1).
public struct FactRef: Hashable, Comparable, Sendable {
    /// The change id of the changeset that brought it.
    public var change: ChangeID
    /// 0…63 within the changeset.
    public var index: Int

    /// Takes both as they are; the index is checked where it is read from bytes.
    public init(change: ChangeID, index: Int) {
        self.change = change
        self.index = index
    }

    /// Orders by change id, then by index.
    public static func < (a: Self, b: Self) -> Bool { (a.change, a.index) < (b.change, b.index) }
}

/// The driver stood at the door.
public struct Arrival: Hashable, Sendable {
    /// Which attempt, from 1: a failed stop that the office reopens gets another.
    public var attempt: Int
    /// - Parameter attempt: from 1.
    public init(attempt: Int) { self.attempt = attempt }
}

/// Gas that changed hands, as the driver counted it.
public struct Handover: Hashable, Sendable {
    /// Full cylinders (or flow units) handed over, per product.
    public var delivered: Quantities
    /// Empty cylinders taken back, per product.
    public var collected: Quantities
    /// Residual gas weighed back (退氣), in grams.
    public var residualGrams: Int

    /// Takes the figures as they are; ``StopRules`` checks their range.
    public init(delivered: Quantities, collected: Quantities = [:], residualGrams: Int = 0) {
        self.delivered = delivered
        self.collected = collected
        self.residualGrams = residualGrams
    }
}

/// The handover of one attempt, and who took it.
public struct HandedOver: Hashable, Sendable {
    /// What changed hands.
    public var handover: Handover
    /// Which attempt, from 1.
    public var attempt: Int
    /// Personal. Nil where nobody was named, or after a redaction.
    public var recipient: String?
    /// The price that the driver saw and said, in 1/100 NT$; nil where none was shown.
    public var quoted: Money?
    /// The plan write that gave ``quoted``; nil where none did.
    public var quotedBy: FactRef?
    /// Numbers of the cylinders handed over, sorted, each once; at most ``Bounds/serials``.
    public var serials: [Identifier]
    /// Numbers of the cylinders taken back, likewise.
    public var collectedSerials: [Identifier]

    /// Sorts the numbers and drops repeated ones.
    /// - Parameter recipient: nil where nobody was named.
    public init(
        _ handover: Handover, attempt: Int, recipient: String? = nil, quoted: Money? = nil,
        quotedBy: FactRef? = nil, serials: [Identifier] = [], collectedSerials: [Identifier] = []
    ) {
        self.handover = handover
        self.attempt = attempt
        self.recipient = recipient
        self.quoted = quoted
        self.quotedBy = quotedBy
        self.serials = Set(serials).sorted()
        self.collectedSerials = Set(collectedSerials).sorted()
    }
}

/// An attempt that ended without gas changing hands.
public struct Failure: Hashable, Sendable {
    /// Why it failed.
    public var reason: FailureReason
    /// Which attempt, from 1.
    public var attempt: Int
    /// Personal: the driver's words.
    public var note: String?

    /// - Parameter note: nil where the driver said nothing.
    public init(_ reason: FailureReason, attempt: Int, note: String? = nil) {
        self.reason = reason
        self.attempt = attempt
        self.note = note
    }
}

/// Why an attempt failed. Open; an unknown number is shown as "other" and kept (L5).
public struct FailureReason: RawRepresentable, Hashable, Sendable {
    /// The number that is stored and sent; for ever the same.
    public let rawValue: UInt32
    /// Any number; one that this build does not know is kept.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// A reason that is not in this list (其他原因).
    public static let other = FailureReason(rawValue: 1)
    /// The customer was not there (客戶不在).
    public static let absent = FailureReason(rawValue: 2)
    /// The customer refused the delivery (客戶拒收).
    public static let rejected = FailureReason(rawValue: 3)
    /// The customer is not at this address (地址錯誤).
    public static let wrongAddress = FailureReason(rawValue: 4)
    /// The driver could not get in (無法進入).
    public static let accessDenied = FailureReason(rawValue: 5)
    /// There was trouble with the payment (付款問題).
    public static let paymentIssue = FailureReason(rawValue: 6)
    /// The cylinder was damaged (瓦斯桶損壞).
    public static let productDamaged = FailureReason(rawValue: 7)
    /// Delivering would not have been safe (安全顧慮).
    public static let safety = FailureReason(rawValue: 8)
    /// There was not enough on the truck (車上數量不足).
    public static let shortage = FailureReason(rawValue: 9)

    /// Every reason of this build with the word that commands, JSON and files use.
    public static let named: [(reason: FailureReason, word: String)] = [
        (.absent, "absent"), (.rejected, "rejected"), (.wrongAddress, "wrong_address"),
        (.accessDenied, "access_denied"), (.paymentIssue, "payment_issue"),
        (.productDamaged, "product_damaged"), (.safety, "safety"), (.shortage, "shortage"),
        (.other, "other"),
    ]

    /// `absent`, `wrong_address` …; `other` for a number of a newer build.
    public var word: String { Self.named.first { $0.reason == self }?.word ?? "other" }

    /// The reason of a word in ``named``; nil for any other word.
    public init?(word: String) {
        guard let found = Self.named.first(where: { $0.word == word }) else { return nil }
        self = found.reason
    }
}

/// Money that the driver took.
public struct CashReceipt: Hashable, Sendable {
    /// What was taken; ``StopRules`` refuses a negative amount.
    public var amount: Money
    /// Takes the amount as it is.
    public init(_ amount: Money) { self.amount = amount }
}

/// A photo or a signature, named by its bytes' SHA-256; the bytes travel apart (L24).
public struct Photo: Hashable, Sendable {
    /// SHA-256 of the picture's bytes.
    public var sha256: Hash256
    /// How many bytes the picture has; at most ``Bounds/photoBytes``.
    public var byteCount: Int
    /// Whether it is the recipient's signature rather than a photo.
    public var isSignature: Bool

    /// Takes the values as they are; the size is checked where a fact is read from bytes.
    public init(sha256: Hash256, byteCount: Int, isSignature: Bool = false) {
        self.sha256 = sha256
        self.byteCount = byteCount
        self.isSignature = isSignature
    }
}

/// The author's words; notes are added, never overwritten.
public struct Note: Hashable, Sendable {
    /// Personal; nil after a redaction.
    public var text: String?
    /// - Parameter text: nil stands for one that was redacted; an empty one is stored as nil.
    public init(_ text: String?) { self.text = text }
}

/// "What I recorded there was wrong": names the original and the corrections of it that its author
/// had seen. Two that had not seen each other are siblings (L1).
public struct Correction: Hashable, Sendable {
    /// What the corrected fact counts as instead.
    public enum Replacement: Hashable, Sendable {
        /// There was a handover, this one.
        case handedOver(HandedOver)
        /// There was a failure, this one.
        case failed(Failure)
        /// Another amount was taken; handed in, named as change money, or counted, where that was wrong.
        case cashReceived(CashReceipt)
        /// It did not happen at all.
        case withdrawn
        /// A replacement of a newer build.
        case unknown
    }

    /// The fact that was wrong: a handover, a failure, a cash receipt or cash handed in; or a clock-in or
    /// clock-out, of which the change money or the count was.
    public var original: FactRef
    /// The corrections of ``original`` that the author knew, sorted; this one supersedes them.
    public var seen: [FactRef]
    /// What it counts as from now on.
    public var replacement: Replacement

    /// Takes the values as they are; ``StopRules`` makes corrections that fit their original.
    public init(of original: FactRef, seen: [FactRef], to replacement: Replacement) {
        self.original = original
        self.seen = seen
        self.replacement = replacement
    }
}

/// "The address should be …": a wish of the driver, never a plan write.
public struct AddressSuggestion: Hashable, Sendable {
    /// Personal; nil after a redaction.
    public var address: String?
    /// - Parameter address: nil stands for one that was redacted; an empty one is stored as nil.
    public init(_ address: String?) { self.address = address }
}

/// The order in which the driver means to visit what is open: a preference.
public struct OrderSuggestion: Hashable, Sendable {
    /// First to last.
    public var stops: [EntityID]
    /// - Parameter stops: first to last.
    public init(stops: [EntityID]) { self.stops = stops }
}

/// The driver looked at these office changes.
public struct Look: Hashable, Sendable {
    /// The change ids of what was looked at.
    public var changes: [ChangeID]
    /// - Parameter changes: the change ids of what was looked at.
    public init(changes: [ChangeID]) { self.changes = changes }
}
