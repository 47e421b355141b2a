internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync

/// A phone never says that the hub has what it has not. ``SwarmRun`` asks the hub at each receipt;
/// here stands what a status says.
struct HonestyChecker: SwarmChecker {
    static let name = "honesty"

    mutating func observe(_ run: SwarmRun) throws -> [Phrase] {
        try run.living.compactMap { device in
            guard let store = device.store, let status = device.status, !device.disk.isDead,
                status.phase == .idle
            else { return nil }
            let position = try store.position()
            guard position.pendingCount > 0, !device.agenda.tellsOfTaps else { return nil }
            return .findAllReceived.with([
                "name": device.name, "count": "\(position.pendingCount)",
            ])
        }
    }

    mutating func glance(_ run: SwarmRun) throws -> [Phrase] { try observe(run) }

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        var found = try observe(run)
        for device in run.living {
            guard let status = device.status, let position = try device.store?.position() else {
                continue
            }
            if status.pending != position.pendingCount {
                found.append(
                    .findWaiting.with([
                        "name": device.name, "said": "\(status.pending)",
                        "count": "\(position.pendingCount)",
                    ]))
            }
        }
        for device in run.living {
            guard let store = device.store, run.hub.hub != nil else { continue }
            for entry in try store.changesets(.all, limit: 1_000_000) {
                let dot = try run.hub.hub?.read { try $0.changeInfo(entry.change)?.dot }
                if entry.state == .quarantined, dot == entry.dot {
                    found.append(.findOtherDot.with(device, entry, as: entry.dot))
                }
                guard entry.state == .received || entry.state == .already else { continue }
                if !run.hubHas(entry.change) {
                    found.append(
                        .findNotReceived.with(["name": device.name, "tap": entry.change.hex]))
                    continue
                }
                // Its own word is what a hub asks it for that lost what it had (L26).
                if !run.hubProves(entry.change) {
                    found.append(
                        .findOnlyWord.with(["name": device.name, "tap": entry.change.hex]))
                }
                if let dot, !run.hubWentBack, (dot == entry.dot) != (entry.state == .received) {
                    found.append(.findOtherDot.with(device, entry, as: dot))
                }
            }
        }
        return found
    }
}

extension Phrase {
    fileprivate func with(_ device: WorldDevice, _ entry: OutboxEntry, as dot: Dot) -> Phrase {
        with([
            "name": device.name, "tap": entry.change.hex, "state": "\(entry.state)",
            "dot": "\(entry.dot)", "theirs": "\(dot)",
        ])
    }
}
