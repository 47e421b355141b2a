internal import GRDB
internal import LuckyCausality
public import LuckyModel
internal import LuckyWire

/// What a tap of this phone's said.
public struct RecordedTap: Hashable, Sendable {
    /// Its name.
    public var change: ChangeID
    /// What it is about.
    public var entity: EntityID
    /// What it recorded, in order.
    public var facts: [Fact]
    /// Which of them were redacted: their words are gone.
    public var redacted: Set<Int>
}

extension ReplicaStore {
    /// What became of a tap that was made before; nil where there is none of this id.
    public func result(of change: ChangeID) throws(StoreError) -> CommitResult? {
        try connection.read { try Self.committed(change, isRepeat: true, $0) }
    }

    /// What an own tap said; nil where there is none of this id, or only its name is left (L12).
    public func recorded(_ change: ChangeID) throws(StoreError) -> RecordedTap? {
        try connection.read { db in
            guard
                let row = try db.row(
                    "SELECT bytes FROM changeset WHERE change_id = ?", [change.blob])
            else { return nil }
            let (changes, entities) = try readable { () throws(WireError) in
                let changeset = try Changeset(reading: row.bytes("bytes"))
                return (
                    try changeset.recorded(stamp: changeset.ownStamp(receivedAt: nil)),
                    try changeset.entities()
                )
            }
            guard let entity = entities.first else { return nil }
            let redacted = try Base(entity, db)?.shown(author: identity.driver, db).redacted
            return RecordedTap(
                change: change, entity: entity, facts: changes.compactMap(\.fact),
                redacted: Set(
                    changes.indices.filter { redacted?.contains(changes[$0].ref) == true }))
        }
    }
}
