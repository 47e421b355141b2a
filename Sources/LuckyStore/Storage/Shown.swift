internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// What a changeset's state column says.
enum ChangesetState: Int {
    case pending = 0
    case accepted = 1
    case already = 2
    case quarantined = 3
}

extension Base {
    /// Planted: taps without a receipt are not shown.
    static var hidesOwnTaps: Bool { Mutant.isOn(.ownTapsHidden) }

    /// The shown state: the base, and on top of it the own changesets that it does not cover, in
    /// the order they were written, without the quarantined ones and those the hub had already
    /// (L11). A field of which the history followed says nothing is as an older one told it.
    func shown(author: Identifier, _ db: Database) throws -> EntityState {
        var state = try Remembered.completing(state, db)
        let rows = try db.rows(
            """
            SELECT c.replica, c.counter, c.bytes, c.received_at
            FROM changeset_entity AS e JOIN changeset AS c ON c.number = e.changeset
            WHERE e.entity = ? AND c.state IN (\(Self.hidesOwnTaps ? 1 : 0), 1)
            ORDER BY c.number
            """, [state.id.blob])
        for row in rows {
            let dot = Dot(try row.replica("replica"), row.unsigned("counter"))
            guard !state.vector.covers(dot) else { continue }
            let receivedAt: Int64? = row["received_at"]
            try readable { () throws(WireError) in
                let changeset = try Changeset(reading: row.bytes("bytes"))
                state.apply(
                    try changeset.ownChanges(on: state.id, receivedAt: receivedAt), dot: dot,
                    context: changeset.header.contexts[state.id] ?? VersionVector())
            }
        }
        return state
    }
}

extension Changeset {
    /// How this replica stamps its own changes until a page brings the hub's stamp.
    func ownStamp(receivedAt: Int64?) -> Stamp {
        Stamp(
            author: header.author, role: .driver, relation: .inScope, hlc: header.hlc,
            writtenAt: header.time.wallMilliseconds, receivedAt: receivedAt)
    }

    func ownChanges(on entity: EntityID, receivedAt: Int64?) throws(WireError) -> [Recorded] {
        try parts(stamp: ownStamp(receivedAt: receivedAt)).filter { $0.entity == entity }
            .map(\.recorded)
    }
}
