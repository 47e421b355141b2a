internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// A redaction drops one change's personal bytes, wherever the hub keeps them. Their hash stays, and
// with it every hash, chain, receipt and digest (L18).
extension LogWriter {
    /// Drops what the redactions among these changes name, in the transaction that accepts them.
    mutating func dropRedacted(by changes: [AdmittedChange]) throws {
        for change in changes {
            guard case .redacted(let redaction) = change.recorded.fact else { continue }
            try drop(redaction.target, on: change.entity)
        }
    }

    /// What comes after its redaction, or once more, is kept without its personal bytes, and so is a
    /// correction of it: an archive or an offer brings nothing back.
    mutating func redact(_ admitted: inout Admitted) throws {
        var dropped: Set<Int> = []
        for (index, change) in admitted.changes.enumerated() where change.encoded.personal != nil {
            let redacted = try load(change.entity).state.provenRedacted
            if redacted.contains(change.recorded.ref)
                || change.recorded.repeats(anyOf: redacted)
            {
                dropped.insert(index)
            }
        }
        guard !dropped.isEmpty else { return }
        let envelope = try Envelope(reading: admitted.bytes).redacting(dropped.contains)
        admitted.bytes = envelope.bytes
        for index in dropped {
            admitted.changes[index].encoded = admitted.changes[index].encoded.redacted
            admitted.changes[index].recorded.body =
                admitted.changes[index].recorded.body.withoutPersonal
        }
    }

    /// The same for one that is kept and not applied, as far as its changes can be read.
    mutating func redacting(_ envelope: Envelope) throws -> [UInt8] {
        guard let changeset = try? Changeset(envelope), let entities = try? changeset.entities()
        else { return envelope.bytes }
        var dropped: Set<Int> = []
        for (index, entity) in entities.enumerated() {
            let ref = FactRef(change: changeset.header.changeID, index: index)
            let redacted = try load(entity).state.provenRedacted
            var repeats: Bool {
                guard let change = try? ChangeCodec.decode(changeset.changes[index]),
                    case .fact(let fact) = change.body
                else { return false }
                return fact.repeats(anyOf: redacted)
            }
            if redacted.contains(ref) || (!redacted.isEmpty && repeats) { dropped.insert(index) }
        }
        return dropped.isEmpty ? envelope.bytes : envelope.redacting(dropped.contains).bytes
    }

    private mutating func drop(_ target: FactRef, on id: EntityID) throws {
        let isChanged = [
            try dropInRecords(target, on: id), try dropInChangesets(target, on: id),
            try dropInOffers(target, on: id),
        ].contains(true)
        guard isChanged else { return }
        forget(id)
        try rows.oweScrub()
        owesScrub = true
    }

    private func dropInRecords(_ target: FactRef, on id: EntityID) throws -> Bool {
        let held = try rows.records(of: id, after: 0).filter {
            $0.change.ref == target && $0.change.encoded.personal != nil
        }
        for record in held {
            var record = record
            record.change.encoded = record.change.encoded.redacted
            try rows.remove(target, field: record.field, of: id)
            try rows.insert(record, of: id)
        }
        return !held.isEmpty
    }

    /// Under its own name, whether it was applied or not, and in the hub's release of it.
    private func dropInChangesets(_ target: FactRef, on id: EntityID) throws -> Bool {
        var candidates: [Dot: ChangesetRow] = [:]
        for row in try rows.changesets(of: target.change) { candidates[row.dot] = row }
        for sequence in try rows.touches(of: id, after: 0) {
            guard let dot = try rows.log(sequence: sequence)?.dot, candidates[dot] == nil else {
                continue
            }
            candidates[dot] = try rows.changeset(dot)
        }
        var isChanged = false
        for (dot, row) in candidates.sorted(by: { $0.key < $1.key }) {
            guard let envelope = try? Envelope(reading: row.bytes) else { continue }
            let redacted = envelope.redacting { index in
                let change = try? ChangeCodec.decode(envelope.changes[index])
                if case .fact(.released(let release)) = change?.body {
                    return release.ref == target
                }
                return row.change == target.change && index == target.index
                    && change.map { $0.entity == id } ?? true
            }
            guard redacted != envelope else { continue }
            try rows.replaceBytes(of: dot, by: redacted.bytes)
            isChanged = true
        }
        return isChanged
    }

    private func dropInOffers(_ target: FactRef, on id: EntityID) throws -> Bool {
        var isChanged = false
        for offer in try rows.offers(on: id) {
            var redacted = offer
            switch offer.content {
            case .sibling(let field, var change):
                guard change.ref == target, change.encoded.personal != nil else { continue }
                change.encoded = change.encoded.redacted
                redacted.content = .sibling(field, change)
            case .unread(let bytes):
                guard let left = try? EntityPart.redacting(bytes, { $0 == target }) else {
                    continue
                }
                redacted.content = .unread(left)
            }
            try rows.replace(offer, by: redacted)
            isChanged = true
        }
        return isChanged
    }
}
