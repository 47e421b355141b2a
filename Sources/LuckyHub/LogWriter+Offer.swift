internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// What a device held when the hub's history began anew (L26).
extension LogWriter {
    /// Joins the facts of an offered entity that the hub lacks, by name, without moving its vector;
    /// lists the plan values that only the offer has. What cannot be so is left out, with an alarm.
    mutating func join(
        _ part: EntityPart, offeredBy replica: ReplicaID, of person: Identifier
    ) throws {
        let known = try load(part.entity).state
        guard (try? part.state()) != nil else {
            // What was redacted meanwhile does not come back in what cannot be read.
            let whole = part.rowBytes()
            let bytes = try EntityPart.redacting(whole, known.provenRedacted.contains) ?? whole
            return try rows.insert(
                OfferedRow(
                    entity: part.entity, content: .unread(bytes), replica: replica,
                    person: person, offeredAt: now))
        }
        try list(part, beyond: known, offeredBy: replica, of: person)

        let bare = try rows.factsWithoutWords(of: part.entity)
        let redacted = known.provenRedacted
        var facts: [PageChange] = []
        for change in part.facts {
            if let mine = known.facts[change.ref] {
                guard bare.contains(change.ref), !change.encoded.lacksPersonal,
                    change.encoded.hash == mine.hash
                else { continue }
            }
            guard try isCredible(change, on: part.entity) else {
                try rows.raise(.offerRefused, by: replica, at: now)
                continue
            }
            var witnessed = change
            // What was redacted meanwhile, or repeats its words, joins without them.
            let isRedacted = try redacted.contains(change.ref)
                || change.recorded().repeats(anyOf: redacted)
            if isRedacted { witnessed.encoded = change.encoded.redacted }
            witnessed.witnessedBy = replica
            witnessed.stamp.receivedAt = change.stamp.receivedAt ?? now
            facts.append(witnessed)
        }
        if !facts.isEmpty { try add(facts, to: part.entity, offeredBy: replica, of: person) }
    }

    private mutating func add(
        _ facts: [PageChange], to id: EntityID, offeredBy replica: ReplicaID,
        of person: Identifier
    ) throws {
        try searchAgain([id])
        let sequence = try enter(.offer(replica), of: id, by: person)
        var entity = try load(id)
        for fact in facts {
            entity.state.put(try fact.recorded())
        }
        let first = facts.filter { $0.stamp.role == .driver }.min {
            ($0.stamp.receivedAt ?? .max, $0.ref) < ($1.stamp.receivedAt ?? .max, $1.ref)
        }
        try settle(&entity, bornBy: first?.stamp.author, at: sequence)
        for fact in facts {
            try rows.remove(fact.ref, field: nil, of: id)
            try rows.insert(RecordRow(field: nil, sequence: sequence, change: fact), of: id)
        }
        try openReviews(on: id, beside: [])
    }

    /// Whether a fact may have been in another history: well-formed, at its place, and not one that
    /// this hub knows better.
    private func isCredible(_ change: PageChange, on entity: EntityID) throws -> Bool {
        let encoded = change.encoded
        guard encoded.core.count + (encoded.personal?.count ?? 0) <= Bounds.changesetBytes,
            change.dot.replica != hub.replica
        else { return false }
        let decoded = try ChangeCodec.decode(encoded)
        guard decoded.entity == entity, case .fact = decoded.body,
            ChangeKind(decoded) != .misplaced
        else { return false }
        // A changeset that is here says all that bears its name.
        return try rows.dot(of: change.ref.change) == nil
            && !rows.isQuarantined(change.ref.change)
    }

    /// Whether nothing here is after an offered write: its dot is not covered; or it is only in
    /// name, since a hub that was put back used it again.
    private func isUnknown(
        _ sibling: PageChange, to knowledge: VersionVector
    ) throws -> Bool {
        guard knowledge.covers(sibling.dot) else { return true }
        guard let known = try rows.changeset(sibling.dot)?.change else { return false }
        return known != sibling.ref.change
    }

    private func list(
        _ part: EntityPart, beyond known: EntityState, offeredBy replica: ReplicaID,
        of person: Identifier
    ) throws {
        for field in part.fields {
            let mine = known.fields[field.field] ?? FieldState()
            let knowledge = known.vector.merging(mine.cover)
            // A value whose words were erased where it comes from is none (L23).
            for sibling in field.siblings
            where try isUnknown(sibling, to: knowledge) && !sibling.encoded.lacksPersonal {
                let decoded = try ChangeCodec.decode(sibling.encoded)
                guard decoded.entity == part.entity, case .plan(field.field, _) = decoded.body,
                    sibling.dot.replica != hub.replica,
                    try rows.dot(of: sibling.ref.change) == nil,
                    try !rows.isQuarantined(sibling.ref.change)
                else {
                    try rows.raise(.offerRefused, by: replica, at: now)
                    continue
                }
                try rows.insert(
                    OfferedRow(
                        entity: part.entity, content: .sibling(field.field, sibling),
                        replica: replica, person: person, offeredAt: now))
            }
        }
    }
}

extension HubRows {
    /// Facts of an entity that were offered by devices from which it had gone, so that only the
    /// hashes of their words are here (L23): another device may still have the words.
    func factsWithoutWords(of id: EntityID) throws -> Set<FactRef> {
        let bare = try records(of: id, after: 0).map(\.change).filter {
            $0.witnessedBy != nil && $0.encoded.lacksPersonal
        }
        guard !bare.isEmpty, let state = try state(id) else { return [] }
        let redacted = state.redacted
        return Set(bare.map(\.ref).filter { !state.isRedacted($0, among: redacted) })
    }
}

// What a person decides over offered plan values.
extension LogWriter {
    /// Writes an offered value as an edit of the person, who has seen what the hub has and the
    /// offered write itself.
    mutating func takeOver(
        _ offer: OfferedRow, by person: Credential, id: ChangeID
    ) throws -> UInt64 {
        guard case .sibling(_, let offered) = offer.content else { throw HubRefusal.unknownOffer }
        var context = try load(offer.entity).state.vector
        context.add(offered.dot)
        let change = try ChangeCodec.decode(offered.encoded)
        let (_, sequence) = try write(
            [change], contexts: [offer.entity: context], id: id, author: person.person,
            role: person.role)
        try rows.decide(offer, isTaken: true, by: person.person, at: now)
        return sequence
    }
}
