internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// A change of an entity that the hub keeps, applied or not.
struct HeldChange {
    var ref: FactRef
    /// Its personal bytes are there.
    var isPersonal = false
    /// The facts that it corrects: it says their names once more.
    var corrects: Set<FactRef> = []

    /// Those with something personal that are meant, or correct one that is, or correct such a
    /// correction; sorted.
    static func repeating(_ meant: Set<FactRef>, in held: [HeldChange]) -> [FactRef] {
        var meant = meant
        while true {
            let more = held.filter {
                !meant.contains($0.ref) && !meant.isDisjoint(with: $0.corrects)
            }
            if more.isEmpty { break }
            meant.formUnion(more.map(\.ref))
        }
        return held.filter { $0.isPersonal && meant.contains($0.ref) }.map(\.ref).sorted()
    }
}

extension HubReader {
    /// What the hub keeps of an entity's changes, applied or not; sorted.
    /// - Parameter change: kept, perhaps, where the entity's own log does not lead.
    func changes(
        on entity: EntityID, named change: ChangeID?
    ) throws(HubRefusal) -> [HeldChange] {
        try refusing {
            var found: [FactRef: HeldChange] = [:]
            func note(_ ref: FactRef, _ encoded: EncodedChange, _ body: Change.Body?) {
                var held = found[ref] ?? HeldChange(ref: ref)
                held.isPersonal = held.isPersonal || encoded.personal != nil
                if case .fact(.corrected(let correction)) = body {
                    held.corrects.formUnion([correction.original] + correction.seen)
                }
                found[ref] = held
            }
            for record in try rows.records(of: entity, after: 0) {
                let change = record.change
                note(change.ref, change.encoded, try? ChangeCodec.decode(change.encoded).body)
            }
            for offer in try rows.offers(on: entity) {
                if case .sibling(_, let change) = offer.content {
                    note(change.ref, change.encoded, nil)
                }
            }
            var kept = try change.map { try rows.changesets(of: $0) } ?? []
            kept += try rows.quarantined()
            for sequence in try rows.touches(of: entity, after: 0) {
                guard let dot = try rows.log(sequence: sequence)?.dot else { continue }
                if let row = try rows.changeset(dot) { kept.append(row) }
            }
            for row in kept {
                guard let name = row.change, let envelope = try? Envelope(reading: row.bytes)
                else { continue }
                for (index, encoded) in envelope.changes.enumerated() {
                    guard let decoded = try? ChangeCodec.decode(encoded), decoded.entity == entity
                    else { continue }
                    // A release goes by the name of what it lets in: the record has that.
                    if case .fact(.released) = decoded.body { continue }
                    note(FactRef(change: name, index: index), encoded, decoded.body)
                }
            }
            return found.values.sorted { $0.ref < $1.ref }
        }
    }
}
