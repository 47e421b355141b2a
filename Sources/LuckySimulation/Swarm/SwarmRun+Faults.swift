internal import LuckyHub
internal import LuckyModel
internal import LuckyStore

// What befalls devices and hubs.
extension SwarmRun {
    func befall(_ kind: FaultKind, slot: Int, _ draw: inout SwarmDraw) throws {
        guard let device = slots[slot].last, !device.isLost else { return }
        tell(.traceBefell.with(["name": device.name, "what": kind.rawValue]))
        switch kind {
        case .killed: try end(device, kind, nil, &draw)
        case .powerLost: try end(device, kind, .lost, &draw)
        case .powerKept: try end(device, kind, .kept, &draw)
        case .powerTorn: try end(device, kind, .torn(seed: draw.next()), &draw)
        case .killedInside: killInside(device, &draw)
        case .diskError:
            failDisk(of: device, draw.chance(50) ? .sync : .write, at: 1 + draw.below(20))
        case .diskFull:
            device.disk.setRoom(draw.below(64) * 4_096)
            later.add(world.now + 60_000 + draw.time(1_800_000)) { [unowned self] in
                world.countStrikes(of: device)
                device.disk.setRoom(nil)
            }
        case .clockJump, .timeZone: setClock(of: device, Self.clockAhead(kind, &draw), kind)
        case .deviceRestored: try restore(device, slot)
        case .deviceCloned: try clone(device, slot, isWhole: draw.chance(50))
        case .deviceLost: try lose(device, slot)
        case .downgraded, .upgraded: changeBuild(of: device, kind, &draw)
        case .unreadable: try sendUnreadable(as: device.driver, &draw)
        case .newer: try sendNewer(as: device.driver, &draw)
        default: break
        }
    }

    func strike(_ stroke: SwarmStroke, slot: Int) throws {
        guard let device = slots[slot].last, !device.isLost else { return }
        tell(.traceBefell.with(["name": device.name, "what": "\(stroke)"]))
        switch stroke {
        case .imaged: try clone(device, slot, isWhole: true)
        case .clock(let ahead): setClock(of: device, ahead, stroke.kind)
        case .write(let number): failDisk(of: device, .write, at: number)
        }
    }

    /// How far a clock is ahead afterwards, milliseconds.
    static func clockAhead(_ kind: FaultKind, _ draw: inout SwarmDraw) -> Int64 {
        guard kind == .clockJump else { return Int64(draw.below(25) - 12) * 3_600_000 }
        let years: Int64 = 365 * 24 * 3_600_000
        let jumps = [years, -years, 30 * years, 120_000, -120_000, 7_200_000, -86_400_000]
        return jumps[draw.below(jumps.count)]
    }

    private func setClock(of device: WorldDevice, _ ahead: Int64, _ kind: FaultKind) {
        device.clockAheadMost = max(device.clockAheadMost, device.clockAhead)
        device.clockAhead = ahead
        // It strikes what is written or sent next; of two that nothing came between, the second.
        device.unmet.removeAll { $0 == .clockJump || $0 == .timeZone }
        device.unmet.append(kind)
    }

    private func failDisk(of device: WorldDevice, _ call: SimulatedDisk.Call, at number: Int) {
        device.disk.fail(call, at: number)
        later.add(world.now + 600_000) { [unowned self] in world.countStrikes(of: device) }
    }

    /// Whether there is traffic, or what is still to be sent: what ends a process now strikes that.
    func hasAtStake(_ device: WorldDevice) -> Bool {
        world.isExchanging(device) || ledger.pending[device.name]?.isEmpty == false
    }

    /// It counts now where there is what it strikes, or else with the next exchange or tap.
    private func befell(_ device: WorldDevice, _ kind: FaultKind) {
        if hasAtStake(device) { world.strike(kind) } else { device.unmet.append(kind) }
    }

    /// In one of its next calls to the disk, or in one of those by which it opens its files again.
    private func killInside(_ device: WorldDevice, _ draw: inout SwarmDraw) {
        guard device.isRunning, draw.chance(30) else {
            let call = 1 + draw.below(40)
            return world.doom(device, to: WorldDeath(call: call, kind: .killedInside))
        }
        world.stop(device)
        let death = WorldDeath(call: 1 + draw.below(12), kind: .killedInside)
        later.add(world.now + 1_000 + draw.time(60_000)) { [unowned self] in
            try open(device, until: death)
        }
    }

    /// Ends a device's process; it comes back in a while. Its power goes mostly in the middle of a
    /// write: where the next is, the process ends.
    private func end(
        _ device: WorldDevice, _ kind: FaultKind, _ cut: SimulatedDisk.PowerCut?,
        _ draw: inout SwarmDraw
    ) throws {
        guard device.isRunning else { return }
        if let cut, draw.chance(60) {
            let call = 1 + draw.below(40)
            return world.doom(device, to: WorldDeath(call: call, kind: kind, cut: cut))
        }
        if hasAtStake(device) { world.strike(kind) }
        if let cut {
            world.cutPower(device, cut)
            device.boot += 1
        } else {
            world.kill(device)
        }
        later.add(world.now + 1_000 + draw.time(600_000)) { [unowned self] in try open(device) }
    }

    private func restore(_ device: WorldDevice, _ slot: Int) throws {
        guard let name = backups[slot]?.last else { return }
        befell(device, .deviceRestored)
        lose(device.name, to: name)
        do {
            try world.restore(device, from: name)
            try world.wake(device)
        } catch {
            tell(.traceNotStarted.with(["name": device.name, "error": "\(error)"]))
            world.kill(device)
            later.add(world.now + 60_000) { [unowned self] in try open(device) }
        }
        world.doom(device, to: nil)
    }

    private func clone(_ device: WorldDevice, _ slot: Int, isWhole: Bool) throws {
        guard slots[slot].count < 2, !device.disk.isDead else { return }
        // A build that cannot open the file is of no use to a copy of it.
        guard device.knowledge.migrationsBehind == 0 else { return }
        let name = "\(device.name)-copy"
        ledger.clone(device.name, as: name)
        let clone = try world.clone(device, as: name, isWhole: isWhole)
        // Before it is heard of it is no more than a backup.
        clone.unmet = [.deviceCloned]
        clone.clockAheadMost = max(device.clockAheadMost, device.clockAhead)
        try world.wake(clone)
        slots[slot].append(clone)
    }

    private func lose(_ device: WorldDevice, _ slot: Int) throws {
        let losesSome = hasAtStake(device)
        if losesSome { world.strike(.deviceLost) }
        lose(device.name, to: nil)
        world.stop(device)
        device.isLost = true
        slots[slot].removeAll { $0 === device }
        guard slots[slot].isEmpty else { return }
        let successor = try world.addDevice(
            "\(device.name)-new", of: device.driver, at: hub, options: Self.options(of: plan))
        if !losesSome { successor.unmet = [.deviceLost] }
        // A backup of the lost one, put onto it, knows that one's clock.
        successor.clockAheadMost = max(device.clockAheadMost, device.clockAhead)
        try world.wake(successor)
        slots[slot] = [successor]
    }

    private func lose(_ device: String, to backup: String?) {
        let known = ledger.losing(device, to: backup).filter { hubHas($0) }
        ledger.lose(device, to: backup, atHub: Set(known))
    }

    // MARK: Hubs

    func befallHub(_ kind: FaultKind, _ step: SwarmStep, _ draw: inout SwarmDraw) throws {
        tell(.traceBefell.with(["name": .nameHub, "what": Phrase(verbatim: kind.rawValue)]))
        let torn = SimulatedDisk.PowerCut.torn(seed: draw.next())
        if kind == .hubKilledInside || (kind == .hubPower && draw.chance(60)) {
            // In one of its next calls to the disk.
            let cut = kind == .hubPower ? torn : nil
            let call = 1 + draw.below(60)
            return world.doom(hub, to: WorldDeath(call: call, kind: kind, cut: cut))
        }
        let hasTraffic = world.devices.contains { world.isExchanging($0) }
        func befell() {
            if hasTraffic { world.strike(kind) } else { hub.unmet.append(kind) }
        }
        world.dropHeld(by: hub)
        switch kind {
        case .hubKilled, .hubPower:
            guard hub.hub != nil else { return }
            if hasTraffic { world.strike(kind) }
            world.crash(hub, kind == .hubPower ? torn : nil)
            later.add(world.now + 1_000 + draw.time(300_000)) { [unowned self] in
                try openHub()
            }
        case .hubRestored:
            guard let name = hubBackups.randomElement(using: &draw) else { return }
            befell()
            // What it held is looked at before it is gone, also where it just was not running.
            try openHub()
            noteHubGoesBack()
            ledger.loseHub(to: name)
            world.doom(hub, to: nil)
            try world.restore(hub, from: name)
            hub.rungAt = 0
        case .hubMoved:
            guard hub.hub != nil else { return }
            befell()
            try world.move(hub)
            hub.rungAt = 0
        case .hubReplaced:
            befell()
            try openHub()
            noteHubGoesBack()
            ledger.loseHub(to: nil)
            world.doom(hub, to: nil)
            try world.replace(hub)
            hub.rungAt = 0
        default: break
        }
        let history = hub.hub.map { Phrase(verbatim: String($0.history.hex.prefix(8))) }
        tell(.traceHistory.with(["history": history ?? .traceNoHistory]))
        guard kind == .hubRestored || kind == .hubReplaced else { return }
        // The office sees an old plan, and has the morning's file.
        later.add(world.now + 60_000 + draw.time(1_200_000)) { [unowned self] in
            try importPlan(of: Int(step.at / SwarmPlan.day), step)
        }
    }
}

extension [String] {
    fileprivate func randomElement(using draw: inout SwarmDraw) -> String? {
        isEmpty ? nil : self[draw.below(count)]
    }
}
