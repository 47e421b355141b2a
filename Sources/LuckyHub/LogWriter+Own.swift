internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// Writes a changeset of the hub's own replica: office edits and reviews.
    /// - Throws: ``HubRefusal`` before it gets a dot.
    mutating func write(
        _ changes: [Change], contexts: [EntityID: VersionVector], id: ChangeID,
        author: Identifier, role: Role
    ) throws -> (dot: Dot, sequence: UInt64) {
        try write(
            encoded: changes.map { ChangeCodec.encode($0, salt: hub.random.salt) },
            contexts: contexts, id: id, author: author, role: role)
    }

    /// The same for changes that are bytes already, such as what was in quarantine.
    mutating func write(
        encoded changes: [EncodedChange], contexts: [EntityID: VersionVector], id: ChangeID,
        author: Identifier, role: Role
    ) throws -> (dot: Dot, sequence: UInt64) {
        try searchAgain(Set(changes.compactMap { try? ChangeCodec.decode($0).entity }))
        var replica =
            try rows.replica(hub.replica)
            ?? ReplicaRow(
                id: hub.replica, person: hub.depot, depot: hub.depot, role: .hub, head: nil,
                stated: 0, hasSpoken: true, lastSeen: now)
        let dot = Dot(hub.replica, (replica.head?.counter ?? 0) + 1)
        var clock = HybridClock(last: try rows.clock())
        let hlc = clock.tick(wall: now)
        var admitted = try seal(
            changes, header: header(contexts, id: id, author: author, hlc: hlc), dot: dot,
            previous: replica.head?.hash ?? .zero, role: role)
        // A review's context is the hub's own state.
        if role != .hub { try check(&admitted, author: author, role: role) }

        replica.head = ChainHead(counter: dot.counter, hash: admitted.hash)
        replica.stated = dot.counter
        replica.hasSpoken = true
        replica.lastSeen = now
        try rows.save(replica)
        try rows.setClock(clock.last)
        return (dot, try append(admitted))
    }

    private func header(
        _ contexts: [EntityID: VersionVector], id: ChangeID, author: Identifier, hlc: HLC
    ) -> ChangesetHeader {
        // The hub knows no monotonic clock: its commit order needs none.
        ChangesetHeader(
            changeID: id, author: author,
            time: DeviceTime(
                wallMilliseconds: now, monotonicMilliseconds: 0, boot: BootID(high: 0, low: 0)),
            hlc: hlc,
            checkpoint: Checkpoint(
                history: hub.history, depot: hub.depot, sequence: end.sequence, tag: end.tag),
            contexts: contexts.filter { !$0.value.isEmpty })
    }

    private func seal(
        _ changes: [EncodedChange], header: ChangesetHeader, dot: Dot, previous: Hash256,
        role: Role
    ) throws -> Admitted {
        do {
            return try Admitted(
                Changeset(
                    laying: changes, header: header, dot: dot, previous: previous),
                role: role, receivedAt: now)
        } catch {
            throw HubRefusal(
                status: 422, code: "out_of_bounds", message: "The edit cannot be kept: \(error).")
        }
    }

    private mutating func check(
        _ admitted: inout Admitted, author: Identifier, role: Role
    ) throws {
        for change in admitted.changes where role.isOffice || role == .supervisor {
            if let refusal = try faultInDecision(change, by: role) { throw refusal }
        }
        guard try authorise(&admitted, as: Bearer(author, role)) else {
            throw HubRefusal(
                status: 403, code: "not_allowed", message: "The \(role.name) may not write this.")
        }
        guard try !namesUnknownDot(admitted.contexts, writtenBy: admitted.dot) else {
            throw HubRefusal(
                status: 409, code: "unknown_context",
                message: "The edit names changes that this hub does not have: load the plan again.")
        }
        if let other = try mergesInCircle(admitted.changes) {
            throw HubRefusal.mergesInCircle(try load(other).state.code?.text ?? other.hex)
        }
        guard try !overflowsSiblings(admitted.changes) else {
            throw HubRefusal(
                status: 409, code: "siblings_full",
                message: "The field has \(Bounds.siblings) concurrent values: settle them first.")
        }
    }
}

extension Admitted {
    /// Decodes the changes, each stamped but for the relation.
    /// - Throws: ``WireError`` where one cannot be read.
    init(_ changeset: Changeset, role: Role, receivedAt: Int64) throws {
        let header = changeset.header
        let stamp = Stamp(
            author: header.author, role: role, relation: role == .hub ? .inScope : .never,
            hlc: header.hlc, writtenAt: header.time.wallMilliseconds, receivedAt: receivedAt)
        let parts = try changeset.parts(stamp: stamp)
        self.init(
            dot: changeset.dot, hash: changeset.hash, change: header.changeID,
            author: header.author, role: role, contexts: header.contexts,
            checkpoint: header.checkpoint, predecessor: header.predecessor, bytes: changeset.bytes,
            changes: zip(parts, changeset.changes).map {
                AdmittedChange(
                    entity: $0.entity, encoded: $1, recorded: $0.recorded,
                    outer: $0.recorded.stamp == stamp ? nil : stamp)
            })
    }
}
