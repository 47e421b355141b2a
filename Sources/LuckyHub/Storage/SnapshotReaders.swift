internal import Dispatch
internal import GRDB
internal import Synchronization

/// The connections that read a hub's file, opened when they are first needed, one snapshot at a time
/// in each.
///
/// What GRDB's own pool does around a read (it looks whether the schema is another, and makes a key
/// path) is a third of what a repeated message costs; the statements here name their columns, and
/// SQLite compiles them anew where the schema is another.
final class SnapshotReaders: Sendable {
    private static let limit = 5
    private let path: String
    private let configuration: Configuration
    /// As many may go in as there may be connections.
    private let turns = DispatchSemaphore(value: limit)
    /// Nil once it is closed.
    private let idle = Mutex<[DatabaseQueue]?>([])

    /// - Parameters:
    ///   - path: of a file in WAL mode, which another connection keeps open.
    ///   - configuration: as the connection that writes has it.
    init(of path: String, _ configuration: Configuration) {
        var configuration = configuration
        configuration.readonly = true
        self.configuration = configuration
        self.path = path
    }

    /// Runs it with a connection that nobody else has meanwhile; whoever comes when all are taken
    /// waits.
    func read<T>(_ body: (Database) throws -> T) throws -> T {
        turns.wait()
        defer { turns.signal() }
        let queue = try take()
        defer { idle.withLock { $0?.append(queue) } }
        return try queue.inDatabase(body)
    }

    /// The one that was used last, whose pages are in memory.
    private func take() throws -> DatabaseQueue {
        let known = try idle.withLock { idle in
            guard idle != nil else { throw DatabaseError(resultCode: .SQLITE_MISUSE) }
            return idle?.popLast()
        }
        return try known ?? DatabaseQueue(path: path, configuration: configuration)
    }

    /// Waits for those that read.
    func close() throws {
        for _ in 0..<Self.limit { turns.wait() }
        defer { for _ in 0..<Self.limit { turns.signal() } }
        let queues = idle.withLock { idle in
            defer { idle = nil }
            return idle ?? []
        }
        for queue in queues { try queue.close() }
    }
}
