internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// The plan value that stood before both sides, so that it stays readable when it is
    /// overwritten (L4); nil where the contradiction is about no field, or nobody had written it.
    func base(of finding: ReviewFinding, in state: EntityState) throws -> ReviewOpened.Base? {
        let sides = finding.sides.compactMap(state.change)
        guard sides.count == finding.sides.count else { return nil }
        return try finding.field(in: sides).flatMap { try base($0, before: sides, on: state.id) }
    }

    /// The write of a field that was shown to those who had seen exactly what both sides had: found
    /// by playing the entity's plan again as far as both contexts go.
    private func base(
        _ field: PlanField, before sides: [Recorded], on id: EntityID
    ) throws -> ReviewOpened.Base? {
        var past = EntityState(id: id)
        var cores: [FactRef: [UInt8]] = [:]
        for sequence in try rows.touches(of: id, after: 0) {
            guard let dot = try rows.log(sequence: sequence)?.dot,
                sides.allSatisfy({ $0.context.covers(dot) }),
                let row = try rows.changeset(dot)
            else { continue }
            let changeset = try Changeset(reading: row.bytes)
            let stamp = Stamp(
                author: changeset.header.author, role: try rows.replica(dot.replica)?.role ?? .hub,
                relation: .never, hlc: changeset.header.hlc,
                writtenAt: changeset.header.time.wallMilliseconds, receivedAt: row.receivedAt)
            let entities = try changeset.entities()
            let written = zip(
                zip(entities, try changeset.recorded(stamp: stamp)), changeset.changes
            ).filter { $0.0.0 == id && $0.0.1.plan?.field == field }
            for ((_, recorded), encoded) in written { cores[recorded.ref] = encoded.core }
            past.apply(
                written.map(\.0.1), dot: dot,
                context: changeset.header.contexts[id] ?? VersionVector())
        }
        guard let shown = past.fields[field]?.shown(owner: RuleTable.standard[field].owner),
            let core = cores[shown.ref],
            core.count <= Bounds.changesetBytes / 4
        else { return nil }
        return ReviewOpened.Base(shown.ref, core: core)
    }
}

extension ReviewFinding {
    /// The plan field that the contradiction is about: the one a side wrote, else the one that the
    /// rule measures facts by.
    fileprivate func field(in sides: [Recorded]) -> PlanField? {
        if let written = sides.lazy.compactMap({ $0.plan?.field }).first { return written }
        switch kind {
        case .deliveredTwice, .paidOtherwise: return .items
        case .priceChanged, .cashTwice, .cashDiffers: return .price
        case .addressSuggested: return .address
        case .meterBelow, .meterTwice: return .lastReading
        case .moreEmptiesThanHeld: return .holds
        case .creditBlocked: return .creditHold
        default: return nil
        }
    }
}
