internal import GRDB
internal import LuckyCausality
public import LuckyModel
internal import LuckySchemas
internal import LuckyWire

/// A driver's replica in one SQLite file: what was tapped, what the hub said, and what follows.
///
/// Everything is synchronous, and callers take turns: one call at a time. One process at a time
/// holds the lease to write; any number may read, each call one whole snapshot.
/// ```swift
/// let store = try ReplicaStore.open(at: path, as: "drv-0417", leaseWaitMilliseconds: 2_000)
/// let result = try store.commit(id, on: stop, time: now, using: &random) { state in
///     try StopRules.complete(state.stop, handover: handover, recipient: nil, cash: nil)
/// }
/// ```
/// When ``commit(_:on:time:using:_:)`` returns, the tap is on disk.
///
/// `@unchecked Sendable`: the callers' turns are what makes it safe, as with a file handle.
public final class ReplicaStore: @unchecked Sendable {
    /// The database file, as given to open; others stand beside it.
    public let path: String
    /// Read at open, and again where the depot or the hub's address was saved.
    public private(set) var identity: ReplicaIdentity
    let connection: Connection
    private var lease: Lease?
    /// The file is not the one this device wrote last: taps are refused (L19).
    let isCopied: Bool
    private let nonce: Bits128<EntityPurpose>

    /// Creates a replica file, mode 0600; folders that are missing are made with mode 0700.
    /// - Throws: ``StoreError/alreadyExists(path:)`` where there is any file;
    ///   ``StoreError/diskFull``.
    public static func create(at path: String, identity new: NewReplica) throws(StoreError) {
        try Files.makeFolder(Files.folder(of: path))
        let lease = try Lease(for: path, waitMilliseconds: 0)
        defer { withExtendedLifetime(lease) {} }
        guard Files.mode(path) == nil else { throw .alreadyExists(path: path) }
        // Built under another name: the file appears whole or not at all.
        let draft = path + ".new"
        for suffix in ["", "-wal", "-shm"] { Files.remove(draft + suffix) }
        try Files.create(draft)
        let connection = try Connection(path: draft, isReader: false)
        try connection.write { db in
            try db.execute(sql: LuckySchemas.storeSQL)
            try db.execute(sql: "PRAGMA application_id = \(Connection.applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(Connection.formatVersion)")
            try Meta.insert(new, db)
        }
        connection.close()
        guard Files.mode(draft + "-wal") == nil else { throw .failed(code: 0, "draft not closed") }
        try Mark(nonce: new.nonce, head: nil).write(beside: path)
        try Files.move(draft, to: path)
    }

    /// Opens for writing: takes the lease, and holds it until ``close()``.
    /// - Parameters:
    ///   - driver: whose replica it must be; nil takes anyone's.
    ///   - leaseWaitMilliseconds: how long to wait for another writer at most.
    /// - Throws: ``StoreError/leaseHeld``, ``StoreError/otherDriver(_:)``,
    ///   ``StoreError/readableByOthers(path:)``, ``StoreError/notDurable(_:)`` …
    public static func open(
        at path: String, as driver: Identifier?, leaseWaitMilliseconds: Int
    ) throws(StoreError) -> ReplicaStore {
        try checkFile(path)
        let lease = try Lease(for: path, waitMilliseconds: leaseWaitMilliseconds)
        let store = try ReplicaStore(path, as: driver, lease: lease)
        try store.catchUp()
        return store
    }

    /// Opens for reading only: needs no lease, writes nothing, and never moves SQLite's WAL.
    public static func openForReading(
        at path: String, as driver: Identifier?
    ) throws(StoreError) -> ReplicaStore {
        try checkFile(path)
        return try ReplicaStore(path, as: driver, lease: nil)
    }

    private init(_ path: String, as driver: Identifier?, lease: Lease?) throws(StoreError) {
        let connection: Connection
        do {
            connection = try Connection(path: path, isReader: lease == nil)
        } catch .notAStore {
            throw .notAStore(path: path)
        } catch {
            throw error
        }
        let mark = Mark(beside: path)
        let (meta, isRestored) = try connection.read { db in
            try Self.checkFormat(path, db)
            let meta = try Meta(db)
            return (meta, try Self.lacks(mark?.head, of: meta.identity.replica, db))
        }
        if let driver, driver != meta.identity.driver { throw .otherDriver(meta.identity.driver) }
        self.path = path
        self.connection = connection
        self.lease = lease
        identity = meta.identity
        nonce = meta.nonce
        isCopied = mark?.nonce != meta.nonce || isRestored
    }

    deinit { close() }

    /// Gives the file and the lease back. Every call after it throws ``StoreError/closed``.
    public func close() {
        guard let held = lease else { return connection.close() }
        if !isCopied, let meta = try? connection.read({ try Meta($0) }) {
            let mark = Mark(nonce: nonce, head: meta.head)
            // A mark that could not be moved is only an older promise.
            if mark != Mark(beside: path) { try? mark.write(beside: path) }
        }
        connection.close()
        withExtendedLifetime(held) { lease = nil }
    }

    func refresh(_ meta: Meta) { identity = meta.identity }

    private static func checkFile(_ path: String) throws(StoreError) {
        guard let mode = Files.mode(path) else { throw .notFound(path: path) }
        guard mode & 0o170_000 == 0o100_000 else { throw .notAStore(path: path) }
        guard mode & 0o077 == 0 else { throw .readableByOthers(path: path) }
    }

    private static func checkFormat(_ path: String, _ db: Database) throws {
        guard try db.count("PRAGMA application_id") == Connection.applicationID else {
            throw StoreError.notAStore(path: path)
        }
        let version = try db.count("PRAGMA user_version")
        guard version <= Connection.formatVersion else { throw StoreError.newerFormat(version) }
    }

    /// Whether a changeset that was on disk once is not there now.
    private static func lacks(
        _ head: ChainHead?, of replica: ReplicaID, _ db: Database
    ) throws -> Bool {
        guard let head else { return false }
        return try db.count(
            "SELECT count(*) FROM changeset WHERE replica = ? AND counter = ? AND hash = ?",
            [replica.blob, head.counter.stored, head.hash.blob]) == 0
    }

    /// What an open for writing owes the file: rows of an older derivation, parts parked by an
    /// older build.
    private func catchUp() throws(StoreError) {
        try rebuildRows()
        retryParked()
    }
}
