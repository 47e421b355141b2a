internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync
internal import LuckyWire

// Who looks when.
extension SwarmRun {
    func look(atEnd: Bool) {
        view = SwarmView()
        ask { try atEnd ? $0.conclude(self) : $0.observe(self) }
    }

    /// After each step, those who look at next to nothing.
    func glance() { ask { try $0.glance(self) } }

    private func ask(_ look: (inout any SwarmChecker) throws -> [String]) {
        for index in checkers.indices {
            let name = type(of: checkers[index]).name
            do {
                for text in try look(&checkers[index]) { report(name, text) }
            } catch {
                report(name, "cannot look: \(error)")
            }
        }
    }

    /// What a page brought is or was its driver's to see: looked at as it comes, since a phone that
    /// finds something too much soon gives it back.
    func lookAtArrivals(on device: WorldDevice) {
        guard !hubWentBack, let store = device.store, let door = hub.hub,
            let held = try? store.heldEntities()
        else { return }
        let new = Set(held).subtracting(arrived[device.name] ?? [])
        for entity in new.sorted() where entity.kind == .stop {
            guard let base = try? store.held(entity)?.base, !base.changes.isEmpty,
                let drivers = try? door.read({ try $0.drivers(everWith: entity) })
            else { continue }
            arrived[device.name, default: []].insert(entity)
            if !drivers.contains(device.driver) {
                report(
                    ScopeChecker.name,
                    "\(device.name) was given \(entity), which never was its driver's")
            }
        }
    }

    /// As a phone asks: some for small pages.
    static func options(of plan: SwarmPlan) -> SyncOptions {
        var options = SyncOptions()
        options.waitSeconds = Bounds.waitSeconds
        var draw = SwarmDraw(seed: plan.settings.seed ^ 0x0A6E_B17E_5000)
        if !plan.kinds.isEmpty, draw.chance(30) {
            options.pageBytesLeast = 2_048
            options.pageBytesStart = 2_048
            options.pageBytesMost = 4_096
        }
        return options
    }
}
