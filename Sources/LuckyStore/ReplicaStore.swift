internal import GRDB
internal import LuckyCausality
package import LuckyFiles
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
    let warm = Warm()
    private var lease: Lease?
    /// Runs before each part of a page, and before each parked one. Tests end the process there.
    var beforePart: ((EntityPart) throws -> Void)?
    /// This process tried to apply a page already, which did not end it.
    var hasTriedPage = false
    /// Occasions at which nothing was tried of what is left alone, since the last that was written.
    var missedOccasions = 0
    /// The process is over, say the tests: nothing more is noted.
    var isEnded = false
    /// The file may not be the one this device wrote last: a new epoch begins before the next
    /// write (L19).
    var isUnproven: Bool
    private let place: MarkPlace
    let versionOpened: UInt32?
    var files: Files { place.files }
    var ballast: Ballast { Ballast(beside: path, files) }

    /// On a full disk: what an exchange writes down may have half of the room that is kept free, so that
    /// what waits gets away; the next taps have the other half (L16).
    /// - Returns: whether there was any to give.
    public func lendRoom() -> Bool { ballast.lend(leaving: Bounds.tapBallastBytes) }

    /// Creates a replica file, mode 0600; folders that are missing are made with mode 0700.
    /// - Parameter marks: the folder that tells a copy of the file from the file (L19), where no
    ///   copy or backup of the store reaches; nil: beside the file.
    /// - Throws: ``StoreError/alreadyExists(path:)`` where there is any file;
    ///   ``StoreError/diskFull``.
    public static func create(
        at path: String, identity new: NewReplica, marks: String? = nil
    ) throws(StoreError) {
        try create(at: path, identity: new, marks: marks, files: SystemFiles())
    }

    /// As ``create(at:identity:marks:)``, on other files than the system's.
    package static func create(
        at path: String, identity new: NewReplica, marks: String?, files calls: any FileCalls
    ) throws(StoreError) {
        let files = Files(calls)
        try files.makeFolder(files.folder(of: path))
        let lease = try Lease(for: path, waitMilliseconds: 0, files)
        defer { withExtendedLifetime(lease) {} }
        // Also a WAL whose file is missing: SQLite would take it for this one's, and taps are in it.
        for suffix in ["", "-wal", "-shm"] where files.mode(path + suffix) != nil {
            throw .alreadyExists(path: path + suffix)
        }
        // Built under another name: the file appears whole or not at all.
        let draft = path + ".new"
        for suffix in ["", "-wal", "-shm"] { files.remove(draft + suffix) }
        try files.create(draft)
        let connection = try Connection(path: draft, isReader: false, files)
        try connection.write { db in
            try Self.migrate(from: 0, db) { try Meta.insert(new, db) }
            try db.execute(sql: "PRAGMA application_id = \(Connection.applicationID)")
            try db.execute(sql: "PRAGMA user_version = \(Connection.formatVersion)")
        }
        connection.close()
        guard files.mode(draft + "-wal") == nil else { throw .failed(code: 0, "draft not closed") }
        try MarkPlace(for: path, in: marks, files).write(Mark(nonce: new.nonce, head: nil))
        try files.move(draft, to: path)
    }

    /// Opens for writing: takes the lease, and holds it until ``close()``.
    /// - Parameters:
    ///   - driver: whose replica it must be; nil takes anyone's.
    ///   - leaseWaitMilliseconds: how long to wait for another writer at most.
    ///   - marks: as it was created with.
    /// - Throws: ``StoreError/leaseHeld``, ``StoreError/otherDriver(_:)``,
    ///   ``StoreError/readableByOthers(path:)``, ``StoreError/notDurable(_:)`` …
    public static func open(
        at path: String, as driver: Identifier?, leaseWaitMilliseconds: Int,
        marks: String? = nil
    ) throws(StoreError) -> ReplicaStore {
        try open(
            at: path, as: driver, leaseWaitMilliseconds: leaseWaitMilliseconds, marks: marks,
            files: SystemFiles())
    }

    /// As ``open(at:as:leaseWaitMilliseconds:marks:)``, on other files than the system's.
    package static func open(
        at path: String, as driver: Identifier?, leaseWaitMilliseconds: Int, marks: String?,
        files calls: any FileCalls
    ) throws(StoreError) -> ReplicaStore {
        let place = MarkPlace(for: path, in: marks, Files(calls))
        try checkFile(path, place.files)
        let lease = try Lease(
            for: path, waitMilliseconds: leaseWaitMilliseconds, place.files)
        let store = try ReplicaStore(path, as: driver, lease: lease, place)
        try store.catchUp()
        return store
    }

    /// Opens for reading only: needs no lease, writes nothing, and never moves SQLite's WAL. Only a
    /// file of an older version, or with rows of another derivation, is opened for writing first, to
    /// bring it up to this one.
    /// - Parameter marks: as it was created with.
    public static func openForReading(
        at path: String, as driver: Identifier?, marks: String? = nil
    ) throws(StoreError) -> ReplicaStore {
        try openForReading(at: path, as: driver, marks: marks, files: SystemFiles())
    }

    /// As ``openForReading(at:as:marks:)``, on other files than the system's.
    package static func openForReading(
        at path: String, as driver: Identifier?, marks: String?, files calls: any FileCalls
    ) throws(StoreError) -> ReplicaStore {
        let place = MarkPlace(for: path, in: marks, Files(calls))
        try checkFile(path, place.files)
        do {
            let store = try ReplicaStore(path, as: driver, lease: nil, place)
            let derivation = try store.connection.read { try Meta($0).derivation }
            if derivation == Derivation.ofThisBuild { return store }
            store.close()
        } catch .olderFormat {}
        try open(
            at: path, as: driver, leaseWaitMilliseconds: 2_000, marks: marks, files: calls
        ).close()
        return try ReplicaStore(path, as: driver, lease: nil, place)
    }

    private init(
        _ path: String, as driver: Identifier?, lease: Lease?, _ place: MarkPlace
    ) throws(StoreError) {
        let hasWAL = place.files.mode(path + "-wal") != nil
        let connection: Connection
        do {
            connection = try Connection(path: path, isReader: lease == nil, place.files)
        } catch .notAStore {
            throw .notAStore(path: path)
        } catch {
            throw error
        }
        let mark = try Self.checkFormat(path, as: driver, connection, place)
        let (meta, isRestored, version) = try connection.read { db in
            let meta = try Meta(db)
            let isRestored = try Self.lacks(mark?.head, of: meta.identity.replica, db)
            return (meta, isRestored, db.dataVersion)
        }
        versionOpened = version
        self.path = path
        self.connection = connection
        self.lease = lease
        self.place = place
        identity = meta.identity
        // A reader looks while a writer may come and go: only a writer can judge the open mark.
        let isTorn = lease != nil && mark?.isOpen == true && !hasWAL
        isUnproven = mark?.nonce != meta.nonce || isRestored || isTorn
        connection.beforeFirstWrite = { [unowned self] in try self.markOpen() }
    }

    deinit { close() }

    /// Gives the file and the lease back. Every call after it throws ``StoreError/closed``.
    public func close() {
        guard let held = lease else { return connection.close() }
        if !isUnproven, let meta = try? connection.read({ try Meta($0) }) {
            let mark = Mark(nonce: meta.nonce, head: meta.head)
            // A mark that could not be moved is only an older promise.
            if mark != place.read() { try? place.write(mark) }
        }
        connection.close()
        withExtendedLifetime(held) { lease = nil }
    }

    /// From the first write of an open on, the file without its WAL is not the whole store.
    private func markOpen() throws(StoreError) {
        guard !isUnproven, var mark = place.read() else { return }
        guard !mark.isOpen else { return }
        mark.isOpen = true
        // The first tap after a start is not refused for want of a block.
        try ballast.lend { () throws(StoreError) in try place.write(mark) }
    }

    /// After a new epoch: the file has its nonce already.
    func writeMark(_ nonce: Bits128<EntityPurpose>) throws(StoreError) {
        try place.write(Mark(nonce: nonce, head: nil, isOpen: true))
        isUnproven = false
    }

    /// The file that tells a copy of a store from the store (L19).
    /// - Parameter marks: as the store was created with.
    public static func markPath(of path: String, in marks: String?) -> String {
        MarkPlace(for: path, in: marks, .system).path
    }

    func refresh(_ meta: Meta) { identity = meta.identity }

    static func checkFile(_ path: String, _ files: Files) throws(StoreError) {
        guard let mode = files.mode(path) else { throw .notFound(path: path) }
        guard mode & 0o170_000 == 0o100_000 else { throw .notAFile(path: path) }
        guard mode & 0o077 == 0 else { throw .readableByOthers(path: path) }
    }

    /// Whose file it is and of which version; a writer brings an older one up to this version.
    /// - Returns: the mark that counts.
    private static func checkFormat(
        _ path: String, as driver: Identifier?, _ connection: Connection, _ place: MarkPlace
    ) throws(StoreError) -> Mark? {
        let version = try connection.read { db in
            guard try db.count("PRAGMA application_id") == Connection.applicationID else {
                throw StoreError.notAStore(path: path)
            }
            return try db.count("PRAGMA user_version")
        }
        let known = Connection.formatVersion - Knowledge.current.migrationsBehind
        guard version <= known else { throw .newerFormat(version) }
        let owner = try connection.read { db in
            try db.row("SELECT driver FROM meta").orDamaged("meta").name("driver")
        }
        if let driver, driver != owner { throw .otherDriver(owner) }
        guard version < Connection.formatVersion else { return place.read() }
        guard !connection.isReader else { throw .olderFormat(version) }
        // Version 1 kept its mark beside the file; where it fits, it moves before the file does.
        let mark = version == 1 ? Mark(at: place.oldPath, place.files) : place.read()
        if version == 1, let mark { try place.write(mark) }
        try Ballast(beside: path, place.files).lendMuch { () throws(StoreError) in
            try bringUp(connection, from: version)
        }
        if version == 1, place.oldPath != place.path { place.files.remove(place.oldPath) }
        return mark
    }

    /// Brings a file of an older version up to this one, or leaves it as it was.
    static func bringUp(
        _ connection: Connection, from version: Int
    ) throws(StoreError) {
        try connection.rebuild { db in
            try migrate(from: version, db)
            try db.execute(sql: "PRAGMA user_version = \(Connection.formatVersion)")
        }
    }

    /// - Parameter afterFirst: runs where the first script has run.
    private static func migrate(
        from version: Int, _ db: Database, afterFirst: () throws -> Void = {}
    ) throws {
        for (index, script) in LuckySchemas.storeSQL.enumerated().dropFirst(version) {
            try db.execute(sql: script)
            if index == 0 { try afterFirst() }
        }
    }

    /// Whether a changeset that was on disk once is not there now.
    private static func lacks(
        _ head: ChainHead?, of replica: ReplicaID, _ db: Database
    ) throws -> Bool {
        guard let head else { return false }
        return try hash(of: Dot(replica, head.counter), db) != head.hash
    }

    /// What an open for writing owes the file: rows of an older derivation, parts parked by an
    /// older build.
    private func catchUp() throws(StoreError) {
        try ballast.lendMuch(for: rebuildRows)
        retryParked()
        scrub()
        ballast.make()
    }
}
