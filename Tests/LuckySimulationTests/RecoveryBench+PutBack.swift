import Foundation
import LuckyHub
import LuckyModel

/// Snapshots of the hub's whole disk.
extension RecoveryBench {
    /// All that a snapshot of the hub's whole disk has: what it was, and no start can tell.
    func snapshotHub(_ name: String) throws {
        try hub.close()
        for suffix in Self.hubFiles where exists("hub.sqlite" + suffix) {
            try copy("hub.sqlite" + suffix, to: "snapshot-\(name)" + suffix)
        }
        try openHub()
    }

    /// - Parameter withMark: as it was beside the file; false: an operator took it away.
    func putBackHub(_ name: String, withMark: Bool = true) throws {
        try hub.close()
        for suffix in Self.hubFiles + ["-shm"] { remove("hub.sqlite" + suffix) }
        for suffix in Self.hubFiles where exists("snapshot-\(name)" + suffix) {
            try copy("snapshot-\(name)" + suffix, to: "hub.sqlite" + suffix)
        }
        if !withMark { remove("hub.sqlite.nonce") }
        try openHub()
    }

    private static let hubFiles = ["", "-wal", "-intake", ".nonce"]

    /// What the hub answers a phone; opened again where the phone shows that it was put back.
    func answer(_ body: Data, to phone: BenchPhone) throws -> Data {
        let credential = Credential(person: phone.driver, depot: "TTT", role: .driver)
        do {
            return try hub.sync(body, as: credential, now: now).body
        } catch let refusal where refusal.code == "history_disproved" {
            try hub.close()
            try openHub()
            return try hub.sync(body, as: credential, now: now).body
        }
    }
}
