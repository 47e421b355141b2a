public import LuckyCausality
public import LuckyModel

/// The changes of one tap: one dot, atomic at its writer and at the hub, chained to the changeset
/// before it. An ``Envelope`` within its bounds whose header could be read.
public struct Changeset: Hashable, Sendable {
    /// Where its bytes lie, within the bounds.
    public let envelope: Envelope
    /// Who wrote it, when, having seen what.
    public let header: ChangesetHeader

    /// Its place in its replica's chain; the counter is 1 ..< 2⁵³.
    public var dot: Dot { envelope.dot }
    /// Zeros for the first of an epoch.
    public var previous: Hash256 { envelope.previous }
    /// 1…64, undecoded, in the order written.
    public var changes: [EncodedChange] { envelope.changes }
    /// The envelope's; the next changeset of the chain names it as its ``previous``.
    public var hash: Hash256 { envelope.hash }
    /// The whole envelope, as sealed or received.
    public var bytes: [UInt8] { envelope.bytes }

    /// Writes a changeset, and reads it again: what a hub could not read is never sealed.
    /// - Parameter changes: 1…64 encoded changes.
    /// - Throws: ``WireError/invalid(_:)`` over 64 changes or 64 KiB, and for whatever
    ///   ``recorded(stamp:)`` refuses.
    public init(
        sealing changes: [EncodedChange], header: ChangesetHeader, dot: Dot, previous: Hash256
    ) throws(WireError) {
        try self.init(laying: changes, header: header, dot: dot, previous: previous)
        _ = try decoded()
    }

    /// As ``init(sealing:header:dot:previous:)``, for whoever reads the changes at once, by
    /// ``recorded(stamp:)`` or ``parts(stamp:)``, and seals nothing where that throws.
    package init(
        laying changes: [EncodedChange], header: ChangesetHeader, dot: Dot, previous: Hash256
    ) throws(WireError) {
        try self.init(
            Envelope(header: header.encoded(), changes: changes, dot: dot, previous: previous))
    }

    /// Reads an envelope and its header. Checks lengths and bounds, decodes no change.
    public init(reading bytes: [UInt8]) throws(WireError) {
        try self.init(try Envelope(reading: bytes))
    }

    /// Reads the header of an envelope.
    /// - Throws: where it is beyond a bound, unreadable, or at odds with its own dot.
    public init(_ envelope: Envelope) throws(WireError) {
        guard envelope.isWithinBounds else {
            throw .invalid("\(envelope.changes.count) changes, \(envelope.bytes.count) bytes")
        }
        guard envelope.dot.counter > 0, envelope.dot.counter < Dot.counterLimit else {
            throw .invalid("counter \(envelope.dot.counter)")
        }
        self.envelope = envelope
        header = try ChangesetHeader(decoding: envelope.header)
        guard envelope.dot.counter == 1 || header.predecessor == nil else {
            throw .invalid("predecessor after the first of an epoch")
        }
    }

    /// The changes decoded, each as this replica records it. Contexts come from the header; an
    /// entity without one was new to its writer.
    /// - Parameter stamp: who, as whom, when.
    /// - Throws: where a change is unreadable or beyond a range, and where one field of an entity is
    ///   written twice.
    public func recorded(stamp: Stamp) throws(WireError) -> [Recorded] {
        try parts(stamp: stamp).map(\.recorded)
    }

    /// As ``recorded(stamp:)``, each with its entity.
    package func parts(
        stamp: Stamp
    ) throws(WireError) -> [(entity: EntityID, recorded: Recorded)] {
        var result: [(entity: EntityID, recorded: Recorded)] = []
        result.reserveCapacity(changes.count)
        for (index, change) in try decoded().enumerated() {
            let recorded = try Recorded(
                ref: FactRef(change: header.changeID, index: index), dot: dot,
                changes[index], read: change, hash: envelope.changeHashes[index], stamp: stamp,
                context: header.contexts[change.entity] ?? VersionVector())
            result.append((change.entity, recorded))
        }
        return result
    }

    /// The entity of each change, in order.
    public func entities() throws(WireError) -> [EntityID] {
        var result: [EntityID] = []
        for encoded in changes { result.append(try ChangeCodec.decode(encoded).entity) }
        return result
    }

    private func decoded() throws(WireError) -> [Change] {
        var result: [Change] = []
        var written: Set<WrittenField> = []
        for encoded in changes {
            let change = try ChangeCodec.decode(encoded)
            if case .plan(let field, _) = change.body {
                guard written.insert(WrittenField(entity: change.entity, field: field)).inserted
                else { throw .invalid("field written twice in one changeset") }
            }
            result.append(change)
        }
        return result
    }

    private struct WrittenField: Hashable {
        var entity: EntityID
        var field: PlanField
    }
}
