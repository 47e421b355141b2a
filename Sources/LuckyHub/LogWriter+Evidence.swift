internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension LogWriter {
    /// A change with its `core` bytes.
    typealias Told = (recorded: Recorded, core: [UInt8])

    /// What each side says, as written, so that the review stays readable when a value was
    /// overwritten (L4): in the order of the sides, those that are there.
    mutating func sides(of finding: ReviewFinding) throws -> [Told] {
        var told: [FactRef: Told] = [:]
        for id in [finding.entity] + finding.others {
            for (ref, change) in try self.told(of: finding.sides, on: id) { told[ref] = change }
        }
        return finding.sides.compactMap { told[$0] }
    }

    private mutating func told(
        of refs: [FactRef], on id: EntityID
    ) throws -> [FactRef: Told] {
        var told: [FactRef: Told] = [:]
        let state = try load(id).state
        for row in try rows.records(of: id, after: 0) where refs.contains(row.change.ref) {
            guard let recorded = state.change(row.change.ref) else { continue }
            told[row.change.ref] = (recorded, row.change.encoded.core)
        }
        // A side that was written over was read when it was found to be one.
        for (ref, recorded) in try load(id).written where refs.contains(ref) && told[ref] == nil {
            guard let field = recorded.plan?.field else { continue }
            let row = OverwrittenRow(
                field: field, ref: ref, dot: recorded.dot, role: recorded.stamp.role)
            guard let written = try rows.written(row, on: id) else { continue }
            told[ref] = (recorded, written.encoded.core)
        }
        return told
    }

    /// The plan value that stood before both sides, so that it stays readable when it is
    /// overwritten (L4): the write of the field that was shown to those who had seen exactly what
    /// both sides had. Nil where the contradiction is about no field, or nobody had written it.
    mutating func base(
        of finding: ReviewFinding, before sides: [Recorded]
    ) throws -> ReviewOpened.Base? {
        guard let field = finding.field(in: sides) else { return nil }
        let id = finding.entity
        // What all of them had seen written over stood before none of them.
        let writes =
            try (load(id).state.fields[field]?.siblings ?? [])
            + past(of: id, before: sides).filter { $0.plan?.field == field }
        let seen = writes.filter { write in
            sides.allSatisfy { $0.context.covers(write.dot) }
        }
        let standing = seen.filter { write in
            !seen.contains { $0.context.covers(write.dot) }
        }
        guard
            let shown = FieldState(siblings: standing).shown(
                owner: hub.rules[field].owner),
            let core = try told(of: [shown.ref], on: id)[shown.ref]?.core,
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
