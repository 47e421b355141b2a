internal import LuckyCausality
internal import LuckyModel

extension Office {
    /// Finds what an edit is about, and writes it, unless the hub has the request's changes
    /// already: what was accepted once is not judged again.
    /// - Parameters:
    ///   - find: what the edit needs: the stop or route that the request names.
    ///   - done: what the reply is about where the hub has this edit; default: what `find` finds.
    ///   - asked: what the request says, to be compared with what the hub has under its id.
    ///   - edit: what to write, from the same snapshot.
    func perform(
        _ id: String, find: (OfficeFinder) throws -> EntityState,
        done: ((OfficeFinder) throws -> EntityState)? = nil,
        asked: (EntityState, OfficeFinder) throws -> Asked,
        edit: (EntityState, OfficeFinder) throws -> PlanEdit
    ) throws(HubRefusal) -> PlanEditReply {
        let ids = try OfficeIDs(id)
        let known = try read { reader, finder -> PlanEditReply? in
            guard let info = try reader.changeInfo(ids[0]) else { return nil }
            guard info.author == credential.person else { throw HubRefusal.changeIDTaken }
            let state = try done?(finder) ?? find(finder)
            guard try reader.has(try asked(state, finder), under: ids) else {
                throw HubRefusal.idOfAnotherChange
            }
            return try repeated(ids, of: state, reader)
        }
        if let known { return known }
        let wanted = try read { _, finder in
            var wanted = try edit(try find(finder), finder)
            wanted.notices += try finder.notices(of: wanted)
            return wanted
        }
        return try write(wanted, ids)
    }

    private func repeated(
        _ ids: OfficeIDs, of state: EntityState, _ reader: HubReader
    ) throws(HubRefusal) -> PlanEditReply {
        var reply = PlanEditReply(
            entity: state.id.hex, code: state.codeText, changes: [], fields: [], sequence: nil,
            isRepeat: true, concurrent: [])
        while let info = try reader.changeInfo(ids[UInt32(clamping: reply.changes.count)]) {
            reply.changes.append(ids[UInt32(clamping: reply.changes.count)].hex)
            reply.sequence = info.sequence
        }
        return reply
    }

    /// In one transaction: the first of its changesets is there, or none is.
    private func write(_ edit: PlanEdit, _ ids: OfficeIDs) throws(HubRefusal) -> PlanEditReply {
        let changesets = edit.changesets.enumerated().map { index, writes in
            OfficeChangeset(
                writes.flatMap(\.changes), contexts: writes.contexts,
                id: ids[UInt32(clamping: index)])
        }
        let writes = edit.changesets.flatMap(\.self)
        let facts = writes.flatMap(\.facts).map(\.kind.word)
        return try hub.write(
            changesets, by: credential, now: now, isTrial: isTrial
        ) { results, reader in
            PlanEditReply(
                entity: edit.target.hex, code: edit.code, changes: results.map(\.change.hex),
                fields: Set(writes.flatMap(\.fields).map(\.field)).sorted().map(\.name),
                facts: facts.isEmpty ? nil : facts, sequence: results.last?.sequence,
                isRepeat: results.contains { $0.isRepeat },
                concurrent: try concurrent(writes, reader),
                notices: edit.notices.isEmpty ? nil : edit.notices, day: edit.day)
        }
    }

    /// Of the fields written, those with several values now.
    private func concurrent(
        _ writes: [PlanWrite], _ reader: HubReader
    ) throws(HubRefusal) -> [String] {
        var found: Set<PlanField> = []
        for write in writes {
            guard let state = try reader.state(write.entity) else { continue }
            for field in write.fields.map(\.field)
            where (state.fields[field]?.siblings.count ?? 0) > 1 {
                found.insert(field)
            }
        }
        return found.sorted().map(\.name)
    }
}

extension [PlanWrite] {
    var contexts: [EntityID: VersionVector] {
        Dictionary(map { ($0.entity, $0.context) }, uniquingKeysWith: { $0.merging($1) })
    }
}
