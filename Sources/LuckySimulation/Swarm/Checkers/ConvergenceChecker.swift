internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

/// The hub, and every phone for what it may see, hold the same: by digest, and entity by entity.
struct ConvergenceChecker: SwarmChecker {
    static let name = "diverged"

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        guard let hub = run.hub.hub else { return [] }
        var found: [Phrase] = []
        for device in run.living {
            guard let store = device.store else { continue }
            let (scope, digest) = try hub.read {
                (try $0.scope(of: device.driver), try $0.scopeDigest(of: device.driver).digest)
            }
            if try store.scopeDigest().digest != digest {
                found.append(.differDigest.with(["name": device.name]))
            }
            for entity in scope {
                let theirs = try hub.read { try $0.state(entity) }.map(Self.canonical)
                found += try compare(store, entity, theirs, run).map {
                    .differEntity.with([
                        "name": Phrase(verbatim: device.name),
                        "entity": Phrase(verbatim: "\(entity)"), "what": $0,
                    ])
                }
            }
        }
        return found
    }

    /// What pages said, and what is shown, which is the same once nothing is pending. What the hub's
    /// history has not told whole is shown beside what it told (L26): of that, what pages said.
    private func compare(
        _ store: ReplicaStore, _ entity: EntityID, _ theirs: EntityState?, _ run: SwarmRun
    ) throws -> [Phrase] {
        let base = (try store.held(entity)?.base.state()).map(Self.canonical)
        if base != theirs { return [Self.difference(base, theirs)] }
        let shown = try store.state(of: entity).map(Self.canonical)
        let isBeside =
            entity.kind == .stop
            ? try store.stop(entity)?.isUnconfirmed == true : run.hubWentBack
        guard isBeside else { return shown == theirs ? [] : [Self.difference(shown, theirs)] }
        guard let theirs else { return [] }
        return Self.lacks(shown, of: theirs, run).map { [.differShownWithout.with(["what": $0])] }
            ?? []
    }

    /// What somebody shows who remembers more: all that the hub told, and beside it only fields that
    /// the hub has nothing of, and taps that were tapped.
    private static func lacks(
        _ shown: EntityState?, of told: EntityState, _ run: SwarmRun
    ) -> Phrase? {
        guard let shown else { return .differAll }
        for (field, state) in told.fields.sorted(by: { $0.key < $1.key })
        where !state.siblings.isEmpty && shown.fields[field]?.siblings != state.siblings {
            return .differFieldTold.with(["field": "\(field.rawValue)"])
        }
        for (ref, fact) in told.facts.sorted(by: { $0.key < $1.key }) where shown.facts[ref] != fact
        {
            return .differFactTold.with(["fact": ref.change.hex])
        }
        let own = shown.facts.keys.sorted().first {
            told.facts[$0] == nil && run.ledger[$0.change] == nil
        }
        return own.map { .differNobodyDid.with(["fact": $0.change.hex]) }
    }

    /// A field that nothing is left of says as much as one that is absent, also to the digest.
    private static func canonical(_ state: EntityState) -> EntityState {
        var state = state
        state.fields = state.fields.filter {
            !$0.value.siblings.isEmpty || !$0.value.cover.isEmpty
        }
        return state
    }

    /// The first thing in which two states differ.
    private static func difference(_ mine: EntityState?, _ theirs: EntityState?) -> Phrase {
        guard let mine, let theirs else { return mine == nil ? .differMissing : .differOnlyHere }
        if mine.vector != theirs.vector { return .differVector }
        for field in Set(mine.fields.keys).union(theirs.fields.keys).sorted() {
            let (a, b) = (mine.fields[field], theirs.fields[field])
            if a == b { continue }
            if a?.cover != b?.cover { return .differCover.with(["field": "\(field.rawValue)"]) }
            for (x, y) in zip(a?.siblings ?? [], b?.siblings ?? []) where x != y {
                return .differField.with([
                    "field": Phrase(verbatim: "\(field.rawValue)"), "what": difference(x, y),
                ])
            }
            return .differSiblings.with(["field": "\(field.rawValue)"])
        }
        for ref in Set(mine.facts.keys).union(theirs.facts.keys).sorted() {
            guard let a = mine.facts[ref], let b = theirs.facts[ref] else {
                return .differFactAbsent.with(["fact": ref.change.hex])
            }
            if a != b {
                return .differFact.with([
                    "fact": Phrase(verbatim: ref.change.hex), "what": difference(a, b),
                ])
            }
        }
        return .differElse
    }

    private static func difference(_ mine: Recorded, _ theirs: Recorded) -> Phrase {
        if mine.dot != theirs.dot { return both(.differDot, mine.dot, theirs.dot) }
        if mine.stamp != theirs.stamp { return both(.differStamp, mine.stamp, theirs.stamp) }
        if mine.context != theirs.context {
            return both(.differContext, mine.context, theirs.context)
        }
        if mine.witnessedBy != theirs.witnessedBy { return .differWitness }
        return mine.body == theirs.body ? .differName : .differBody
    }

    private static func both<Value>(_ phrase: Phrase, _ mine: Value, _ theirs: Value) -> Phrase {
        phrase.with(["mine": "\(mine)", "theirs": "\(theirs)"])
    }
}
