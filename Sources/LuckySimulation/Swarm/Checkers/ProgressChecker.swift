internal import LuckyStore

/// Whatever happened, all comes to rest by itself. ``SwarmRun`` itself waits, and reports who does
/// not; here stands what is left then.
struct ProgressChecker: SwarmChecker {
    static let name = "progress"

    mutating func conclude(_ run: SwarmRun) throws -> [String] {
        var found: [String] = []
        for device in run.living {
            guard let position = try device.store?.position() else {
                found.append("\(device.name) does not run")
                continue
            }
            if position.parkedCount > 0 {
                found.append("\(device.name) could not read \(position.parkedCount) parts")
            }
            if position.differingCount > 0 {
                found.append("\(device.name) holds \(position.differingCount) that differ")
            }
        }
        return found
    }
}
