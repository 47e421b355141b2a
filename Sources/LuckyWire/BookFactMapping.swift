internal import Foundation
internal import LuckyCausality
internal import LuckyModel

// The facts of the office's books, from number 48 on.

extension ChangeCodec {
    /// Nil for a doorstep fact and for one of a newer build.
    static func bookBody(_ fact: Fact, _ personal: inout PBPersonal) -> PBCore.OneOf_Body? {
        switch fact {
        case .looked(let value):
            var message = PBLook()
            message.changes = value.changes.map { Data($0.bytes) }
            return .looked(message)
        case .reviewOpened(let value):
            var message = PBReviewOpened()
            message.rule = value.kind.rawValue
            message.ruleVersion = UInt32(clamping: value.ruleVersion)
            message.sides = value.sides.map(PBRef.init)
            message.cores = value.cores.map { Data($0) }
            message.writers = value.writers.map(PBReviewWriter.init)
            if let base = value.base {
                message.base.ref = PBRef(base.ref)
                message.base.core = Data(base.core)
            }
            return .reviewOpened(message)
        case .reviewResolved(let value):
            personal.note = value.note ?? ""
            var message = PBReviewResolution()
            message.review = Data(value.review.bytes)
            message.outcome = value.outcome.rawValue
            message.supersedes = value.supersedes.map(PBRef.init)
            return .reviewResolved(message)
        case .redacted(let value):
            var message = PBRedaction()
            message.target = PBRef(value.target)
            return .redacted(message)
        case .settled(let value):
            var message = PBSettlement()
            message.dueCents = value.due.cents
            message.receivedCents = value.received.cents
            message.covers = value.covers.map(PBRef.init)
            return .settled(message)
        case .released(let value):
            var message = PBRelease()
            message.ref = PBRef(value.ref)
            message.author = Data(value.author.utf8)
            message.writtenMs = value.writtenAt
            message.core = Data(value.core)
            if let origin = value.origin { message.set(origin) }
            return .released(message)
        default: return nil
        }
    }

    static func bookFact(_ core: PBCore, _ note: String?) throws(WireError) -> Fact {
        switch core.body {
        case .looked(let message):
            var changes: [ChangeID] = []
            for change in message.changes { changes.append(try ChangeID(message: change)) }
            return .looked(Look(changes: changes))
        case .reviewOpened(let message):
            var writers: [ReviewWriter] = []
            for writer in message.writers { writers.append(try ReviewWriter(writer)) }
            return .reviewOpened(
                ReviewOpened(
                    kind: ReviewKind(rawValue: try text(message.rule)),
                    ruleVersion: Int(message.ruleVersion), sides: try refs(message.sides),
                    cores: message.cores.map { [UInt8]($0) }, writers: writers,
                    base: message.hasBase
                        ? ReviewOpened.Base(
                            try FactRef(message.base.ref), core: [UInt8](message.base.core)) : nil))
        case .reviewResolved(let message):
            return .reviewResolved(
                ReviewResolution(
                    of: try ChangeID(message: message.review),
                    ReviewOutcome(rawValue: try text(message.outcome)),
                    supersedes: try sortedRefs(message.supersedes), note: note))
        case .redacted(let message):
            return .redacted(Redaction(of: try FactRef(message.target)))
        case .settled(let message):
            return .settled(
                Settlement(
                    due: try Money(wire: message.dueCents),
                    received: try Money(wire: message.receivedCents),
                    covers: try sortedRefs(message.covers)))
        case .released(let message):
            return .released(
                Release(
                    try FactRef(message.ref), author: try Identifier(message: message.author),
                    writtenAt: try exact(message.writtenMs, "write time"),
                    core: [UInt8](message.core), origin: try message.origin()))
        default: return .unknown(kind: 0)
        }
    }

    /// Each once, in order: what is written twice would count twice.
    private static func sortedRefs(_ messages: [PBRef]) throws(WireError) -> [FactRef] {
        let refs = try refs(messages)
        for (a, b) in zip(refs, refs.dropFirst()) where a >= b { throw .invalid("refs not sorted") }
        return refs
    }
}

extension ReviewWriter {
    init(_ message: PBReviewWriter) throws(WireError) {
        guard let role = UInt8(exactly: message.role) else { throw .invalid("role") }
        self.init(
            author: try Identifier(message: message.author), role: Role(rawValue: role),
            writtenAt: try exact(message.writtenMs, "write time"),
            receivedAt: message.hasReceivedMs
                ? try exact(message.receivedMs, "receive time") : nil,
            knewOther: message.knewOther)
    }
}

extension PBReviewWriter {
    init(_ value: ReviewWriter) {
        self.init()
        author = Data(value.author.utf8)
        role = UInt32(value.role.rawValue)
        writtenMs = value.writtenAt
        if let receivedAt = value.receivedAt { receivedMs = receivedAt }
        knewOther = value.knewOther
    }
}

extension PBRelease {
    fileprivate mutating func set(_ origin: Release.Origin) {
        replica = Data(origin.replica)
        counter = origin.counter
        hlc = PBHlc(HLC(milliseconds: origin.milliseconds, logical: origin.logical))
    }

    /// Nil where an older hub released it.
    fileprivate func origin() throws(WireError) -> Release.Origin? {
        guard !replica.isEmpty else { return nil }
        let dot = Dot(try ReplicaID(message: replica), counter)
        guard dot.counter > 0, dot.counter < Dot.counterLimit else { throw .invalid("counter") }
        let clock = try HLC(hlc)
        return Release.Origin(
            replica: dot.replica.bytes, counter: dot.counter, milliseconds: clock.milliseconds,
            logical: clock.logical)
    }
}
