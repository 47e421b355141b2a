internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// What a person decides over a changeset in quarantine (L20).
extension LogWriter {
    /// Lets a quarantined changeset's content in, as changesets of the hub: facts keep their names
    /// and authors; plan writes are a new edit of the person who releases, with what that person
    /// saw. Never a replay: its dot stays without content.
    /// - Parameters:
    ///   - contexts: what the person saw; an entity that is not in it counts as seen now.
    ///   - ids: the change ids of the release, drawn by the client.
    /// - Returns: the changes written.
    mutating func release(
        _ dot: Dot, by person: Credential, contexts: [EntityID: VersionVector],
        ids: (UInt32) -> ChangeID
    ) throws -> [ChangeID] {
        let (changeset, known) = try held(dot)
        let header = changeset.header
        var facts: [(entity: EntityID, change: EncodedChange)] = []
        var plans: [Change] = []
        for (index, encoded) in changeset.changes.enumerated() {
            let change = try ChangeCodec.decode(encoded)
            switch change.body {
            case .plan: plans.append(change)
            case .fact(let fact):
                let ref = FactRef(change: header.changeID, index: index)
                guard fact.isDoorstep, change.entity.kind.isShortLived,
                    try load(change.entity).state.facts[ref] == nil
                else { continue }
                let release = Release(
                    ref, author: header.author, writtenAt: header.time.wallMilliseconds,
                    core: encoded.core, origin: Release.Origin(dot, header.hlc))
                var wrapped = ChangeCodec.encode(
                    Change(change.entity, .fact(.released(release))), salt: hub.random.salt)
                (wrapped.personal, wrapped.personalHash) = (encoded.personal, encoded.personalHash)
                facts.append((change.entity, wrapped))
            }
        }
        guard !facts.isEmpty || !plans.isEmpty else {
            throw HubRefusal.unreleasable("nothing in it is not there already")
        }

        var written: [ChangeID] = []
        func nextID() -> ChangeID {
            defer { written.append(ids(UInt32(written.count))) }
            return ids(UInt32(written.count))
        }
        try asOne { writer in
            for part in Self.parts(of: facts) {
                var seen: [EntityID: VersionVector] = [:]
                for fact in part { seen[fact.entity] = known[fact.entity] }
                _ = try writer.write(
                    encoded: part.map(\.change), contexts: seen, id: nextID(),
                    author: writer.hub.depot, role: .hub)
            }
        }
        if !plans.isEmpty {
            var seen = contexts
            for plan in plans where seen[plan.entity] == nil {
                seen[plan.entity] = try load(plan.entity).state.vector
            }
            _ = try write(
                plans, contexts: seen, id: nextID(), author: person.person, role: person.role)
        }
        try rows.decide(
            dot, ChangesetRow.Decision(releasedAs: ids(0), by: person.person, at: now))
        return written
    }

    /// Leaves it where it is, for good.
    mutating func reject(_ dot: Dot, by person: Identifier) throws {
        _ = try undecided(dot)
        try rows.decide(dot, ChangesetRow.Decision(releasedAs: nil, by: person, at: now))
    }

    private func undecided(_ dot: Dot) throws -> ChangesetRow {
        guard let row = try rows.changeset(dot), case .quarantined = row.result else {
            throw HubRefusal.unknownQuarantine
        }
        guard row.decision == nil else { throw HubRefusal.decidedAlready }
        return row
    }

    /// With what its writer had seen. Where it claims to have seen what nobody can have, that counts
    /// only as far as it is there.
    private mutating func held(
        _ dot: Dot
    ) throws -> (Changeset, seen: [EntityID: VersionVector]) {
        let row = try undecided(dot)
        do {
            let changeset = try Changeset(reading: row.bytes)
            for change in changeset.changes { _ = try ChangeCodec.decode(change) }
            var seen = changeset.header.contexts
            guard row.result == .quarantined(QuarantineReason.unknownContext.rawValue) else {
                return (changeset, seen)
            }
            for (entity, context) in seen {
                let vector = try load(entity).state.vector
                var credible = VersionVector()
                for entry in context.entries {
                    credible.raise(
                        entry.replica, to: min(entry.counter, vector[entry.replica]))
                }
                seen[entity] = credible
            }
            return (changeset, seen)
        } catch {
            throw HubRefusal.unreleasable("\(error)")
        }
    }

    /// A release is a little longer than what it lets in: half a changeset's bounds each.
    private static func parts(
        of facts: [(entity: EntityID, change: EncodedChange)]
    ) -> [[(entity: EntityID, change: EncodedChange)]] {
        var parts: [[(entity: EntityID, change: EncodedChange)]] = []
        var bytes = 0
        for fact in facts {
            let size = fact.change.core.count + (fact.change.personal?.count ?? 0)
            let isFull =
                bytes + size > Bounds.changesetBytes / 2
                || parts.last.map { $0.count >= Bounds.changesPerChangeset / 2 } ?? true
            if isFull {
                parts.append([])
                bytes = 0
            }
            parts[parts.count - 1].append(fact)
            bytes += size
        }
        return parts
    }
}

extension Release.Origin {
    fileprivate init(_ dot: Dot, _ clock: HLC) {
        self.init(
            replica: dot.replica.bytes, counter: dot.counter, milliseconds: clock.milliseconds,
            logical: clock.logical)
    }
}
