public import LuckyCausality
public import LuckyModel
public import LuckyWire

/// The hub's content in one snapshot. Valid only within the call of ``Hub/read(_:)``.
public struct HubReader {
    /// The depot that this hub keeps.
    public let depot: Identifier
    /// The history that its log positions belong to.
    public let history: HistoryID
    let rows: any HubRows

    /// What the hub knows of one accepted change.
    public struct ChangeInfo: Hashable, Sendable {
        /// The writer's replica, and the counter there.
        public var dot: Dot
        /// The position in the depot's log, from 1.
        public var sequence: UInt64
        /// The hub's time, Unix milliseconds.
        public var receivedAt: Int64
        /// The driver or office person who wrote it.
        public var author: Identifier
    }

    /// How far one replica of a driver has got with a sequence; times in Unix milliseconds.
    public struct Delivery: Hashable, Sendable {
        /// One of the driver's replicas.
        public var replica: ReplicaID
        /// When a page that reaches it was first sent.
        public var sentAt: Int64?
        /// When the device first stated a checkpoint that reaches it.
        public var onPhoneAt: Int64?
    }

    /// One replica: whose it is and where it stands.
    public struct Replica: Hashable, Sendable {
        /// Names the device's store, in one epoch of it.
        public var id: ReplicaID
        /// The driver or office person whose it is since its first contact.
        public var person: Identifier
        /// The person's role; `hub` for the hub's own replica.
        public var role: Role
        /// Counter and hash of its last receipted changeset.
        public var head: ChainHead?
        /// The highest checkpoint sent to it; 0: none.
        public var sent: UInt64
        /// The highest checkpoint it stated; 0: none.
        public var onPhone: UInt64
        /// Unix milliseconds.
        public var lastSeen: Int64
    }

    /// A changeset that the hub keeps verbatim and did not apply.
    public struct Quarantined: Hashable, Sendable {
        /// The writer's replica, and the counter there.
        public var dot: Dot
        /// Nil where its header could not be read.
        public var change: ChangeID?
        /// Who wrote it; nil where its header could not be read.
        public var author: Identifier?
        /// ``QuarantineReason`` as a word.
        public var reason: String
        /// The hub's time, Unix milliseconds.
        public var receivedAt: Int64
        /// The size of the kept envelope, in bytes.
        public var byteCount: Int
    }

    /// The merged state; nil for an entity that nobody wrote to.
    public func state(_ id: EntityID) throws(HubRefusal) -> EntityState? {
        try refusing { try rows.state(id) }
    }

    /// Every entity of a kind, hidden ones too, sorted by id.
    public func entities(_ kind: EntityKind) throws(HubRefusal) -> [EntityID] {
        try refusing { try rows.entities(kind, date: nil) }
    }

    /// The stops whose shown date is this, hidden ones too, sorted by id.
    public func stops(on date: CivilDate) throws(HubRefusal) -> [EntityState] {
        try states(.stop, on: date)
    }

    /// The stops whose shown date is behind this, hidden ones too, sorted by id.
    func stops(after date: CivilDate) throws(HubRefusal) -> [EntityState] {
        try refusing {
            try rows.entities(.stop, after: date.yyyymmdd).compactMap { try rows.state($0) }
        }
    }

    /// The routes whose shown date is this, hidden ones too, sorted by id.
    public func routes(on date: CivilDate) throws(HubRefusal) -> [EntityState] {
        try states(.route, on: date)
    }

    /// Whose scope an entity ever entered, sorted.
    package func drivers(everWith entity: EntityID) throws -> [Identifier] {
        try rows.drivers(everWith: entity)
    }

    /// Nil for a change that is not in the log: unknown, or quarantined.
    public func changeInfo(_ change: ChangeID) throws(HubRefusal) -> ChangeInfo? {
        try refusing {
            guard let dot = try rows.dot(of: change), let row = try rows.changeset(dot),
                let sequence = row.sequence, let author = row.author
            else { return nil }
            return ChangeInfo(
                dot: dot, sequence: sequence, receivedAt: row.receivedAt, author: author)
        }
    }

    /// The changeset that brought a change into the log; nil for a change that is not there.
    package func changeset(of change: ChangeID) throws(HubRefusal) -> Changeset? {
        try refusing {
            guard let dot = try rows.dot(of: change), let row = try rows.changeset(dot),
                row.sequence != nil
            else { return nil }
            return try Changeset(reading: row.bytes)
        }
    }

    /// How far each replica of a driver has got with a log position, sorted by replica.
    public func delivery(
        of sequence: UInt64, to driver: Identifier
    ) throws(HubRefusal) -> [Delivery] {
        try refusing {
            try rows.replicas().filter { $0.person == driver && $0.isKnownHere }.map {
                let marks = try rows.marks(of: $0.id, from: sequence)
                return Delivery(
                    replica: $0.id, sentAt: marks.sentAt, onPhoneAt: marks.onPhoneAt)
            }
        }
    }

    /// Every replica that spoke in this history, the hub's own too, sorted by id.
    public func replicas() throws(HubRefusal) -> [Replica] {
        try refusing {
            try rows.replicas().filter(\.isKnownHere).map {
                let marks = try rows.lastMarks(of: $0.id)
                return Replica(
                    id: $0.id, person: $0.person, role: $0.role, head: $0.head,
                    sent: marks.sent, onPhone: marks.onPhone, lastSeen: $0.lastSeen)
            }
        }
    }

    /// Sorted by dot.
    public func quarantined() throws(HubRefusal) -> [Quarantined] {
        try refusing {
            try rows.quarantined().compactMap {
                guard case .quarantined(let reason) = $0.result else { return nil }
                return Quarantined(
                    dot: $0.dot, change: $0.change, author: $0.author, reason: reason,
                    receivedAt: $0.receivedAt, byteCount: $0.bytes.count)
            }
        }
    }

    /// The log's end; sequence 0 before the first changeset.
    public func checkpoint() throws(HubRefusal) -> Checkpoint {
        try refusing {
            let end = try rows.logEnd()
            return Checkpoint(
                history: history, depot: depot, sequence: end?.sequence ?? 0,
                tag: end?.tag ?? LogRow.originTag)
        }
    }

    /// What a driver may see now, sorted.
    public func scope(of driver: Identifier) throws(HubRefusal) -> [EntityID] {
        try refusing { try rows.scope(driver: driver) }
    }

    /// The digest of a driver's scope, and how many entities it is of (L21).
    public func scopeDigest(
        of driver: Identifier
    ) throws(HubRefusal) -> (digest: Hash256, entities: Int) {
        try refusing {
            let entities = try rows.digests(of: driver)
            return (
                Digest.ofScope(entities.map { ($0.entity, $0.digest) }), entities.count
            )
        }
    }

    private func states(
        _ kind: EntityKind, on date: CivilDate
    ) throws(HubRefusal) -> [EntityState] {
        try refusing {
            try rows.entities(kind, date: date.yyyymmdd).compactMap {
                try rows.state($0)
            }
        }
    }
}

extension HubRows {
    /// An entity with its plan and facts, decoded.
    func state(_ id: EntityID) throws -> EntityState? {
        guard let row = try entity(id) else { return nil }
        return try state(row, fields(of: id, after: 0))
    }

    /// The same where all but the records is at hand.
    func state(_ row: EntityRow, _ fields: [FieldRow]) throws -> EntityState {
        var state = EntityState(id: row.id, vector: row.vector)
        var siblings: [PlanField: [Recorded]] = [:]
        for record in try records(of: row.id, after: 0) {
            let recorded = try record.change.recorded()
            if let field = record.field {
                siblings[field, default: []].append(recorded)
            } else {
                state.put(recorded)
            }
        }
        for field in fields {
            state.fields[field.field] = FieldState(
                siblings: siblings[field.field] ?? [], cover: field.cover)
        }
        return state
    }
}

/// Turns whatever a storage throws into a transient refusal (L20).
func refusing<T>(_ body: () throws -> T) throws(HubRefusal) -> T {
    do {
        return try body()
    } catch let refusal as HubRefusal {
        throw refusal
    } catch {
        throw HubRefusal(
            status: 503, code: "storage", message: "The hub's storage failed: \(error)")
    }
}
