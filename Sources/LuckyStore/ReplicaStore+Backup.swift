internal import GRDB
internal import LuckyCausality
package import LuckyFiles
public import LuckyModel
internal import LuckyWire

/// A copy of a store.
public struct StoreBackup: Hashable, Sendable {
    /// Whose it is.
    public var driver: Identifier
    /// The size of the copy, without photos.
    public var bytes: Int
    /// Changes in it that had no receipt when it was made.
    public var pending: Int
    /// Photos and signatures that lie beside it.
    public var photos: Int
    /// Photos and signatures that could not be read, or are not what their names say.
    public var photosLeftOut: Int
}

extension ReplicaStore {
    /// Copies a store as it stands, also while another process writes to it, in one snapshot; photos
    /// to a folder beside the copy. The copy appears whole or not at all, is proven row by row before
    /// it does, is for its owner only, and durable on return. It never proves that it continues the
    /// store: whatever starts from it begins a new epoch (L19).
    /// - Parameter marks: as the store was created with.
    /// - Throws: ``StoreError/alreadyExists(path:)``: nothing is overwritten;
    ///   ``StoreError/damaged(_:)`` where the store, or its copy, does not read back;
    ///   ``StoreError/notFound(path:)``, ``StoreError/diskFull`` …
    public static func backUp(
        _ path: String, to copy: String, marks: String? = nil
    ) throws(StoreError) -> StoreBackup {
        try backUp(path, to: copy, marks: marks, files: SystemFiles())
    }

    /// As ``backUp(_:to:marks:)``, on other files than the system's.
    package static func backUp(
        _ path: String, to copy: String, marks: String?, files calls: any FileCalls
    ) throws(StoreError) -> StoreBackup {
        let files = Files(calls)
        guard files.mode(copy) == nil else { throw .alreadyExists(path: copy) }
        let store = try openForReading(at: path, as: nil, marks: marks, files: calls)
        defer { store.close() }
        let draft = files.free(copy + ".new")
        do throws(StoreError) {
            try files.create(draft)
            try store.connection.copy(to: draft)
            let pending = try prove(draft, files)
            let photos = try files.copyPhotos(from: path, to: copy)
            try files.syncWhole(draft)
            guard files.mode(copy) == nil else { throw .alreadyExists(path: copy) }
            try files.move(draft, to: copy)
            return StoreBackup(
                driver: store.identity.driver, bytes: Int(calls.status(copy)?.size ?? 0),
                pending: pending, photos: photos.count, photosLeftOut: photos.leftOut)
        } catch {
            files.removeStore(draft)
            throw error
        }
    }

    /// Recomputes every hash and link of a copy, and every row that this build derives.
    /// - Returns: how many of its changes wait for a receipt.
    static func prove(_ copy: String, _ files: Files) throws(StoreError) -> Int {
        let connection = try Connection(path: copy, isReader: true, files)
        defer { connection.close() }
        let (differences, pending) = try connection.read { db in
            (
                try Self.differencesOfCopy(db),
                try db.count("SELECT count(*) FROM changeset WHERE state = 0")
            )
        }
        if let first = differences.first { throw .damaged(first) }
        return pending
    }
}

extension Files {
    /// A store's file and SQLite's beside it.
    func removeStore(_ path: String) {
        for suffix in ["", "-wal", "-shm", "-journal"] { remove(path + suffix) }
    }

    func syncWhole(_ path: String) throws(StoreError) {
        do { try calls.syncWhole(path) } catch { throw StoreError(error) }
    }

    /// Puts each photo of one store beside another that does not have it yet; one whose bytes are not
    /// what its name says stays behind.
    /// - Returns: how many the other has of them, and how many stayed behind.
    func copyPhotos(
        from path: String, to copy: String
    ) throws(StoreError) -> (count: Int, leftOut: Int) {
        guard mode(path + "-blobs") != nil else { return (0, 0) }
        guard let names = calls.names(in: path + "-blobs") else {
            throw .failed(code: 0, "the folder of photos cannot be read")
        }
        var (count, leftOut) = (0, 0)
        for name in names where Hash256(hex: name) != nil {
            guard let bytes = read(path + "-blobs/" + name), Hash256.sha256(bytes).hex == name
            else {
                leftOut += 1
                continue
            }
            count += 1
            let target = copy + "-blobs/" + name
            if read(target) == bytes { continue }
            try makeFolder(folder(of: target))
            try replace(target, with: bytes)
        }
        return (count, leftOut)
    }
}

extension Connection {
    /// Copies what a reader sees now to an empty file.
    func copy(to path: String) throws(StoreError) {
        try withQueue { source in
            let copy = try DatabaseQueue(path: path)
            try copy.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
            try source.backup(to: copy)
            // A copy never proves that it continues (L19).
            try copy.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
                let none = Bits128<EntityPurpose>(high: 0, low: 0)
                try db.run("UPDATE meta SET nonce = ?", [none.blob])
            }
            try copy.close()
        }
    }
}
