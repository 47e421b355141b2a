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
    /// Changes that were received since the backup was made, and came over from the store that was
    /// there: a hub that is put back, too, may ask for them.
    public var kept: Int
    /// Changes that the depot received, but that could not come over since what is before them is
    /// not as it was written: they are only in the store that was there.
    public var left: Int
    /// The store that was there could not be asked for everything that only it has: it is damaged.
    public var isOldUnreadable: Bool
}

extension ReplicaStore {
    /// Puts a backup in the place of a store, which nobody may write or sync meanwhile. What was
    /// there is kept beside it, never deleted; a process that ends on the way leaves the old store
    /// or the new one in its place. The next write begins a new epoch, as for every store that is
    /// found restored (L19); what the hub has since comes with the next sync.
    /// - Parameters:
    ///   - marks: as the store was created with.
    ///   - now: Unix milliseconds; names the file that is moved aside.
    /// - Throws: ``StoreError/notInBackup(_:)`` where the store there has taps that would be
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
        let fresh = files.free(path + ".restoring")
        do throws(StoreError) {
            let (driver, pending) = try draft(of: backup, as: fresh, files)
            let old = try takeOver(path, to: fresh, of: driver, files)
            let photos = try files.copyPhotos(from: backup, to: path).count
            if old.isWhole { try emptyWAL(of: path, files) }
            let replaced = try files.exchange(path, for: fresh, now: now)
            return StoreRestore(
                driver: driver, replaced: replaced, pending: pending, photos: photos,
                kept: old.kept, left: old.left, isOldUnreadable: !old.isWhole)
        } catch {
            files.removeStore(fresh)
            throw error
        }
    }

    /// As ``restore(_:to:now:)``, judged and not done: ``StoreRestore/replaced`` is what would be moved
    /// aside.
    /// - Parameter folder: an empty one, which the backup is copied into and which the caller removes.
    public static func rehearseRestore(
        _ backup: String, to path: String, in folder: String
    ) throws(StoreError) -> StoreRestore {
        let files = Files(SystemFiles())
        try checkFile(backup, files)
        let isThere = files.mode(path) != nil
        let lease = isThere ? try Lease(for: path, waitMilliseconds: 2_000, files) : nil
        // A store that was never synced has no such file, and gets none.
        let pump = files.mode(path + ".pump") == nil ? nil : try PumpLock(at: path)
        defer { withExtendedLifetime((lease, pump)) {} }
        let fresh = folder + "/replica.sqlite"
        let (driver, pending) = try draft(of: backup, as: fresh, files)
        let old = try takeOver(path, to: fresh, of: driver, files)
        return StoreRestore(
            driver: driver, replaced: isThere ? path : nil, pending: pending,
            photos: try files.copyPhotos(from: backup, to: fresh).count, kept: old.kept,
            left: old.left, isOldUnreadable: !old.isWhole)
    }

    /// A whole copy of a backup, which proves no continuity, whatever made it.
    private static func draft(
        of backup: String, as fresh: String, _ files: Files
    ) throws(StoreError) -> (driver: Identifier, pending: Int) {
        do throws(StoreError) {
            return try copied(backup, as: fresh, files)
        } catch .notAStore {
            // SQLite does not say of which file.
            throw .notAStore(path: backup)
        }
    }

    private static func copied(
        _ backup: String, as fresh: String, _ files: Files
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
        copy.close()
        if version < Connection.formatVersion {
            let older = try Connection(path: fresh, isReader: false, files)
            defer { older.close() }
            try ReplicaStore.bringUp(older, from: version)
        }
        // Rows of an older derivation are made anew when it is opened.
        if version == Connection.formatVersion { _ = try prove(fresh, files) }
        try files.syncWhole(fresh)
        return (driver, pending)
    }

    /// What came of the store that was there.
    private struct TakenOver {
        var kept = 0
        var left = 0
        /// Whether it could be asked for everything.
        var isWhole: Bool
    }

    /// Refuses where a tap would be nowhere else, then lets the copy have what the store received.
    /// Damage is what a backup is put back for: it keeps nothing that has a receipt from its place.
    private static func takeOver(
        _ path: String, to fresh: String, of driver: Identifier, _ files: Files
    ) throws(StoreError) -> TakenOver {
        var old = TakenOver(isWhole: try compare(path, with: fresh, of: driver, files))
        guard old.isWhole, files.mode(path) != nil else { return old }
        do throws(StoreError) {
            (old.kept, old.left) = try keepArchive(of: path, in: fresh, files)
        } catch {
            // Of the two it is the old one: the copy was just read back whole.
            switch error {
            case .notAStore, .damaged: old.isWhole = false
            default: throw error
            }
        }
        // Only the file gets the store's name: all of it is in there, and on disk.
        guard files.mode(fresh + "-wal") == nil else { throw .failed(code: 0, "copy not closed") }
        try files.syncWhole(fresh)
        return old
    }

    /// Nothing that is only on this device may go out of sight. It is only read: a store that is not
    /// replaced after all is as it was.
    /// - Returns: whether the old store could be asked; what of a damaged one can be read counts.
    private static func compare(
        _ path: String, with fresh: String, of driver: Identifier, _ files: Files
    ) throws(StoreError) -> Bool {
        guard files.mode(path) != nil else { return true }
        var old: Identifier?
        var pending: [[UInt8]] = []
        var isWhole = true
        do throws(StoreError) {
            let connection = try Connection(path: path, isReader: true, files)
            defer { connection.close() }
            try connection.read { db in
                // A flipped bit may have made it something that no table says it is.
                old = try db.row("SELECT driver FROM meta WHERE typeof(driver) = 'blob'")
                    .orDamaged("meta").name("driver")
                try db.eachRow(
                    "SELECT change_id FROM changeset WHERE state = 0"
                        + " AND typeof(change_id) = 'blob'", []
                ) {
                    pending.append($0.bytes("change_id"))
                    return true
                }
                isWhole = try db.rows("PRAGMA quick_check").map { $0[0] as String } == ["ok"]
            }
        } catch {
            switch error {
            case .notAStore, .damaged: isWhole = false
            default: throw error
            }
        }
        if let old, old != driver { throw .otherDriver(old) }
        let copy = try Connection(path: fresh, isReader: true, files)
        defer { copy.close() }
        let missing = try copy.read { db in
            try pending.filter {
                try db.count("SELECT count(*) FROM changeset WHERE change_id = ?", [$0]) == 0
            }
        }
        guard missing.isEmpty else { throw .notInBackup(missing.count) }
        return isWhole
    }

    /// What only the store's archive has, as far as every backup of the hub goes, goes into the copy.
    /// The copy is of this version; a store whose archive is laid otherwise is left as it is: that
    /// is still beside the copy.
    /// - Returns: how many changesets the copy has more; how many it could not get.
    private static func keepArchive(
        of path: String, in fresh: String, _ files: Files
    ) throws(StoreError) -> (kept: Int, left: Int) {
        let old = try Connection(path: path, isReader: true, files)
        defer { old.close() }
        let copy = try Connection(path: fresh, isReader: false, files)
        defer { copy.close() }
        return try old.read { store in
            let version = try store.count("PRAGMA user_version")
            let isReadable = (archiveSince...Connection.formatVersion).contains(version)
            return try copy.write { try isReadable ? takeOverArchive(of: store, to: $0) : (0, 0) }
        }
    }

    /// The version since which an archive's tables are as they are now.
    private static let archiveSince = 3

    /// Brings all of a store into its file, so that its name alone can be changed.
    private static func emptyWAL(of path: String, _ files: Files) throws(StoreError) {
        guard files.mode(path) != nil else { return }
        let connection = try Connection(path: path, isReader: false, files)
        defer { connection.close() }
        try connection.withQueue { queue in
            try queue.writeWithoutTransaction { db in
                let isBusy = try db.count("PRAGMA wal_checkpoint(TRUNCATE)") != 0
                if isBusy { throw StoreError.leaseHeld }
            }
        }
    }
}

extension Files {
    /// A name that nothing has, this one where it can be.
    func free(_ path: String) -> String {
        var name = path
        while mode(name) != nil { name += "-" }
        return name
    }

    /// Puts a new store in the place of an old one, by one rename: before it, the old one is there,
    /// and kept a second time; after it, the new one is. A WAL with something in it is there only
    /// where the old store is damaged: no rename changes two files at once, and SQLite would take
    /// it for the new store's. So it goes first, once file and WAL are whole aside.
    /// - Returns: where the old store is now; nil where there was none.
    fileprivate func exchange(
        _ path: String, for fresh: String, now: Int64
    ) throws(StoreError) -> String? {
        let isThere = mode(path) != nil
        let aside = free(path + ".before-\(now)")
        do throws(StoreError) {
            for suffix in ["", "-wal"] where mode(path + suffix) != nil {
                guard let bytes = read(path + suffix) else {
                    // It is lost to whoever asks for it anyway.
                    try move(path + suffix, to: aside + suffix)
                    continue
                }
                if suffix.isEmpty || !bytes.isEmpty { try replace(aside + suffix, with: bytes) }
            }
            // Also a WAL without its file: SQLite would take it for the new one's.
            for suffix in ["-wal", "-shm"] { remove(path + suffix) }
            try syncWhole(folder(of: path))
            try move(fresh, to: path)
        } catch {
            // Where the new one is there already, only not for sure, the old one stays aside.
            if mode(fresh) != nil { putBack(aside, to: path) }
            throw error
        }
        return isThere ? aside : nil
    }

    /// Undoes half an exchange. What cannot be put back stays aside.
    private func putBack(_ aside: String, to path: String) {
        for suffix in ["-wal", ""] where mode(path + suffix) == nil && mode(aside + suffix) != nil {
            do { try move(aside + suffix, to: path + suffix) } catch { return }
        }
        removeStore(aside)
    }
}
