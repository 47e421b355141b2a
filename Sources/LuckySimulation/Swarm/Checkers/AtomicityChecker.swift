internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore

/// A tap is there whole or not at all, on every phone and at the hub; so is a changeset that writes
/// to several entities, in all of them that are there.
struct AtomicityChecker: SwarmChecker {
    static let name = "torn"

    mutating func observe(_ run: SwarmRun) throws -> [Phrase] {
        var found: [Phrase] = []
        let atHub = try run.view.hub(run)
        let shared = Self.shared(atHub)
        for device in run.living {
            let states = try run.view.device(device)
            for state in states { found += check(state, run, on: Phrase(verbatim: device.name)) }
            found += try check(states, on: device, shared, run)
        }
        for state in atHub { found += check(state, run, on: .nameHub) }
        return try found + checkEdits(atHub, run)
    }

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] { try observe(run) }

    private func check(_ state: EntityState, _ run: SwarmRun, on name: Phrase) -> [Phrase] {
        var counts: [ChangeID: Int] = [:]
        for ref in state.facts.keys { counts[ref.change, default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.compactMap { change, count in
            guard let tap = run.ledger[change], !tap.versions.isEmpty,
                !tap.versions.contains(where: { $0.count == count })
            else { return nil }
            return .findFactCount.with([
                "name": name, "count": Phrase(verbatim: "\(count)"),
                "change": Phrase(verbatim: change.hex),
            ])
        }
    }

    /// At the hub, of what the office wrote to several entities at once.
    private func checkEdits(_ states: [EntityState], _ run: SwarmRun) throws -> [Phrase] {
        let edits = run.ledger.edits.filter { !$0.also.isEmpty }
        guard let hub = run.hub.hub, !edits.isEmpty else { return [] }
        return try hub.read { reader in
            try edits.compactMap { edit in
                guard let dot = try reader.changeInfo(edit.change)?.dot else { return nil }
                let entities = [edit.entity] + edit.also
                let lacking = states.filter {
                    entities.contains($0.id) && !$0.vector.covers(dot)
                }
                guard let lacking = lacking.first else { return nil }
                return .findEditTorn.with(["edit": edit.change.hex, "entity": "\(lacking.id)"])
            }
        }
    }

    /// Dots that show in more than one entity, and in which.
    private static func shared(_ states: [EntityState]) -> [(dot: Dot, entities: [EntityID])] {
        var entities: [Dot: Set<EntityID>] = [:]
        for state in states {
            for sibling in state.fields.values.flatMap(\.siblings) {
                entities[sibling.dot, default: []].insert(state.id)
            }
        }
        return entities.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
            .map { ($0.key, $0.value.sorted()) }
    }

    /// A page is closed over the changesets that it shows (L14); not what waits for another build, nor
    /// what came of a hub that has forgotten it.
    private func check(
        _ states: [EntityState], on device: WorldDevice,
        _ shared: [(dot: Dot, entities: [EntityID])], _ run: SwarmRun
    ) throws -> [Phrase] {
        guard let store = device.store, !run.hubWentBack, device.knowledge == Knowledge(),
            !device.disk.isDead, try store.position().parkedCount == 0
        else { return [] }
        var vectors: [EntityID: VersionVector] = [:]
        for state in states { vectors[state.id] = state.vector }
        var found: [Phrase] = []
        for (dot, entities) in shared {
            let held = entities.filter { vectors[$0] != nil }
            let having = held.filter { vectors[$0]?.covers(dot) == true }
            guard !having.isEmpty, having.count < held.count else { continue }
            // What went to somebody else stays as it was then.
            let ours = try held.filter { try store.held($0)?.isHandedOver == false }
            let whole = ours.filter { vectors[$0]?.covers(dot) == true }
            guard !whole.isEmpty, whole.count < ours.count else { continue }
            found.append(
                .findDotTorn.with([
                    "name": device.name, "dot": "\(dot)", "whole": "\(whole.count)",
                    "all": "\(ours.count)",
                ]))
        }
        return found
    }
}
