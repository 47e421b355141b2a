internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

/// A phone shows nothing that is not its driver's, and keeps nobody's name of what no longer is.
struct ScopeChecker: SwarmChecker {
    static let name = "scope"

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        guard let hub = run.hub.hub else { return [] }
        var found: [Phrase] = []
        for device in run.living {
            guard let store = device.store else { continue }
            let scope = Set(try hub.read { try $0.scope(of: device.driver) })
            for entity in try store.heldEntities() where !scope.contains(entity) {
                guard entity.kind == .stop else {
                    found += try checkOther(entity, store, device.name)
                    continue
                }
                guard let stored = try store.stop(entity) else { continue }
                if stored.isUnconfirmed { continue }
                if !stored.isHandedOver {
                    found.append(
                        .findNotItsDrivers.with(["name": device.name, "entity": "\(entity)"]))
                }
                let stop = stored.stop
                let isNamed = !(stop.customer + stop.phone + stop.address).isEmpty
                let base = try store.held(entity)?.base.changes ?? []
                let isKept = base.contains { $0.encoded.personal != nil }
                if stored.unsent == 0, isNamed || isKept {
                    found.append(
                        .findKeepsResident.with(["name": device.name, "entity": "\(entity)"]))
                }
            }
        }
        for state in try run.view.hub(run) where run.purged.contains(state.id) {
            if state.fields[.deleted]?.siblings.isEmpty ?? true {
                found.append(.findForgotten.with(["entity": "\(state.id)"]))
            }
        }
        return found
    }

    /// A route, a shift or a customer that is not the driver's is handed over, or there by what the
    /// driver wrote and nobody has received.
    private func checkOther(
        _ entity: EntityID, _ store: ReplicaStore, _ name: String
    ) throws -> [Phrase] {
        guard let held = try store.held(entity), held.own == nil else { return [] }
        var found: [Phrase] = []
        if !held.isHandedOver {
            found.append(.findNotItsDrivers.with(["name": name, "entity": "\(entity)"]))
        }
        if held.base.changes.contains(where: { $0.encoded.personal != nil }) {
            found.append(.findKeepsPerson.with(["name": name, "entity": "\(entity)"]))
        }
        return found
    }
}
