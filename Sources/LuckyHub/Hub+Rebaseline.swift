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
            return Snapshot(head: head, standing: try standing(rows))
        }
    }

    /// The offer step: what the hub has otherwise, or not at all.
    func answerToOffer(
        _ request: SyncRequest, after push: inout PushResult
    ) throws -> Snapshot {
        try observe { rows in
            let row = try rows.replica(request.replica)
            guard row?.following == .takingUp else {
                return Snapshot(
                    head: row?.head, wanted: Wanted(entities: [], isDone: true),
                    standing: try standing(rows))
            }
            var entities: Set<EntityID> = []
            for offered in request.offeredDigests {
                // Digests do not tell whether the words behind a hash are there.
                let isHeld =
                    try rows.entity(offered.entity)?.digest == offered.digest
                    && rows.factsWithoutWords(of: offered.entity).isEmpty
                if !isHeld { entities.insert(offered.entity) }
            }
            return Snapshot(
                head: row?.head, wanted: Wanted(entities: entities.sorted(), isDone: false),
                standing: try standing(rows))
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

// Whose a replica is.
extension Hub {
    /// Whom a request's replica belongs to: who it belongs to since its first contact, else who its
    /// install belongs to, else the author of what it brings, else, where the bearer may carry for
    /// others, whom the request names, else whoever brings it. A supervisor who brings nothing of
    /// anybody's carries a phone, and its pages are not the supervisor's unless it says so.
    /// - Throws: 401 `deactivated`, 403 `foreign_replica`, 403 `owner_unknown`: nothing is stored.
    func owner(
        of request: SyncRequest, _ envelopes: [Envelope], as credential: Credential,
        in rows: any HubRows
    ) throws -> Identifier {
        guard try !rows.isDeactivated(credential.person) else { throw HubRefusal.deactivated }
        let bearer = Bearer(credential)
        let row = try rows.replica(request.replica)
        let known = try row?.person ?? rows.person(ofInstall: request.replica.install)
        let author =
            known == nil && !bearer.carriesFor.isEmpty
            ? envelopes.lazy.compactMap { try? Changeset($0).header.author }.first : nil
        let owner = known ?? author ?? (bearer.carriesFor.isEmpty ? nil : request.driver)
        guard request.replica != replica, row?.depot ?? depot == credential.depot,
            owner.map(bearer.mayCarry) ?? true
        else {
            throw HubRefusal(
                status: 403, code: "foreign_replica",
                message: "The replica \(request.replica) is not \(credential.person)'s.")
        }
        if let owner { return owner }
        guard bearer.carriesFor.isEmpty else {
            throw HubRefusal(
                status: 403, code: "owner_unknown",
                message: "Nothing says yet whose the replica \(request.replica) is: "
                    + "let its driver sync once.")
        }
        return credential.person
    }
}

extension ReplicaRow {
    /// What a replica's row is after a request.
    /// - Parameters:
    ///   - row: what it was; nil at its first contact of all.
    ///   - owner: whose it is.
    init(
        _ row: ReplicaRow?, stating request: SyncRequest, of owner: Identifier,
        as credential: Credential, depot: Identifier, now: Int64
    ) {
        let old = row?.following ?? .notYet
        let following: Following =
            request.phase == .ordinary ? .follows : old == .notYet ? .takingUp : old
        self.init(
            id: request.replica, person: owner, depot: depot,
            role: owner == credential.person ? credential.role : .driver, head: row?.head,
            stated: max(row?.stated ?? 0, row?.head?.counter ?? 0, request.head?.counter ?? 0),
            // A copy that has a new name may send what it wrote under the old one, which goes on
            // elsewhere: how far, only says who follows under it.
            hasSpoken: row?.hasSpoken == true || request.phase == .ordinary,
            following: following,
            tookUp: row?.tookUp ?? false || following == .takingUp, lastSeen: now)
    }

    /// Whether both say the same, but for when.
    func says(as other: ReplicaRow) -> Bool {
        var other = other
        other.lastSeen = lastSeen
        return self == other
    }
}
