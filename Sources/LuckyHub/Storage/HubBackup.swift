internal import Foundation
internal import GRDB
package import LuckyFiles
public import LuckyModel

/// Why no copy was made; nothing of one was left behind.
public enum HubBackupError: Error, Hashable, Sendable {
    /// There is no such hub file.
    case missing
    /// The copy's name is taken: nothing is overwritten.
    case exists
    /// The file is not of this project, or keeps no depot.
    case notAHub
    /// The file cannot be read; what SQLite says.
    case damaged(String)
    /// The copy could not be written; says why.
    case notWritten(String)
    /// Only of a restore: a process serves the file.
    case inUse
    /// Only of a restore: what is there is another program's.
    case otherProgram
    /// Only of a restore: the file that is there keeps another depot.
    case otherDepot(Identifier)
}

/// A copy of a hub's file.
public struct HubBackup: Hashable, Sendable {
    /// The depot that the file keeps.
    public var depot: Identifier
    /// The size of the copy.
    public var bytes: Int
    /// Older copies that were deleted for it, oldest first.
    public var expired: [String] = []
}

extension Hub {
    /// Copies a hub's file as it stands, also while another process serves it: over a connection of
    /// its own that only reads, in one snapshot. The copy is for its owner only, and durable on
    /// return. A hub that is started from it begins a new history.
    ///
    /// The copy is listed beside the hub's file with how far it holds each replica: devices keep in
    /// their archive what not every listed copy has (L12).
    /// - Parameters:
    ///   - keep: how many copies to keep, this one among them: older listed ones are deleted. Nil:
    ///     all.
    ///   - now: Unix milliseconds, for the list.
    /// - Throws: ``HubBackupError``.
    public static func backUp(
        _ path: String, to copy: String, keep: Int? = nil, now: Int64 = 0
    ) throws(HubBackupError) -> HubBackup {
        try backUp(path, to: copy, keep: keep, now: now, files: SystemFiles())
    }

    /// As ``backUp(_:to:keep:now:)``, on other files than the system's.
    package static func backUp(
        _ path: String, to copy: String, keep: Int?, now: Int64, files: any FileCalls
    ) throws(HubBackupError) -> HubBackup {
        guard files.status(path) != nil else { throw .missing }
        if FileHeader(of: path, files).isOfAnotherProgram { throw .notAHub }
        let source: DatabaseQueue
        let depot: Identifier
        do {
            var configuration = Configuration()
            configuration.readonly = true
            configuration.busyMode = .timeout(5)
            source = try DatabaseQueue(path: path, configuration: configuration)
            depot = try source.read { db in
                try SQLiteRows(db: db).first("SELECT depot FROM hub") { try $0.name(0) } ?? ""
            }
        } catch { throw HubBackupError(reading: error) }

        do {
            try NewFile.write(copy, files) { try SQLiteStorage.copy(source, to: copy) }
            let registry = BackupRegistry(beside: path, files)
            try registry.add(
                BackupRegistry.Entry(
                    file: URL(fileURLWithPath: copy).standardizedFileURL.path, madeAtMs: now,
                    depot: depot.text, heads: try heads(in: copy)))
            return HubBackup(
                depot: depot, bytes: files.status(copy).map { Int($0.size) } ?? 0,
                expired: try keep.map { try registry.expire(keeping: $0) } ?? [])
        } catch {
            throw error as? HubBackupError ?? .notWritten("\(error)")
        }
    }

    /// What a copy holds of each replica.
    private static func heads(in copy: String) throws -> [String: UInt64] {
        var configuration = Configuration()
        configuration.readonly = true
        let queue = try DatabaseQueue(path: copy, configuration: configuration)
        defer { try? queue.close() }
        let replicas = try queue.read { db in
            // A file of any version: only what version 1 had.
            try SQLiteRows(db: db).all("SELECT id, head_counter FROM replica") {
                ("\(try $0.replica(0))", try $0.count(1))
            }
        }
        return Dictionary(replicas) { $1 }
    }
}

/// A file that was not there before, private and durable, or no file at all.
private enum NewFile {
    /// - Parameter body: fills the file.
    static func write(
        _ path: String, _ files: any FileCalls, _ body: () throws -> Void
    ) throws {
        let descriptor = files.open(path, O_WRONLY | O_CREAT | O_EXCL)
        guard descriptor >= 0 else {
            throw errno == EEXIST ? HubBackupError.exists : files.failure(path)
        }
        defer { files.close(descriptor) }
        do {
            try body()
            guard files.sync(descriptor) else { throw files.failure(path) }
            try files.syncWhole(files.folder(of: path))
        } catch {
            _ = files.unlink(path)
            throw error
        }
    }
}
