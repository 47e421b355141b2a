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
    /// the order they were written, without the quarantined ones (L11). Of one that the hub had
    /// already, the facts that the base lacks are shown, and no vector moves: where its entity has
    /// left this driver's scope, no page brings them back to a store that was restored from before
    /// they were issued again. A field of which the history followed says nothing is as an older one
    /// told it.
    func shown(author: Identifier, _ db: Database) throws -> EntityState {
        var state = try Remembered.completing(state, db)
        let rows = try db.rows(
            """
            SELECT replica, counter, state, receipt, bytes, received_at FROM changeset
            WHERE entity = ? AND state BETWEEN \(Self.hidesOwnTaps ? 1 : 0) AND 2 ORDER BY number
            """, [state.id.blob])
        for row in rows {
            let dot = Dot(try row.replica("replica"), row.unsigned("counter"))
            guard !state.vector.covers(dot) else { continue }
            let first = try row.firstDot()
            let receivedAt: Int64? = row["received_at"]
            try readable { () throws(WireError) in
                let changeset = try Changeset(reading: row.bytes("bytes"))
                let changes = try changeset.ownChanges(on: state.id, receivedAt: receivedAt)
                guard let first else {
                    return state.apply(
                        changes, dot: dot,
                        context: changeset.header.contexts[state.id] ?? VersionVector())
                }
                for var change in changes where state.facts[change.ref] == nil {
                    change.dot = first
                    state.put(change)
                }
            }
        }
        return state
    }
}

extension StoredRow {
    /// The dot that the hub has an own changeset's change under, where that is another.
    /// - Precondition: a row with state and receipt.
    fileprivate func firstDot() throws -> Dot? {
        guard ChangesetState(rawValue: self["state"]) == .already,
            let bytes = self["receipt"] as [UInt8]?
        else { return nil }
        let receipt = try readable { () throws(WireError) in try Receipt(rowBytes: bytes) }
        guard case .already(let first) = receipt.result else { return nil }
        return first
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
