public import Foundation
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
        if let kept = Files.read(file), kept == content { return photo }
        // Photos are refused first: the room kept for the doorstep comes before them (L16).
        guard ballast.make() else { throw .diskFull }
        try Files.makeFolder(Files.folder(of: file))
        try Files.replace(file, with: content)
        return photo
    }

    /// A photo's bytes; nil where they are not here, or are not what the hash says.
    public func photo(_ sha256: Hash256) -> Data? {
        guard let bytes = Files.read(path(of: sha256)), Hash256.sha256(bytes) == sha256 else {
            return nil
        }
        return Data(bytes)
    }

    private func path(of sha256: Hash256) -> String { path + "-blobs/" + sha256.hex }
}
