internal import Foundation
internal import GRDB
internal import LuckyCausality
package import LuckyFiles
public import LuckyModel

/// A backup in the place of a store.
public struct StoreRestore: Hashable, Sendable {
    /// Whose it is.
    public var driver: Identifier
    /// Where the store that was there is now; nil where there was none.
    public var replaced: String?
    /// Changes in the backup that had no receipt: they are sent again, and taken once.
    public var pending: Int
    /// Photos and signatures that came with it.
    public var photos: Int
}

extension ReplicaStore {
    /// Puts a backup in the place of a store, which nobody may write or sync meanwhile. What was
    /// there is moved aside, never deleted. The next write begins a new epoch, as for every store
    /// that is found restored (L19); what the hub has since comes with the next sync.
    /// - Parameters:
    ///   - marks: as the store was created with.
    ///   - now: Unix milliseconds; names the file that is moved aside.
    /// - Throws: ``StoreError/notInBackup(_:)`` where the store there has changes that would be
    ///   nowhere else, ``StoreError/otherDriver(_:)``, ``StoreError/leaseHeld``,
    ///   ``StoreError/pumpRunning``; ``StoreError/damaged(_:)`` for a backup that does not read back.
    public static func restore(
        _ backup: String, to path: String, now: Int64
    ) throws(StoreError) -> StoreRestore {
        try restore(backup, to: path, now: now, files: SystemFiles())
    }

    /// As ``restore(_:to:now:)``, on other files than the system's.
    package static func restore(
        _ backup: String, to path: String, now: Int64, files calls: any FileCalls
    ) throws(StoreError) -> StoreRestore {
        let files = Files(calls)
        try checkFile(backup, files)
        try files.makeFolder(files.folder(of: path))
        let lease = try Lease(for: path, waitMilliseconds: 2_000, files)
        let pump = try PumpLock(at: path)
        defer { withExtendedLifetime((lease, pump)) {} }
        let fresh = path + ".restoring"
        files.removeStore(fresh)
        do throws(StoreError) {
            let (driver, pending) = try draft(of: backup, as: fresh, files)
            try compare(path, with: fresh, of: driver, files)
            let photos = try files.copyPhotos(from: backup, to: path)
            let replaced = try files.moveAside(path, now: now)
            try files.move(fresh, to: path)
            return StoreRestore(
                driver: driver, replaced: replaced, pending: pending, photos: photos)
        } catch {
            files.removeStore(fresh)
            throw error
        }
    }

    /// A whole copy of a backup, which proves no continuity, whatever made it.
    private static func draft(
        of backup: String, as fresh: String, _ files: Files
    ) throws(StoreError) -> (driver: Identifier, pending: Int) {
        let source = try Connection(path: backup, isReader: true, files)
        defer { source.close() }
        let version = try source.read { db in
            guard try db.count("PRAGMA application_id") == Connection.applicationID else {
                throw StoreError.notAStore(path: backup)
            }
            return try db.count("PRAGMA user_version")
        }
        guard version <= Connection.formatVersion else { throw .newerFormat(version) }
        try files.create(fresh)
        try source.copy(to: fresh)
        let copy = try Connection(path: fresh, isReader: true, files)
        defer { copy.close() }
        let (driver, pending, broken) = try copy.read { db in
            let words = try db.rows("PRAGMA quick_check").map { $0[0] as String }
            return (
                try db.row("SELECT driver FROM meta").orDamaged("meta").name("driver"),
                try db.count("SELECT count(*) FROM changeset WHERE state = 0"),
                words == ["ok"] ? nil : words.first ?? ""
            )
        }
        if let broken { throw .damaged(broken) }
        // Rows of an older version are made anew when it is opened.
        if version == Connection.formatVersion { _ = try prove(fresh, files) }
        try files.syncWhole(fresh)
        return (driver, pending)
    }

    /// Nothing that is only on this device may go out of sight; a store that cannot be read cannot be
    /// asked.
    private static func compare(
        _ path: String, with fresh: String, of driver: Identifier, _ files: Files
    ) throws(StoreError) {
        guard files.mode(path) != nil else { return }
        let old: (driver: Identifier, pending: [Data])
        do throws(StoreError) {
            let connection = try Connection(path: path, isReader: false, files)
            defer { connection.close() }
            old = try connection.read { db in
                (
                    try db.row("SELECT driver FROM meta").orDamaged("meta").name("driver"),
                    try db.rows("SELECT change_id FROM changeset WHERE state = 0").map {
                        $0.bytes("change_id").blob
                    }
                )
            }
        } catch {
            switch error {
            case .notAStore, .damaged: return
            default: throw error
            }
        }
        guard old.driver == driver else { throw .otherDriver(old.driver) }
        let copy = try Connection(path: fresh, isReader: true, files)
        defer { copy.close() }
        let missing = try copy.read { db in
            try old.pending.filter {
                try db.count("SELECT count(*) FROM changeset WHERE change_id = ?", [$0]) == 0
            }
        }
        guard missing.isEmpty else { throw .notInBackup(missing.count) }
    }
}

extension Files {
    /// - Returns: where the store is now; nil where there was none.
    fileprivate func moveAside(_ path: String, now: Int64) throws(StoreError) -> String? {
        var aside = path + ".before-\(now)"
        while mode(aside) != nil { aside += "-" }
        let isThere = mode(path) != nil
        // Also a WAL without its file: SQLite would take it for the new one's.
        for suffix in ["", "-wal", "-shm"] where mode(path + suffix) != nil {
            try move(path + suffix, to: aside + suffix)
        }
        return isThere ? aside : nil
    }
}
