internal import LuckyModel
internal import LuckyStore

/// The picture that a saved tap names is on the phone that took it, byte for byte.
struct PhotosChecker: SwarmChecker {
    static let name = "photos"

    mutating func observe(_ run: SwarmRun) throws -> [Phrase] {
        var found: [Phrase] = []
        for device in run.living {
            guard let store = device.store, !device.disk.isDead else { continue }
            for tap in run.ledger.taps(on: device.name) where !run.purged.contains(tap.entity) {
                for case .photoTaken(let photo) in tap.versions.flatMap({ $0 })
                where store.photo(photo.sha256) == nil {
                    found.append(
                        .findPhotoLost.with(["name": device.name, "tap": tap.change.hex]))
                }
            }
        }
        return found
    }

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] { try observe(run) }
}
