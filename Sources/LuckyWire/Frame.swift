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
        let length = UInt32(payload.count).littleEndianBytes
        let checksum = CRC32C.checksum([kind], length, payload)
        return Self.magic + [kind] + length + checksum.littleEndianBytes + payload
    }

    /// Reads frames one after the other.
    /// - Parameter limit: the most bytes one payload may have.
    /// - Returns: the whole frames, and what stopped the reading: nil where the bytes end exactly
    ///   after a frame. Frames before a cut are whole and usable, such as receipts.
    public static func read(
        _ data: Data, limit: Int
    ) -> (frames: [Frame], failure: WireError?) {
        var reader = ByteReader([UInt8](data))
        var frames: [Frame] = []
        while reader.remaining > 0 {
            do throws(WireError) {
                frames.append(try one(&reader, limit: limit))
            } catch {
                return (frames, error)
            }
        }
        return (frames, nil)
    }

    private static func one(_ reader: inout ByteReader, limit: Int) throws(WireError) -> Frame {
        guard try reader.take(4) == magic else { throw .corrupt("frame magic") }
        let kind = try reader.integer(UInt8.self)
        let length = try reader.integer(UInt32.self)
        let checksum = try reader.integer(UInt32.self)
        guard length <= limit else { throw .invalid("frame of \(length) bytes") }
        let payload = try reader.take(Int(length))
        guard
            checksum == CRC32C.checksum([kind], length.littleEndianBytes, payload)
                || Mutant.isOn(.checksumUnread)
        else {
            throw .corrupt("frame checksum")
        }
        return Frame(raw: kind, payload)
    }
}
