internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// How far the facts of entities too big for a page were sent ahead (L14). Opaque to the device,
/// which keeps it with the checkpoint; one of another position counts as none.
///
/// Facts go in the order in which they came to the hub: what comes meanwhile comes behind. Bytes:
/// the checkpoint's sequence and tag, then for each entity its id, and the last fact's place in the
/// log and name; the index's highest bit tells that it is a repair's, whose facts went from the first
/// on, and not only those behind the checkpoint.
struct PageResume: Hashable {
    private var place: [UInt8] = []
    private var last: [EntityID: Position] = [:]

    private struct Position: Hashable, Comparable {
        var sequence: UInt64
        var ref: FactRef
        var isRepair = false

        static func < (a: Self, b: Self) -> Bool { (a.sequence, a.ref) < (b.sequence, b.ref) }
    }

    private static let entryBytes = 17 + 8 + 16 + 2
    /// No changeset has so many changes.
    private static let repairBit: UInt16 = 1 << 15

    /// What a request brings back; nothing where it is of another position, or not of a hub.
    init(of request: SyncRequest) {
        place = Self.place(of: request)
        guard request.resume.starts(with: place) else { return }
        var rest = request.resume.dropFirst(place.count)
        while rest.count >= Self.entryBytes {
            let entry = Array(rest.prefix(Self.entryBytes))
            rest = rest.dropFirst(Self.entryBytes)
            guard let entity = EntityID(bytes: entry[..<17]),
                let change = ChangeID(bytes: entry[25..<41])
            else {
                last = [:]
                return
            }
            let index = UInt16(truncatingIfNeeded: Self.integer(entry[41..<43]))
            last[entity] = Position(
                sequence: Self.integer(entry[17..<25]),
                ref: FactRef(change: change, index: Int(index & ~Self.repairBit)),
                isRepair: index & Self.repairBit != 0)
        }
    }

    /// Whether some of its facts were sent ahead of a repair.
    func hasBegunRepair(of entity: EntityID) -> Bool { last[entity]?.isRepair == true }

    /// - Parameters:
    ///   - sequence: where in the log the fact stands.
    ///   - isRepair: the entity is to be whole: what went ahead of a page's own part was only what
    ///     is behind the checkpoint, and does not count.
    func hasSent(
        _ fact: FactRef, at sequence: UInt64, of entity: EntityID, isRepair: Bool
    ) -> Bool {
        guard let last = last[entity], last.isRepair || !isRepair else { return false }
        return Position(sequence: sequence, ref: fact) <= last
    }

    /// - Returns: nil where no more entities can be remembered.
    func moved(
        _ entity: EntityID, to fact: RecordRow, isRepair: Bool, from request: SyncRequest
    ) -> PageResume? {
        var next = self
        next.last[entity] = Position(
            sequence: fact.sequence, ref: fact.change.ref,
            isRepair: isRepair)
        return next.bytes.count <= Bounds.resumeBytes ? next : nil
    }

    var bytes: [UInt8] {
        place
            + last.sorted { $0.key < $1.key }.flatMap { entity, position in
                entity.bytes + Self.bytes(position.sequence) + position.ref.change.bytes
                    + Self.bytes(
                        UInt16(clamping: position.ref.index) & ~Self.repairBit
                            | (position.isRepair ? Self.repairBit : 0))
            }
    }

    private static func place(of request: SyncRequest) -> [UInt8] {
        bytes(request.checkpoint?.sequence ?? 0)
            + bytes(request.checkpoint?.tag ?? LogRow.originTag)
    }

    private static func bytes(_ value: some FixedWidthInteger & UnsignedInteger) -> [UInt8] {
        (0..<value.bitWidth / 8).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
    }

    private static func integer(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
