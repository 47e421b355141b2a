internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import LuckyModel

/// The one connection of a store: opened so that a commit that returned survives a power cut, or
/// not at all (DESIGN §4).
final class Connection {
    /// "LKY1", in the file's header.
    static let applicationID = 0x4C4B_5931
    static let formatVersion = 6
    /// 3.37.0, as SQLite writes it.
    static let oldestSQLite: CInt = 3_037_000

    let path: String
    let isReader: Bool
    private let files: Files
    /// Nil also where the file could not be opened again: the next call tries once more.
    private var queue: DatabaseQueue?
    /// By its owner, for good.
    private var isClosed = false
    /// How often the file was opened.
    private(set) var openings = 0
    /// Ends a transaction. Tests replace it by disks that fail.
    var endTransaction: (Database) throws -> Void = { try $0.run("COMMIT") }

    /// Runs once, before the first transaction that writes.
    var beforeFirstWrite: (() throws -> Void)?

    /// Whether all that a reader sees here is on disk. Not where an earlier process, or an earlier
    /// connection of this one, ended between writing to the WAL and syncing it: what is read then
    /// may be gone with the next power cut.
    private var isSynced = false

    /// A commit that threw: it is unknown whether it is on disk.
    struct CommitFailure: Error { var cause: StoreError }

    init(path: String, isReader: Bool, _ files: Files) throws(StoreError) {
        self.files = files
        self.path = path
        self.isReader = isReader
        try open()
    }

    func close() {
        isClosed = true
        release()
    }

    /// Closes the file; whoever comes next opens it again.
    func release() {
        try? queue?.close()
        queue = nil
    }

    /// Closes and opens again: what is on disk then is what was committed.
    func reopen() throws(StoreError) {
        guard !isClosed else { throw .closed }
        release()
        try open()
    }

    /// The queue, opened now where it is not; a disk that failed may have come back.
    private func opened() throws(StoreError) -> DatabaseQueue {
        if let queue { return queue }
        guard !isClosed else { throw .closed }
        try open()
        guard let queue else { throw .closed }
        return queue
    }

    private func open() throws(StoreError) {
        // SQLite would make an empty file where there is none.
        guard files.mode(path) != nil else { throw .notFound(path: path) }
        var configuration = Configuration()
        configuration.label = "LuckyStore"
        configuration.readonly = isReader
        configuration.busyMode = .timeout(5)
        configuration.foreignKeysEnabled = true
        try mapping {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.inDatabase { db in
                db.compileUnobserved()
                try isReader ? Self.prepareReader(db) : Self.prepareWriter(db)
            }
            self.queue = queue
        }
        isSynced = false
        openings += 1
        // A full or failing disk must not keep anybody from reading.
        if !isReader { try? syncToFile() }
    }

    /// Makes sure that all that a reader sees is on disk, before somebody is told that it is.
    /// - Parameter touch: writes a page without changing what is in it.
    func sync(_ touch: (Database) throws -> Void) throws(StoreError) {
        guard !isSynced else { return }
        do { try syncToFile() } catch {}
        guard !isSynced else { return }
        // Its commit syncs the whole WAL.
        try write(touch)
        isSynced = true
    }

    /// Moves the WAL to the file, as far as readers let it: written anew and synced, so that a sync
    /// of the WAL that failed once, and seemed to succeed later, does no harm.
    private func syncToFile() throws(StoreError) {
        let queue = try opened()
        try mapping {
            try queue.inDatabase { db in
                let row = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(PASSIVE)")
                isSynced = row?[0] == 0 && row?[1] as Int? == row?[2] as Int?
            }
        }
    }

    private static func prepareReader(_ db: Database) throws {
        try sizeCache(db)
        try db.execute(sql: "PRAGMA query_only = ON")
    }

    /// Room for the pages that lead to all others: without it a sync reads more pages in a large store
    /// than in a small one. They are a thirtieth of the file, as some tables keep whole rows in them.
    private static func sizeCache(_ db: Database) throws {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        let kilobytes = min(pages * 4 / 32, Bounds.storeCacheKilobytes)
        guard kilobytes > Bounds.sqliteCacheKilobytes else { return }
        try db.execute(sql: "PRAGMA cache_size = -\(kilobytes)")
    }

    /// GRDB sets `synchronous = NORMAL` when *it* turns WAL on; we do both ourselves, and read
    /// back.
    private static func prepareWriter(_ db: Database) throws {
        guard sqlite3_libversion_number() >= oldestSQLite else {
            throw StoreError.notDurable("SQLite \(String(cString: sqlite3_libversion()))")
        }
        let journal = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL") ?? ""
        guard journal == "wal" else { throw StoreError.notDurable("journal_mode \(journal)") }
        try db.execute(sql: "PRAGMA synchronous = FULL")
        #if canImport(Darwin)
            try db.execute(sql: "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON")
        #endif
        try assertDurable(db)
        try sizeCache(db)
        if Mutant.isOn(.storeSkipsSync) { try db.execute(sql: "PRAGMA synchronous = OFF") }
    }

    /// The store refuses to be used unless this holds; checked before anything is written.
    static func assertDurable(_ db: Database) throws {
        let synchronous = try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? 0
        guard synchronous == 2 else { throw StoreError.notDurable("synchronous \(synchronous)") }
        guard try Int.fetchOne(db, sql: "PRAGMA foreign_keys") == 1 else {
            throw StoreError.notDurable("foreign_keys off")
        }
    }

    /// Reads one snapshot; leaves nothing, whatever `body` does.
    ///
    /// Not by GRDB's `read`: it sets `query_only` around each, and at every setting SQLite throws
    /// away what it compiled, so that each statement would be compiled anew for each read and write.
    func read<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        let queue = try opened()
        return try mapping {
            try queue.inDatabase { db in
                try db.run("BEGIN")
                defer { try? db.run("ROLLBACK") }
                return try body(db)
            }
        }
    }

    /// Lends the queue for what concerns the whole file.
    func withQueue(_ body: (DatabaseQueue) throws -> Void) throws(StoreError) {
        let queue = try opened()
        try mapping { try body(queue) }
    }

    /// Writes in one transaction. Whatever `body` throws leaves nothing.
    /// - Throws: ``StoreError/unknownOutcome(_:)`` where the commit itself failed; the file is
    ///   opened again, now or at the next call, and shows what came of it.
    func write<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do {
            return try transact(body)
        } catch let failure as CommitFailure {
            do { try reopen() } catch { throw .unknownOutcome(failure.cause.code) }
            if failure.cause == .diskFull { throw .diskFull }
            throw .unknownOutcome(failure.cause.code)
        } catch {
            throw Self.mapped(error)
        }
    }

    /// As ``write(_:)``, but says which of the two it was: a refusal, or a ``CommitFailure``.
    /// - Parameter committed: runs once it is, before anything else does.
    func transact<T>(
        _ body: (Database) throws -> T, committed: (Database, T) -> Void = { _, _ in }
    ) throws -> T {
        guard !isReader else { throw StoreError.readOnly }
        let queue = try openedForWriting()
        return try queue.inDatabase { db in
            try db.run("BEGIN IMMEDIATE")
            let result: T
            do {
                result = try body(db)
                // SQLite itself rolls back after some failures.
                guard db.isInsideTransaction else {
                    throw StoreError.failed(code: 4, "rolled back")
                }
            } catch {
                try? db.rollback()
                throw error
            }
            do {
                try endTransaction(db)
            } catch {
                try? db.rollback()
                if Mutant.isOn(.savedBeforeCommit) { return result }
                throw CommitFailure(cause: Self.mapped(error))
            }
            committed(db, result)
            return result
        }
    }

    private func openedForWriting() throws -> DatabaseQueue {
        let queue = try opened()
        if let first = beforeFirstWrite {
            try first()
            beforeFirstWrite = nil
        }
        return queue
    }

    /// Writes the file anew, without anything that was ever dropped from it, and empties its WAL.
    /// - Returns: false while a reader holds on to what was there.
    func rewrite() throws(StoreError) {
        guard !isReader else { throw .readOnly }
        try mapping { try openedForWriting().inDatabase { try $0.execute(sql: "VACUUM") } }
    }

    /// Moves what the WAL has into the file and cuts it to nothing.
    /// - Returns: false where a reader is in the way.
    func emptyWAL() throws(StoreError) -> Bool {
        guard !isReader else { throw .readOnly }
        return try mapping {
            try openedForWriting().inDatabase { db in
                try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")?[0] == 0
            }
        }
    }

    /// Whether the database refused a row, rather than failed: the transaction still stands.
    static func isRefusal(_ error: any Error) -> Bool {
        switch error {
        case let error as DatabaseError: error.resultCode == .SQLITE_CONSTRAINT
        case StoreError.damaged: true
        default: false
        }
    }

    private func mapping<T>(_ body: () throws -> T) throws(StoreError) -> T {
        do {
            return try body()
        } catch {
            throw Self.mapped(error)
        }
    }

    static func mapped(_ error: any Error) -> StoreError {
        switch error {
        case let error as StoreError: return error
        case let error as CommitFailure: return error.cause
        case let error as DatabaseError:
            switch error.resultCode {
            case .SQLITE_FULL: return .diskFull
            case .SQLITE_CORRUPT: return .damaged(error.message ?? "corrupt")
            case .SQLITE_NOTADB: return .notAStore(path: "")
            default:
                return .failed(
                    code: error.extendedResultCode.rawValue, error.message ?? "SQLite failed")
            }
        default: return .damaged("\(error)")
        }
    }
}
