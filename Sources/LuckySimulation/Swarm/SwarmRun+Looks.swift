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

    private func ask(_ look: (inout any SwarmChecker) throws -> [Phrase]) {
        for index in checkers.indices {
            let name = type(of: checkers[index]).name
            do {
                for found in try look(&checkers[index]) { report(name, found) }
            } catch {
                report(name, .findCannotLook.with(["error": Phrase(error)]))
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
                    .findNeverItsDrivers.with(["name": device.name, "entity": "\(entity)"]))
            }
        }
    }

    /// What a hub that was put back lacks does not count as received by the time it is sent again.
    func lookAtRequest(_ prepared: Prepared, of device: WorldDevice) {
        guard prepared.asked?.recovery == .pushing, prepared.changesets > 0, let door = hub.hub,
            let request = try? SyncRequest(decoding: prepared.body),
            request.history == door.history, let bytes = request.changesets.first,
            let first = try? Envelope(reading: bytes),
            let replicas = try? door.read({ try $0.replicas() }),
            let sent = try? device.store?.changesets(.all, limit: 1_000_000)
        else { return }
        // Other than what follows there is sent to find out where two copies parted.
        let head = replicas.first { $0.id == request.replica }?.head
        guard first.dot.counter == (head?.counter ?? 0) + 1, first.previous == head?.hash ?? .zero
        else { return }
        for entry in sent
        where entry.dot.replica == request.replica && entry.dot.counter >= first.dot.counter
            && (entry.state == .received || entry.state == .already)
        {
            report(
                HonestyChecker.name,
                .findSentAgain.with(["name": device.name, "tap": entry.change.hex]))
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
