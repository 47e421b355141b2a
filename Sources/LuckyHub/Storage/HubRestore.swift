internal import Foundation
internal import GRDB
package import LuckyFiles
public import LuckyModel

/// A backup in the place of a hub's file.
public struct HubRestore: Hashable, Sendable {
    /// The depot that the backup keeps.
    public var depot: Identifier
    /// Where the file that was there is now; nil where there was none.
    public var replaced: String?
}

extension Hub {
    /// Puts a backup in the place of a hub's file, which nobody may serve meanwhile. What was there
    /// is moved aside, never deleted. The next start begins a new history: devices then send what
    /// the backup lacks (L26).
    /// - Parameter now: Unix milliseconds; names the file that is moved aside.
    /// - Throws: ``HubBackupError``; ``HubBackupError/inUse`` while a process serves the file.
    public static func restore(
        _ backup: String, to path: String, now: Int64
    ) throws(HubBackupError) -> HubRestore {
        try restore(backup, to: path, now: now, files: SystemFiles())
    }

    /// As ``restore(_:to:now:)``, on other files than the system's.
    package static func restore(
        _ backup: String, to path: String, now: Int64, files: any FileCalls
    ) throws(HubBackupError) -> HubRestore {
        guard files.status(backup) != nil else { throw .missing }
        if FileHeader(of: backup, files).isOfAnotherProgram { throw .notAHub }
        if FileHeader(of: path, files).isOfAnotherProgram { throw .otherProgram }
        do {
            let lease = try Lease(beside: path, files)
            defer { lease.release() }
            let fresh = path + ".restoring"
            _ = files.unlink(fresh)
            let depot = try prepare(backup, as: fresh, files)
            if let old = try? depotOfFile(path, files), old != depot {
                throw HubBackupError.otherDepot(old)
            }
            let replaced = try moveAside(path, now: now, files)
            try files.move(fresh, to: path)
            return HubRestore(depot: depot, replaced: replaced)
        } catch HubOpenError.inUse {
            throw .inUse
        } catch {
            throw error as? HubBackupError ?? .notWritten("\(error)")
        }
    }

    /// A whole copy of the backup that proves no continuity, whatever the backup was made with.
    private static func prepare(
        _ backup: String, as fresh: String, _ files: any FileCalls
    ) throws -> Identifier {
        let depot: Identifier
        do {
            var configuration = Configuration()
            configuration.readonly = true
            let source = try DatabaseQueue(path: backup, configuration: configuration)
            defer { try? source.close() }
            depot = try source.read { db in
                guard try String.fetchOne(db, sql: "PRAGMA quick_check(1)") == "ok" else {
                    throw DatabaseError(resultCode: .SQLITE_CORRUPT)
                }
                return try SQLiteRows(db: db).first("SELECT depot FROM hub") { try $0.name(0) }
                    ?? ""
            }
            guard !depot.isEmpty else { throw HubBackupError.notAHub }
            do {
                try files.create(fresh)
            } catch {
                throw HubBackupError.notWritten("\(error)")
            }
            try SQLiteStorage.copy(source, to: fresh)
        } catch {
            throw HubBackupError(reading: error)
        }
        try files.syncWhole(fresh)
        return depot
    }

    private static func depotOfFile(
        _ path: String, _ files: any FileCalls
    ) throws -> Identifier? {
        guard files.status(path) != nil else { return nil }
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { db in
            try SQLiteRows(db: db).first("SELECT depot FROM hub") { try $0.name(0) }
        }
    }

    private static func moveAside(
        _ path: String, now: Int64, _ files: any FileCalls
    ) throws -> String? {
        guard files.status(path) != nil else { return nil }
        var aside = path + ".before-\(now)"
        while files.status(aside) != nil { aside += "-" }
        for suffix in ["", "-wal", "-shm"]
        where files.status(path + suffix) != nil {
            guard files.rename(path + suffix, to: aside + suffix) else {
                throw files.failure(path + suffix)
            }
        }
        return aside
    }
}
