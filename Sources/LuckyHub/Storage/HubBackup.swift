internal import Foundation
internal import GRDB
public import LuckyModel

/// Why no copy was made; nothing of one was left behind.
public enum HubBackupError: Error, Hashable, Sendable {
    /// There is no such hub file.
    case missing
    /// The copy's name is taken: nothing is overwritten.
    case exists
    /// The file cannot be opened, or is not of this project; says why.
    case notAHub(String)
    /// The copy could not be written; says why.
    case notWritten(String)
}

/// A copy of a hub's file.
public struct HubBackup: Hashable, Sendable {
    /// The depot that the file keeps.
    public var depot: Identifier
    /// The size of the copy.
    public var bytes: Int
}

extension Hub {
    /// Copies a hub's file as it stands, also while another process serves it: over a connection of
    /// its own that only reads, in one snapshot. The copy is for its owner only, and durable on
    /// return. A hub that is started from it begins a new history.
    /// - Throws: ``HubBackupError``.
    public static func backUp(
        _ path: String, to copy: String
    ) throws(HubBackupError) -> HubBackup {
        guard FileManager.default.fileExists(atPath: path) else { throw .missing }
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
        } catch { throw .notAHub("\(error)") }

        do {
            try NewFile.write(copy) { try SQLiteStorage.copy(source, to: copy) }
            let attributes = try FileManager.default.attributesOfItem(atPath: copy)
            return HubBackup(depot: depot, bytes: attributes[.size] as? Int ?? 0)
        } catch {
            throw error as? HubBackupError ?? .notWritten("\(error)")
        }
    }
}

/// A file that was not there before, private and durable, or no file at all.
private enum NewFile {
    /// - Parameter body: fills the file.
    static func write(_ path: String, _ body: () throws -> Void) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw errno == EEXIST ? HubBackupError.exists : failure() }
        defer { close(descriptor) }
        do {
            try body()
            guard fsync(descriptor) == 0 else { throw failure() }
            try syncFolder(of: path)
        } catch {
            unlink(path)
            throw error
        }
    }

    private static func syncFolder(of path: String) throws {
        let folder = open(
            URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw failure() }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure() }
    }

    private static func failure() -> HubBackupError {
        .notWritten(String(cString: strerror(errno)))
    }
}
