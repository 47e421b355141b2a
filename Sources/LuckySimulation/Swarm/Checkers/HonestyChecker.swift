internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckySync

/// A phone never says that the hub has what it has not. ``SwarmRun`` asks the hub at each receipt;
/// here stands what a status says.
struct HonestyChecker: SwarmChecker {
    static let name = "honesty"

    mutating func observe(_ run: SwarmRun) throws -> [String] {
        try run.living.compactMap { device in
            guard let store = device.store, let status = device.status, !device.disk.isDead,
                status.phase == .idle
            else { return nil }
            let position = try store.position()
            guard position.pendingCount > 0, !device.agenda.tellsOfTaps else { return nil }
            return "\(device.name) says that all is received, and \(position.pendingCount) wait"
        }
    }

    mutating func glance(_ run: SwarmRun) throws -> [String] { try observe(run) }

    mutating func conclude(_ run: SwarmRun) throws -> [String] {
        var found = try observe(run)
        for device in run.living {
            guard let status = device.status, let position = try device.store?.position() else {
                continue
            }
            if status.pending != position.pendingCount {
                found.append(
                    "\(device.name) says that \(status.pending) wait, of "
                        + "\(position.pendingCount)")
            }
        }
        for device in run.living {
            guard let store = device.store, run.hub.hub != nil else { continue }
            for entry in try store.changesets(.all, limit: 1_000_000)
            where entry.state == .received || entry.state == .already {
                if !run.hubHas(entry.change) {
                    found.append("\(device.name) says that \(entry.change.hex) is received")
                    continue
                }
                // Its own word is what a hub asks it for that lost what it had (L26).
                if !run.hubProves(entry.change) {
                    found.append(
                        "\(device.name) keeps \(entry.change.hex), and the hub has only "
                            + "somebody's word for it")
                }
                let dot = try run.hub.hub?.read { try $0.changeInfo(entry.change)?.dot }
                if let dot, !run.hubWentBack, (dot == entry.dot) != (entry.state == .received) {
                    found.append(
                        "\(device.name) says that \(entry.change.hex) is \(entry.state) "
                            + "as \(entry.dot), and the hub has it as \(dot)")
                }
            }
        }
        return found
    }
}
