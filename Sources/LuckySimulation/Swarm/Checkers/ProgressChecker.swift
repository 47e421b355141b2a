internal import LuckyModel
internal import LuckyStore

/// Whatever happened, all comes to rest by itself. ``SwarmRun`` itself waits, and reports who does
/// not; here stands what is left then.
struct ProgressChecker: SwarmChecker {
    static let name = "progress"

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        var found: [Phrase] = []
        for device in run.living {
            guard let position = try device.store?.position() else {
                found.append(.findNotRunning.with(["name": device.name]))
                continue
            }
            if position.parkedCount > 0 {
                found.append(
                    .findUnread.with(["name": device.name, "count": "\(position.parkedCount)"]))
            }
            if position.differingCount > 0 {
                found.append(
                    .findDiffering.with([
                        "name": device.name, "count": "\(position.differingCount)",
                    ]))
            }
        }
        return found
    }
}
