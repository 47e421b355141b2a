internal import LuckyModel

/// What is bounded stays so: the queue of what is to happen to a device, files by what is in them, and
/// how often a phone asks (which ``SwarmRun`` counts as it happens).
struct BoundsChecker: SwarmChecker {
    static let name = "bounds"

    /// Bytes of a database file for each changeset of the whole swarm, and what it has at least.
    private static let bytesPerChangeset = 16 * 1024
    private static let bytesAtLeast = 4 * 1024 * 1024
    private static let walBytes = 32 * 1024 * 1024
    /// Exchanges that a phone begins within an hour.
    static let exchangesAnHour = 800

    mutating func observe(_ run: SwarmRun) throws -> [Phrase] {
        var found: [Phrase] = []
        let most = Self.bytesAtLeast + run.ledger.changesets * Self.bytesPerChangeset
        for device in run.living {
            if device.agenda.count > 64 {
                found.append(
                    .findAgenda.with(["count": "\(device.agenda.count)", "name": device.name]))
            }
            let file = WorldDevice.file
            found += check(device.disk, file, Phrase(verbatim: device.name), most)
        }
        if let disk = run.hub.disk { found += check(disk, WorldHub.file, .nameHub, most) }
        return found
    }

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] { try observe(run) }

    private func check(
        _ disk: SimulatedDisk, _ file: String, _ name: Phrase, _ most: Int
    ) -> [Phrase] {
        var found: [Phrase] = []
        if let size = disk.size(of: file), size > most {
            found.append(
                .findFileSize.with([
                    "name": name, "size": Phrase(verbatim: "\(size)"),
                    "most": Phrase(verbatim: "\(most)"),
                ]))
        }
        if let size = disk.size(of: file + "-wal"), size > Self.walBytes {
            found.append(
                .findWALSize.with(["name": name, "size": Phrase(verbatim: "\(size)")]))
        }
        return found
    }
}
