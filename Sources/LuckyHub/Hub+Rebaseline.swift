internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// A device takes up with this history (L26).
extension Hub {
    /// The push step: which changeset the hub wants next; no page.
    func whatIsMissing(
        of request: SyncRequest, after push: inout PushResult
    ) throws -> Snapshot {
        try observe { rows in
            let head = try rows.replica(request.replica)?.head
            if push.direction == .carryOn, let stated = request.head {
                let same = try rows.changeset(Dot(request.replica, stated.counter))
                if let same, same.hash != stated.hash {
                    push.direction = .sendFrom(stated.counter)
                } else if same == nil {
                    push.direction = .sendFrom((head?.counter ?? 0) + 1)
                }
            }
            return Snapshot(head: head)
        }
    }

    /// The offer step: what the hub has otherwise, or not at all.
    func answerToOffer(
        _ request: SyncRequest, after push: inout PushResult
    ) throws -> Snapshot {
        try observe { rows in
            let row = try rows.replica(request.replica)
            guard row?.following == .takingUp else {
                return Snapshot(head: row?.head, wanted: Wanted(entities: [], isDone: true))
            }
            var entities: Set<EntityID> = []
            for offered in request.offeredDigests
            where try rows.entity(offered.entity)?.digest != offered.digest {
                entities.insert(offered.entity)
            }
            return Snapshot(
                head: row?.head, wanted: Wanted(entities: entities.sorted(), isDone: false))
        }
    }

    /// Takes in what a request offers, where its replica may.
    func join(_ request: SyncRequest, in writer: inout LogWriter) throws {
        guard request.phase == .offer, !request.offeredEntities.isEmpty else { return }
        guard let row = try writer.rows.replica(request.replica), row.following == .takingUp
        else { return try writer.rows.raise(.offerClosed, by: request.replica, at: writer.now) }
        for part in request.offeredEntities {
            try writer.join(part, offeredBy: request.replica, of: row.person)
        }
    }
}

extension ReplicaRow {
    /// What a replica's row is after a request.
    /// - Parameter row: what it was; nil at its first contact of all.
    init(
        _ row: ReplicaRow?, stating request: SyncRequest, _ envelopes: [Envelope],
        as credential: Credential, depot: Identifier, now: Int64
    ) {
        let bearer = Bearer(credential, following: .follows)
        let author =
            bearer.carriesFor.isEmpty
            ? nil : envelopes.lazy.compactMap { try? Changeset($0).header.author }.first
        let owner =
            row?.person ?? author.flatMap { bearer.mayCarry(for: $0) ? $0 : nil }
            ?? credential.person
        let old = row?.following ?? .notYet
        self.init(
            id: request.replica, person: owner, depot: depot,
            role: owner == credential.person ? credential.role : .driver, head: row?.head,
            stated: max(row?.stated ?? 0, row?.head?.counter ?? 0, request.head?.counter ?? 0),
            hasSpoken: true,
            following: request.phase == .ordinary ? .follows : old == .notYet ? .takingUp : old,
            lastSeen: now)
    }

    /// Whether both say the same, but for when.
    func says(as other: ReplicaRow) -> Bool {
        var other = other
        other.lastSeen = lastSeen
        return self == other
    }
}
