public import Foundation
internal import GRDB
internal import LuckyCausality
public import LuckyModel
internal import LuckyWire

extension ReplicaStore {
    /// Keeps a photo's or a signature's bytes beside the database, durably, before the fact that
    /// names them is committed (L24).
    /// - Throws: ``StoreError/outOfBounds(_:)`` over ``Bounds/photoBytes``;
    ///   ``StoreError/diskFull``.
    public func savePhoto(
        _ bytes: Data, isSignature: Bool = false
    ) throws(StoreError) -> Photo {
        guard !connection.isReader else { throw .readOnly }
        guard !bytes.isEmpty, bytes.count <= Bounds.photoBytes else {
            throw .outOfBounds("photo of \(bytes.count) bytes")
        }
        let content = [UInt8](bytes)
        let photo = Photo(
            sha256: Hash256.sha256(content), byteCount: content.count, isSignature: isSignature)
        let file = path(of: photo.sha256)
        if let kept = files.read(file), kept == content { return photo }
        // Photos are refused first: the room kept for the doorstep comes before them (L16).
        guard ballast.make() else { throw .diskFull }
        try files.makeFolder(files.folder(of: file))
        try files.replace(file, with: content)
        return photo
    }

    /// A photo's bytes; nil where they are not here, or are not what the hash says.
    public func photo(_ sha256: Hash256) -> Data? {
        guard let bytes = files.read(path(of: sha256)), Hash256.sha256(bytes) == sha256 else {
            return nil
        }
        return Data(bytes)
    }

    /// Since when each stop's oldest photo or signature waits on this phone to get to the depot, by the
    /// clock that it was taken by, Unix milliseconds; only the driver's own whose bytes are here.
    public func waitingProofs() throws(StoreError) -> [EntityID: Int64] {
        try connection.read { db in
            var waiting: [EntityID: Int64] = [:]
            for id in try Self.stopsWithPhotos(db) {
                let facts = try Base(id, db)?.shown(author: identity.driver, db).factRecords ?? []
                waiting[id] = facts.filter { record in
                    guard record.author == identity.driver,
                        case .photoTaken(let photo) = record.fact
                    else { return false }
                    return files.mode(path(of: photo.sha256)) != nil
                }.map(\.writtenAt).min()
            }
            return waiting
        }
    }

    /// How many photos and signatures of each stop this phone took, under any of its names, and does
    /// not have any more, or not in their full length: lost with a folder, or never put back by a
    /// restore.
    public func missingPhotos() throws(StoreError) -> [EntityID: Int] {
        try connection.read { db in
            let mine = Set(try Epoch.all(db).map(\.replica))
            var missing: [EntityID: Int] = [:]
            // Of what was purged they were taken away.
            for id in try Self.stopsWithPhotos(db) where try !Self.isPurged(id, db) {
                let state = try Base(id, db)?.shown(author: identity.driver, db)
                var gone: Set<Hash256> = []
                for record in state.map({ Array($0.facts.values) }) ?? [] {
                    guard case .photoTaken(let photo) = record.fact,
                        mine.contains((record.writtenAs ?? record.dot).replica),
                        files.size(path(of: photo.sha256)) != Int64(photo.byteCount)
                    else { continue }
                    gone.insert(photo.sha256)
                }
                if !gone.isEmpty { missing[id] = gone.count }
            }
            return missing
        }
    }

    /// Deletes the photos that only purged entities name, once all their facts are received (L9).
    /// - Returns: how many.
    @discardableResult
    public func removePurgedPhotos() throws(StoreError) -> Int {
        guard !connection.isReader, files.mode(path + "-blobs") != nil else { return 0 }
        let gone = try connection.read { db in
            let purged = try Self.photos(db, where: Self.noLongerKnown) {
                try Self.unsent(on: $0, db) == 0
            }
            let here = purged.filter { files.mode(path(of: $0)) != nil }
            guard !here.isEmpty else { return here }
            let others = try Self.photos(db, where: "1") { try !Self.isPurged($0, db) }
            return here.subtracting(others)
        }
        for photo in gone { files.remove(path(of: photo)) }
        return gone.count
    }

    private static func stopsWithPhotos(_ db: Database) throws -> [EntityID] {
        try db.rows(
            "SELECT entity FROM stop_row WHERE number IN"
                + " (SELECT stop FROM stop_line WHERE list = 'photo') ORDER BY entity", []
        ).map { try $0.entity("entity") }
    }

    /// SQL over `entity`: nothing but a purge makes a held entity one that was never here. An own new
    /// stop that went to somebody else before its first page has an empty vector, too.
    private static let noLongerKnown =
        "membership = \(Membership.never.rawValue) AND length(vector) = 0"

    private static func isPurged(_ entity: EntityID, _ db: Database) throws -> Bool {
        try db.count(
            "SELECT count(*) FROM entity WHERE id = ? AND \(noLongerKnown)", [entity.blob]) == 1
            && unsent(on: entity, db) == 0
    }

    /// The photos that some entities' facts name, as they are shown.
    private static func photos(
        _ db: Database, where condition: String, _ isMeant: (EntityID) throws -> Bool
    ) throws -> Set<Hash256> {
        let driver = try Meta(db).identity.driver
        var photos: Set<Hash256> = []
        for row in try db.rows("SELECT id FROM entity WHERE \(condition) ORDER BY id") {
            let id = try row.entity("id")
            guard try isMeant(id), let state = try Base(id, db)?.shown(author: driver, db) else {
                continue
            }
            for fact in state.facts.values {
                if case .photoTaken(let photo) = fact.fact { photos.insert(photo.sha256) }
            }
        }
        return photos
    }

    private func path(of sha256: Hash256) -> String { path + "-blobs/" + sha256.hex }
}
