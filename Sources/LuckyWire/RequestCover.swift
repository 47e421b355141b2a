public import Foundation
public import LuckyModel

/// A request of which the first frame was read, and nothing else: what it carries is told apart by a
/// hash of the bytes. The same bytes carry the same, also in another request.
public struct RequestCover: Hashable, Sendable {
    /// Without what it carries.
    public let request: SyncRequest
    /// SHA-256 of every byte behind the first frame.
    public let carried: Hash256

    /// Nil where the first frame is not one that this build writes: then the whole is to be read.
    public init?(_ body: Data) {
        let read = body.withUnsafeBytes { bytes -> (SyncRequest, Hash256)? in
            guard let first = try? Frame.first(of: bytes, limit: Bounds.requestBytes),
                first.kind == FrameKind.request.rawValue,
                let request = SyncRequest(plain: first.payload)
            else { return nil }
            let rest = bytes[(Frame.headerBytes + first.payload.count)...]
            return (request, .sha256(UnsafeRawBufferPointer(rebasing: rest)))
        }
        guard let read else { return nil }
        (request, carried) = read
    }
}
