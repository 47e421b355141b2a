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
            for entry in try store.changesets(.all, limit: 1_000_000) {
                // What stands in quarantine, or is only somebody's word, is not accepted.
                let dot = try run.hub.hub?.read { try $0.changeInfo(entry.change)?.dot }
                let isTrue =
                    switch entry.state {
                    case .pending: true
                    case .received: dot == entry.dot
                    case .already: dot.map { $0 != entry.dot } ?? false
                    case .quarantined: dot != entry.dot
                    }
                if isTrue { continue }
                found.append(
                    "\(device.name) says that \(entry.change.hex) is \(entry.state) as "
                        + "\(entry.dot), and the hub has "
                        + (dot.map { "accepted it as \($0)" } ?? "not accepted it"))
            }
        }
        return found
    }
}
