internal import Foundation
internal import GRDB
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
        guard FileManager.default.fileExists(atPath: backup) else { throw .missing }
        do {
            let lease = try Lease(beside: path)
            defer { lease.release() }
            let fresh = path + ".restoring"
            try? FileManager.default.removeItem(atPath: fresh)
            let depot = try prepare(backup, as: fresh)
            if let old = try? depotOfFile(path), old != depot { throw HubBackupError.otherDepot(old) }
            let replaced = try moveAside(path, now: now)
            guard rename(fresh, path) == 0 else { throw DurableFile.failure(path) }
            try DurableFile.sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
            return HubRestore(depot: depot, replaced: replaced)
        } catch HubOpenError.inUse {
            throw .inUse
        } catch {
            throw error as? HubBackupError ?? .notWritten("\(error)")
        }
    }

    /// A whole copy of the backup that proves no continuity, whatever the backup was made with.
    private static func prepare(_ backup: String, as fresh: String) throws -> Identifier {
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
            guard !depot.isEmpty else { throw HubBackupError.notAHub("it keeps no depot") }
            guard
                FileManager.default.createFile(
                    atPath: fresh, contents: nil, attributes: [.posixPermissions: 0o600])
            else { throw DurableFile.failure(fresh) }
            try SQLiteStorage.copy(source, to: fresh)
        } catch {
            throw error as? HubBackupError ?? .notAHub("\(error)")
        }
        try DurableFile.sync(fresh)
        return depot
    }

    private static func depotOfFile(_ path: String) throws -> Identifier? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: configuration)
        defer { try? queue.close() }
        return try queue.read { db in
            try SQLiteRows(db: db).first("SELECT depot FROM hub") { try $0.name(0) }
        }
    }

    private static func moveAside(_ path: String, now: Int64) throws -> String? {
        guard FileManager.default.fileExists(atPath: path) else { return nil }
        var aside = path + ".before-\(now)"
        while FileManager.default.fileExists(atPath: aside) { aside += "-" }
        for suffix in ["", "-wal", "-shm"]
        where FileManager.default.fileExists(atPath: path + suffix) {
            guard rename(path + suffix, aside + suffix) == 0 else {
                throw DurableFile.failure(path + suffix)
            }
        }
        return aside
    }
}
