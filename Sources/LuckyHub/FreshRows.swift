internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// What one transaction did to entities, so that the page behind a push is put together without
/// reading back what was written a moment ago. It says what the rows say, or nothing.
struct FreshRows {
    private var entries: [EntityID: Entry] = [:]
    private var touched: [UInt64: [EntityID]] = [:]

    struct Entry {
        /// Where in the log it was touched last before this transaction; 0: nowhere.
        var before: UInt64
        /// The places at which it was touched since.
        var sequences: [UInt64]
        /// The facts that were added; nil where anything else was written too.
        var facts: [LaidRecord]?
    }

    subscript(id: EntityID) -> Entry? { entries[id] }

    /// The entities that were touched at a place of the log, sorted; nil for an older place.
    func touched(at sequence: UInt64) -> [EntityID]? { touched[sequence]?.sorted() }

    /// Empty for one that was not touched yet.
    func facts(of id: EntityID) -> [LaidRecord]? {
        guard let entry = entries[id] else { return [] }
        return entry.facts
    }

    /// What was written with it is not known until ``note(_:of:)``.
    mutating func touch(_ id: EntityID, at sequence: UInt64, after before: UInt64) {
        touched[sequence, default: []].append(id)
        entries[id, default: Entry(before: before, sequences: [], facts: nil)]
            .sequences.append(sequence)
        entries[id]?.facts = nil
    }

    mutating func note(_ facts: [LaidRecord]?, of id: EntityID) { entries[id]?.facts = facts }

    /// Its rows were changed in another way.
    mutating func spoil(_ id: EntityID) { entries[id]?.facts = nil }
}

/// What a page may take from the transaction that it is read in.
struct JustWritten {
    var rows: FreshRows
    var loaded: [EntityID: LogWriter.LoadedEntity]

    /// The places at which an entity was touched after `sequence`; nil where the rows know more.
    func touches(of id: EntityID, after sequence: UInt64) -> [UInt64]? {
        guard let entry = rows[id], entry.before <= sequence else { return nil }
        return entry.sequences
    }

    /// What came to an entity that was in the scope before, if that is nothing but facts.
    /// - Parameters:
    ///   - sequence: everything up to this is on the device.
    ///   - isNew: asked for each fact.
    /// - Returns: nil where the rows are to be read.
    func part(
        of id: EntityID, for driver: Identifier, after sequence: UInt64,
        _ isNew: (LaidRecord) -> Bool
    ) -> EntityPart? {
        guard let entry = rows[id], entry.before <= sequence, let facts = entry.facts,
            let entity = loaded[id], entity.row?.scope == driver,
            let entered = entity.enteredAt, entered <= sequence
        else { return nil }
        return EntityPart(
            LaidPart(
                entity: id, membership: .stays, vector: entity.state.vector, fields: [],
                facts: facts.filter(isNew).sorted { $0.ref < $1.ref }.map(\.bytes)))
    }
}
