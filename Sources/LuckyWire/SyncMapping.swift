internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import SwiftProtobuf

extension SyncResponse.Answer {
    init(_ message: PBAnswer) throws(WireError) {
        guard message.protocol == SyncProtocol.version else {
            throw .unsupported("protocol \(message.protocol)")
        }
        let direction: Direction =
            switch message.direction {
            case .carryOn: .carryOn
            case .sendFrom(let value): .sendFrom(try exact(value.counter, "counter"))
            case .fork(let value):
                .fork(lastCommon: try exact(value.lastCommonCounter, "counter"))
            case .rebaselineNeeded: .rebaselineNeeded
            case nil: throw .unsupported("direction")
            }
        self.init(
            history: try HistoryID(message: message.history),
            depot: try Identifier(message: message.depot), nonce: message.nonce,
            hubTime: try exact(message.hubTimeMs, "hub time"),
            head: try ChainHead(counter: message.headCounter, hash: message.headHash),
            direction: direction, ruleVersion: Int(message.ruleVersion))
        // What could not be shown again is not kept; the answer stands without it.
        if message.standing.count <= Bounds.standingBytes { standing = [UInt8](message.standing) }
        readsPacked = message.readsPacked.contains(UInt32(PackedChangesets.format))
    }
}

extension Receipt {
    init(_ message: PBReceipt) throws(WireError) {
        let first = try Dot(replica: message.replica, counter: message.firstCounter)
        let last = try Dot(replica: message.replica, counter: message.lastCounter)
        guard first.counter <= last.counter else { throw .invalid("receipt run") }
        let result: Result
        switch message.result {
        case .accepted: result = .accepted
        case .already(let dot):
            guard first == last else { throw .invalid("run of receipts for one dot") }
            let other = try Dot(replica: dot.replica, counter: dot.counter)
            result = Mutant.isOn(.alreadyIsAccepted) ? .accepted : .already(other)
        case .quarantined(let value):
            result = .quarantined(try ChangeCodec.text(value.reason))
        case nil: throw .unsupported("receipt result")
        }
        var sequences: [DepotSequence] = []
        for entry in message.sequences {
            sequences.append(
                DepotSequence(
                    depot: try Identifier(message: entry.depot),
                    sequence: try exact(entry.sequence, "sequence")))
        }
        self.init(
            history: try HistoryID(message: message.history), replica: first.replica,
            counters: first.counter...last.counter, hash: try Hash256(message: message.hash),
            result: result, sequences: sequences,
            receivedAt: try exact(message.receivedMs, "receive time"),
            backupMark: try exact(message.backupMark, "backup mark"))
        unknown = [UInt8](message.unknownFields.data)
    }
}

extension PBReceipt {
    init(_ receipt: Receipt) {
        self = Self(unknownFields: receipt.unknown)
        history = Data(receipt.history.bytes)
        replica = Data(receipt.replica.bytes)
        firstCounter = receipt.counters.lowerBound
        lastCounter = receipt.counters.upperBound
        hash = Data(receipt.hash.bytes)
        receivedMs = receipt.receivedAt
        backupMark = receipt.backupMark
        sequences = receipt.sequences.map {
            var entry = PBDepotSequence()
            entry.depot = Data($0.depot.utf8)
            entry.sequence = $0.sequence
            return entry
        }
        switch receipt.result {
        case .accepted: accepted = PBAccepted()
        case .already(let dot):
            already.replica = Data(dot.replica.bytes)
            already.counter = dot.counter
        case .quarantined(let reason): quarantined.reason = reason
        }
    }
}

extension Page {
    func frames() -> [Frame] {
        [Frame(.pageStart, plainStart())] + parts.map { Frame(.entity, $0.rowBytes()) }
            + [Frame(.pageEnd, plainEnd())]
    }

    /// From a start frame, entities and an end frame whose counts fit.
    init(frames: [Frame]) throws(WireError) {
        guard frames.count >= 2, let first = frames.first, let last = frames.last,
            first.kind == FrameKind.pageStart.rawValue
        else { throw .invalid("page without a start") }
        let start = try parsed(PBPageStart.self, first.payload)
        let end = try parsed(PBPageEnd.self, last.payload)
        var parts: [EntityPart] = []
        for frame in frames.dropFirst().dropLast() {
            guard frame.kind == FrameKind.entity.rawValue else {
                throw .invalid("frame out of place")
            }
            parts.append(try EntityPart(rowBytes: frame.payload))
        }
        self.init(
            history: try HistoryID(message: start.history),
            replica: try ReplicaID(message: start.replica),
            from: start.hasFrom ? try Checkpoint(start.from) : nil, parts: parts,
            checkpoint: try Checkpoint(end.checkpoint), hasMore: end.hasMore_p,
            scopeDigest: end.scopeDigest.isEmpty ? nil : try Hash256(message: end.scopeDigest),
            scopeEntities: Int(end.scopeEntities), resume: [UInt8](end.resume))
        guard end.entities == parts.count, end.changes == changeCount else {
            throw .corrupt("page counts")
        }
    }
}

extension EntityPart {
    init(_ message: PBEntityPart) throws(WireError) {
        var fields: [FieldPart] = []
        for field in message.fields {
            var part = FieldPart(
                field: PlanField(rawValue: field.field),
                cover: try VersionVector(messages: field.cover),
                siblings: try Self.changes(field.siblings))
            part.unknown = [UInt8](field.unknownFields.data)
            fields.append(part)
        }
        self.init(
            entity: try EntityID(message: message.entity),
            membership: Membership(message.membership),
            vector: try VersionVector(messages: message.vector), fields: fields,
            facts: try Self.changes(message.facts),
            cause: message.cause.isEmpty ? nil : try ChangeID(message: message.cause),
            isPartial: message.partial)
        guard !isPartial || (vector.isEmpty && fields.isEmpty) else {
            throw .invalid("partial entity with a vector or a plan")
        }
        unknown = [UInt8](message.unknownFields.data)
    }

    private static func changes(_ messages: [PBRecordedChange]) throws(WireError) -> [PageChange] {
        var changes: [PageChange] = []
        for message in messages { changes.append(try PageChange(message)) }
        return changes
    }
}

extension EntityPart.Membership {
    init(_ message: PBMembership) {
        switch message {
        case .stays: self = .stays
        case .enters: self = .enters
        case .leaves: self = .leaves
        case .purged where !Knowledge.current.knowsPurging: self = .unknown(message.rawValue)
        case .purged: self = .purged
        case .restated: self = .restated
        case .UNRECOGNIZED(let value): self = .unknown(value)
        }
    }
}

extension PBMembership {
    init(_ membership: EntityPart.Membership) {
        self =
            switch membership {
            case .stays: .stays
            case .enters: .enters
            case .leaves: .leaves
            case .purged: .purged
            case .restated: .restated
            case .unknown(let value): .UNRECOGNIZED(value)
            }
    }
}

extension PBEntityPart {
    init(_ part: EntityPart) {
        self = Self(unknownFields: part.unknown)
        entity = Data(part.entity.bytes)
        membership = PBMembership(part.membership)
        vector = part.vector.messages
        fields = part.fields.map {
            var message = PBFieldPart(unknownFields: $0.unknown)
            message.field = $0.field.rawValue
            message.cover = $0.cover.messages
            message.siblings = $0.siblings.map(PBRecordedChange.init)
            return message
        }
        facts = part.facts.map(PBRecordedChange.init)
        if let cause = part.cause { self.cause = Data(cause.bytes) }
        partial = part.isPartial
    }
}

extension PageChange {
    init(_ message: PBRecordedChange) throws(WireError) {
        guard message.index < Bounds.changesPerChangeset else { throw .invalid("index") }
        let core = [UInt8](message.core)
        let encoded =
            message.personalHash.isEmpty
            ? EncodedChange(
                core: core, personal: message.personal.isEmpty ? nil : [UInt8](message.personal))
            : EncodedChange(core: core, redacted: try Hash256(message: message.personalHash))
        self.init(
            ref: FactRef(
                change: try ChangeID(message: message.changeID), index: Int(message.index)),
            dot: try Dot(replica: message.replica, counter: message.counter), encoded: encoded,
            stamp: try Stamp(message.stamp), context: try VersionVector(messages: message.context),
            witnessedBy: message.witnessedBy.isEmpty
                ? nil : try ReplicaID(message: message.witnessedBy))
        unknown = [UInt8](message.unknownFields.data)
        unknownStamp = [UInt8](message.stamp.unknownFields.data)
    }
}

extension PBRecordedChange {
    init(_ change: PageChange) {
        self = Self(unknownFields: change.unknown)
        changeID = Data(change.ref.change.bytes)
        index = UInt32(clamping: change.ref.index)
        replica = Data(change.dot.replica.bytes)
        counter = change.dot.counter
        core = Data(change.encoded.core)
        if let bytes = change.encoded.personal {
            personal = Data(bytes)
        } else if change.encoded.personalHash != .zero {
            personalHash = Data(change.encoded.personalHash.bytes)
        }
        stamp = PBStamp(change.stamp, unknownFields: change.unknownStamp)
        context = change.sentContext.messages
        if let witness = change.witnessedBy { witnessedBy = Data(witness.bytes) }
    }
}

extension Stamp {
    init(_ message: PBStamp) throws(WireError) {
        guard let role = UInt8(exactly: message.role),
            let relation = UInt8(exactly: message.relation)
        else { throw .invalid("stamp") }
        self.init(
            author: try Identifier(message: message.author), role: Role(rawValue: role),
            relation: ScopeRelation(rawValue: relation), hlc: try HLC(message.hlc),
            writtenAt: try exact(message.writtenMs, "write time"),
            receivedAt: message.hasReceivedMs
                ? try exact(message.receivedMs, "receive time") : nil,
            carriedBy: message.carriedBy.isEmpty
                ? nil : try Identifier(message: message.carriedBy))
    }
}

extension PBStamp {
    init(_ stamp: Stamp, unknownFields: [UInt8]) {
        self = Self(unknownFields: unknownFields)
        author = Data(stamp.author.utf8)
        role = UInt32(stamp.role.rawValue)
        relation = UInt32(stamp.relation.rawValue)
        hlc = PBHlc(stamp.hlc)
        writtenMs = stamp.writtenAt
        if let receivedAt = stamp.receivedAt { receivedMs = receivedAt }
        if let carrier = stamp.carriedBy { carriedBy = Data(carrier.utf8) }
    }
}

extension SwiftProtobuf.Message {
    /// A message that carries only what an earlier reading did not know, to be sent on (L5).
    fileprivate init(unknownFields: [UInt8]) {
        self = (try? Self(serializedBytes: unknownFields)) ?? Self()
    }
}
