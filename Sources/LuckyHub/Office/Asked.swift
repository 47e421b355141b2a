internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// What a request asks for, as far as it says so itself: without what the plan of the moment adds.
/// The same id again is the same request only where this is what the hub has under it (L1).
struct Asked {
    /// A value that the request names.
    struct Field {
        var entity: EntityID
        var field: PlanField
        /// The request writes it even where the plan shows it.
        var isAlwaysWritten = false
        var isSame: (PlanValue) -> Bool
    }

    /// What the facts are about.
    var entity: EntityID
    var fields: [Field] = []
    /// Whether the request may write a field that it does not name, with this value.
    var along: (EntityID, PlanField, PlanValue) -> Bool = { _, _, _ in false }
    /// Whether it records these facts.
    var facts: ([WrittenChange]) -> Bool = { $0.isEmpty }

    /// Fields of one entity, with these values.
    static func fields(_ entity: EntityID, _ fields: [PlanWrite.Field]) -> [Field] {
        fields.map { wanted in
            Field(entity: entity, field: wanted.field) { $0.isSame(as: wanted.value) }
        }
    }

    /// These facts and no others; where words are gone by a redaction, they are not compared.
    static func facts(_ asked: [Fact]) -> ([WrittenChange]) -> Bool {
        { written in
            Fact.are(
                written.compactMap(\.fact),
                redacted: Set(written.indices.filter { written[$0].lacksPersonal }),
                whatWasAsked: asked)
        }
    }
}

/// One change of a changeset that is in the log.
struct WrittenChange {
    var change: Change
    /// Its words were redacted since.
    var lacksPersonal: Bool

    var fact: Fact? {
        if case .fact(let fact) = change.body { fact } else { nil }
    }
}

extension HubReader {
    /// What the changesets of one request say, in order; empty where there is none.
    func written(_ ids: OfficeIDs) throws(HubRefusal) -> [WrittenChange] {
        try refusing {
            var (found, count): ([WrittenChange], UInt32) = ([], 0)
            while let dot = try rows.dot(of: ids[count]), let row = try rows.changeset(dot) {
                for encoded in try Envelope(reading: row.bytes).changes {
                    found.append(
                        WrittenChange(
                            change: try ChangeCodec.decode(encoded),
                            lacksPersonal: encoded.lacksPersonal))
                }
                count += 1
            }
            return found
        }
    }

    /// Whether the changesets of `ids` are what is asked for now. A value that they lack was shown
    /// already when they were written: it is shown still, or somebody wrote there since.
    func has(_ asked: Asked, under ids: OfficeIDs) throws(HubRefusal) -> Bool {
        var facts: [WrittenChange] = []
        var written: Set<Place> = []
        for one in try self.written(ids) {
            let entity = one.change.entity
            switch one.change.body {
            case .fact:
                guard entity == asked.entity else { return false }
                facts.append(one)
            case .plan(let field, let value):
                written.insert(Place(entity: entity, field: field))
                let named = asked.fields.first { $0.entity == entity && $0.field == field }
                let isSame =
                    named.map { one.lacksPersonal || $0.isSame(value) }
                    ?? asked.along(entity, field, value)
                guard isSame else { return false }
            }
        }
        guard asked.facts(facts) else { return false }
        let sequence = try changeInfo(ids[0])?.sequence ?? 0
        for wanted in asked.fields
        where !written.contains(Place(entity: wanted.entity, field: wanted.field)) {
            guard !wanted.isAlwaysWritten else { return false }
            let state = try self.state(wanted.entity)
            if wanted.isSame(state?.shown(wanted.field) ?? .none) { continue }
            // What was purged or redacted since cannot be told.
            guard let state else { continue }
            if let ref = state.shownWrite(wanted.field)?.ref, state.isRedacted(ref) { continue }
            let siblings = state.fields[wanted.field]?.siblings ?? []
            let isNewer = try refusing {
                try siblings.contains { (try rows.changeset($0.dot)?.sequence ?? 0) > sequence }
            }
            guard isNewer else { return false }
        }
        return true
    }

    private struct Place: Hashable {
        var entity: EntityID
        var field: PlanField
    }
}
