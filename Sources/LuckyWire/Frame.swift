public import Foundation
internal import LuckyModel

/// What a frame carries. The numbers are the format.
public enum FrameKind: UInt8, Hashable, Sendable {
    /// The first of a request: a protobuf `Request`.
    case request = 1
    /// One envelope as sealed.
    case changeset = 2
    /// The last of a request, with the count of what it carries.
    case requestEnd = 3
    /// In a request: a protobuf `OfferedDigests`, what a device holds (L26).
    case offeredDigests = 4
    /// In a request: one entity as the device holds it, a protobuf `EntityPart`.
    case offeredEntity = 5
    /// In a request, in place of all its ``changeset``s: ``PackedChangesets``.
    case packed = 6
    /// The first of a response: a protobuf `Answer`.
    case answer = 16
    /// One protobuf `Receipt`.
    case receipt = 17
    /// Begins a page: its history, its replica and where it starts.
    case pageStart = 18
    /// One entity of the page: a protobuf `EntityPart`.
    case entity = 19
    /// Ends a page, with its checkpoint and its counts.
    case pageEnd = 20
    /// The last of a response; no payload.
    case end = 21
    /// A protobuf `Wanted`: which of the offered entities the hub asks for.
    case wanted = 22
    /// A protobuf `Buckets`: one digest for each bucket of the scope (L21).
    case buckets = 23
    /// A protobuf `BucketDigests`: one digest for each entity of the buckets asked for.
    case bucketDigests = 24
}

/// One frame of a message: `(magic "LKY1", kind UInt8, length UInt32, CRC-32C UInt32 over kind,
/// length and payload, payload)`, integers little-endian (L17).
public struct Frame: Hashable, Sendable {
    /// Magic, kind, length, checksum: 13 bytes before the payload.
    public static let headerBytes = 13
    private static let magic = Array("LKY1".utf8)

    /// A kind of a newer build keeps its number.
    public var kind: UInt8
    /// A protobuf message, an envelope, or nothing.
    public var payload: [UInt8]

    /// Takes a payload of any size; the bound is the reader's.
    public init(_ kind: FrameKind, _ payload: [UInt8]) {
        self.kind = kind.rawValue
        self.payload = payload
    }

    private init(raw kind: UInt8, _ payload: [UInt8]) {
        self.kind = kind
        self.payload = payload
    }

    /// ``headerBytes`` of header, then the payload.
    public var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.headerBytes + payload.count)
        append(to: &bytes)
        return bytes
    }

    /// Frames one after the other.
    static func data(of frames: [Frame]) -> Data {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(frames.reduce(0) { $0 + headerBytes + $1.payload.count })
        for frame in frames { frame.append(to: &bytes) }
        return Data(bytes)
    }

    private func append(to bytes: inout [UInt8]) {
        bytes += Self.magic
        bytes.append(kind)
        bytes.append(littleEndian: UInt32(clamping: payload.count))
        let checksum = payload.withUnsafeBytes { CRC32C.checksum(ofFrame: kind, $0) }
        bytes.append(littleEndian: checksum)
        bytes += payload
    }

    /// Reads frames one after the other.
    /// - Parameter limit: the most bytes one payload may have.
    /// - Returns: the whole frames, and what stopped the reading: nil where the bytes end exactly
    ///   after a frame. Frames before a cut are whole and usable, such as receipts.
    public static func read(
        _ data: Data, limit: Int
    ) -> (frames: [Frame], failure: WireError?) {
        data.withUnsafeBytes { bytes in
            var rest = bytes[...]
            var frames: [Frame] = []
            while !rest.isEmpty {
                do throws(WireError) {
                    let frame = try first(of: UnsafeRawBufferPointer(rebasing: rest), limit: limit)
                    frames.append(frame)
                    rest = rest.dropFirst(headerBytes + frame.payload.count)
                } catch {
                    return (frames, error)
                }
            }
            return (frames, nil)
        }
    }

    static func first(
        of bytes: UnsafeRawBufferPointer, limit: Int
    ) throws(WireError) -> Frame {
        guard bytes.count >= magic.count else { throw .truncated }
        guard bytes.prefix(magic.count).elementsEqual(magic) else { throw .corrupt("frame magic") }
        guard bytes.count >= headerBytes else { throw .truncated }
        func integer(at place: Int) -> UInt32 {
            UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self))
        }
        let kind = bytes[4]
        let length = integer(at: 5)
        guard length <= limit else { throw .invalid("frame of \(length) bytes") }
        guard length <= bytes.count - headerBytes else { throw .truncated }
        let payload = UnsafeRawBufferPointer(
            rebasing: bytes[headerBytes..<headerBytes + Int(length)])
        guard
            integer(at: 9) == CRC32C.checksum(ofFrame: kind, payload)
                || Mutant.isOn(.checksumUnread)
        else {
            throw .corrupt("frame checksum")
        }
        return Frame(raw: kind, Array(payload))
    }
}
