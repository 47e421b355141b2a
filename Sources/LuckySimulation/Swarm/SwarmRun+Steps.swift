internal import Foundation
internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync

// Apps opened and closed, taps, and what goes wrong.
extension SwarmRun {
    func play(_ step: SwarmStep) throws {
        var draw = SwarmDraw(seed: step.seed)
        switch step.action {
        case .importDay(let day): try importPlan(of: day, step)
        case .open(let phone): for device in slots[phone] { try open(device) }
        case .close(let phone):
            for device in slots[phone] where device.isRunning { world.stop(device) }
        case .tap(let tap, let phone, let stop):
            let devices = slots[phone]
            try play(tap, on: devices[draw.below(devices.count)], stop: stop, step, &draw)
        case .edit(let edit, let stop): try play(edit, stop: stop, step, &draw)
        case .message(let fault, let phone):
            let devices = slots[phone]
            devices[draw.below(devices.count)].faults.append(fault)
        case .outage(let kind, let phone, let length):
            for device in slots[phone] { breakLink(of: device, kind, for: length, &draw) }
        case .befall(let kind, let phone): try befall(kind, slot: phone, &draw)
        case .strike(let stroke, let phone): try strike(stroke, slot: phone)
        case .backUp(let phone):
            // Of a phone and its copy the one that is restored.
            guard let device = slots[phone].last else { return }
            let name = "backup-\(step.number)"
            world.backUp(device, as: name, isWhole: false)
            ledger.backUp(device.name, as: name)
            backups[phone, default: []].append(name)
            tell(.traceBackedUp.with(["name": device.name, "backup": name]))
        case .hub(let kind): try befallHub(kind, step, &draw)
        case .killHub(let call):
            world.doom(hub, to: WorldDeath(call: call, kind: .hubKilledInside))
        case .backUpHub:
            guard hub.hub != nil else { return }
            let name = "backup-\(step.number)"
            try world.backUp(hub, as: name, isWhole: false)
            ledger.backUpHub(as: name)
            hubBackups.append(name)
            tell(.traceBackedUp.with(["name": .nameHub, "backup": Phrase(verbatim: name)]))
        }
    }

    // MARK: Processes

    /// A disk that fails meanwhile is tried again in a minute.
    /// - Parameter death: how the process ends while it opens its files, or soon after.
    func open(_ device: WorldDevice, until death: WorldDeath? = nil) throws {
        guard !device.isRunning, !device.isLost else { return }
        do throws(StoreError) {
            try world.start(device, until: death)
            try world.wake(device)
            world.noticeDeath(of: device)
        } catch {
            tell(.traceNotStarted.with(["name": device.name, "error": "\(error)"]))
            if device.disk.isDead { world.bury(device) } else { world.kill(device) }
            later.add(world.now + 60_000) { [unowned self] in try open(device) }
        }
    }

    func deviceDied(_ device: WorldDevice) {
        tell(.traceDied.with(["name": device.name]))
        later.add(world.now + 5_000) { [unowned self] in try open(device) }
    }

    func hubDied(_ site: WorldHub) {
        tell(.traceDied.with(["name": .nameHub]))
        ledger.hubEnded()
        later.add(world.now + 10_000) { [unowned self] in try openHub() }
    }

    func openHub() throws {
        guard hub.hub == nil else { return }
        try world.start(hub)
        hub.rungAt = 0
        tell(.traceHubUp.with(["history": "\(hub.hub?.history.hex.prefix(8) ?? "")"]))
    }

    // MARK: Links

    private func breakLink(
        of device: WorldDevice, _ kind: FaultKind, for length: Int64, _ draw: inout SwarmDraw
    ) {
        tell(
            .traceOutage.with([
                "name": device.name, "kind": kind.rawValue, "seconds": "\(length / 1_000)",
            ]))
        device.outage = kind
        let broken: WorldLink
        switch kind {
        case .oneWay: broken = WorldLink(losesAnswers: true)
        case .slow: broken = WorldLink(latency: 800, bytesPerSecond: 20 + draw.below(400))
        default: broken = WorldLink(isUp: false)
        }
        device.link = broken
        // A link that flaps comes and goes in pieces, the last of them up.
        let pieces = kind == .flapping ? 6 : 1
        for piece in 1...pieces {
            let isUp = piece % 2 == 0 || piece == pieces
            later.add(world.now + length * Int64(piece) / Int64(pieces)) { [unowned self] in
                if isUp {
                    if piece == pieces { device.outage = nil }
                    world.setLink(device, WorldLink())
                } else {
                    device.link = broken
                }
            }
        }
    }
}
