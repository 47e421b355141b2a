public import LuckyCausality
public import LuckyModel
internal import LuckyWire

/// Something in a hub's file that cannot be so: found by reading every changeset and computing
/// again what is kept about it.
public struct AuditFinding: Hashable, Sendable {
    /// What is wrong, by word.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The log, a chain or a fact names a changeset that is not there; or one's fact is not.
        case missing
        /// Bytes do not give the hash, the name or the content that is kept beside them.
        case altered
        /// One change id stands at two places of the log.
        case doubled
    }

    /// Whether something is missing, altered or doubled.
    public var kind: Kind
    /// The changeset concerned; nil where only an entity is.
    public var dot: Dot?
    /// Its change id, as far as it can be read.
    public var change: ChangeID?
    /// The entity whose record or digest it is; nil where only a changeset is meant.
    public var entity: EntityID?
    /// One clause in English.
    public var detail: String
}

extension HubReader {
    /// Reads every changeset of the log and of every chain, recomputes hashes, links, names, facts
    /// and digests, and names what differs; empty where all is well. Cost: the whole file once.
    public func audit() throws(HubRefusal) -> [AuditFinding] {
        try refusing {
            var audit = Audit(rows: rows)
            try audit.run()
            return audit.findings
        }
    }

    /// The hash under which a changeset is kept; nil where there is none.
    public func hash(of dot: Dot) throws(HubRefusal) -> Hash256? {
        try refusing { try rows.changeset(dot)?.hash }
    }
}

private struct Audit {
    let rows: any HubRows
    private(set) var findings: [AuditFinding] = []
    /// Every sibling and fact that an entity has, by changeset.
    private var kept: [ChangeID: [FactRef: Kept]] = [:]
    private var logged: [Dot: UInt64] = [:]

    private struct Kept {
        var entity: EntityID
        var dot: Dot
        var hash: Hash256
    }

    /// A chain whose head is nonsense is not walked for ever.
    private static let gapLimit: UInt64 = 1_000

    init(rows: any HubRows) { self.rows = rows }

    mutating func run() throws {
        try readEntities()
        try readLog()
        var dots = Set(logged.keys)
        for replica in try rows.replicas() { try dots.formUnion(chain(of: replica)) }
        for names in kept.values { dots.formUnion(names.values.map(\.dot)) }
        for dot in dots.sorted() { try check(dot) }
    }

    private mutating func find(
        _ kind: AuditFinding.Kind, _ dot: Dot?, change: ChangeID? = nil,
        entity: EntityID? = nil, _ detail: String
    ) {
        findings.append(
            AuditFinding(kind: kind, dot: dot, change: change, entity: entity, detail: detail))
    }

    private mutating func readEntities() throws {
        let kinds: [EntityKind] = [.stop, .route, .shift, .period, .customer, .vehicle, .product]
        for kind in kinds {
            for id in try rows.entities(kind, date: nil) {
                // What is only witnessed has no changeset here yet (L26).
                for record in try rows.records(of: id, after: 0)
                where record.change.witnessedBy == nil {
                    let change = record.change
                    kept[change.ref.change, default: [:]][change.ref] = Kept(
                        entity: id, dot: change.dot, hash: change.encoded.hash)
                }
                let row = try rows.entity(id)
                do {
                    if try rows.state(id).map(Digest.of) != row?.digest {
                        find(.altered, nil, entity: id, "the entity's digest")
                    }
                } catch {
                    find(.altered, nil, entity: id, "a record of the entity: \(error)")
                }
            }
        }
    }

    private mutating func readLog() throws {
        guard let end = try rows.logEnd()?.sequence, end > 0 else { return }
        var names: [ChangeID: Dot] = [:]
        for sequence in 1...end {
            guard let row = try rows.log(sequence: sequence) else {
                find(.missing, nil, "place \(sequence) of the log")
                continue
            }
            guard case .changeset(let dot, let change) = row.entry else { continue }
            if logged.updateValue(sequence, forKey: dot) != nil || names[change] != nil {
                find(.doubled, dot, change: change, "place \(sequence) of the log")
            }
            names[change] = dot
        }
    }

    /// The dots that a replica's head says are there.
    private func chain(of replica: ReplicaRow) throws -> Set<Dot> {
        guard let head = replica.head?.counter, head > 0 else { return [] }
        var dots: Set<Dot> = []
        var gap: UInt64 = 0
        for counter in 1...head where gap < Self.gapLimit {
            let dot = Dot(replica.id, counter)
            dots.insert(dot)
            gap = try rows.changeset(dot) == nil ? gap + 1 : 0
        }
        return dots
    }

    private mutating func check(_ dot: Dot) throws {
        let named = kept.first { $0.value.values.contains { $0.dot == dot } }?.key
        guard let row = try rows.changeset(dot) else {
            return find(.missing, dot, change: named, "the changeset")
        }
        let change = row.change
        let envelope: Envelope
        do { envelope = try Envelope(reading: row.bytes) } catch {
            return find(.altered, dot, change: change, "the changeset's layout: \(error)")
        }
        if envelope.hash != row.hash || envelope.dot != dot {
            find(.altered, dot, change: change, "the changeset's hash")
        }
        if dot.counter > 1, let before = try rows.changeset(Dot(dot.replica, dot.counter - 1)),
            before.hash != envelope.previous
        {
            find(.altered, dot, change: change, "the link to the changeset before")
        }
        guard row.sequence != nil else { return }
        if logged[dot] != row.sequence {
            find(.missing, dot, change: change, "its place in the log")
        }
        try checkContent(of: envelope, row)
    }

    private mutating func checkContent(of envelope: Envelope, _ row: ChangesetRow) throws {
        let dot = row.dot
        let changes: [Recorded]
        let header: ChangesetHeader
        do {
            let changeset = try Changeset(envelope)
            header = changeset.header
            changes = try changeset.recorded(
                stamp: Stamp(
                    author: header.author,
                    role: try rows.replica(dot.replica)?.role == .hub ? .hub : .driver,
                    relation: .inScope, hlc: header.hlc,
                    writtenAt: header.time.wallMilliseconds, receivedAt: row.receivedAt))
        } catch {
            return find(.altered, dot, change: row.change, "the changeset's content: \(error)")
        }
        if header.changeID != row.change || header.author != row.author {
            find(.altered, dot, change: row.change, "the changeset's name")
        }
        if try rows.dot(of: header.changeID) != dot {
            find(.missing, dot, change: header.changeID, "the change id's entry")
        }
        for change in changes {
            guard let record = kept[change.ref.change]?[change.ref] else {
                // A plan value may have been overwritten; a fact stays.
                if change.fact != nil {
                    find(.missing, dot, change: header.changeID, "fact \(change.ref.index)")
                }
                continue
            }
            if record.hash != change.hash || record.dot != dot {
                find(
                    .altered, dot, change: header.changeID, entity: record.entity,
                    "record \(change.ref.index)")
            }
        }
    }
}
