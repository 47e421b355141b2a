internal import LuckyCausality
public import LuckyModel

// A page is laid out of bytes that nobody decodes (see ``LaidPart``). One damaged row would make
// all of it unreadable for the phone, which could only drop it, again and again.

extension PageChange {
    /// Whether bytes can be the row of a change of this name: each field of it, and of the messages
    /// in it, is of its kind and whole. A walk: no value is decoded, so one that is only another
    /// than it was is left to whoever reads it.
    public static func isWhole(rowBytes: [UInt8], of ref: FactRef) -> Bool {
        rowBytes.withUnsafeBytes { raw in
            var (isNamed, index) = (false, UInt64(0))
            let isWalked = FieldWalk.all(of: raw) { field in
                switch (field.number, field.content) {
                case (1, .bytes(let name)):
                    isNamed = name.elementsEqual(ref.change.bytes)
                    return isNamed
                case (2, .number(let value)):
                    index = value
                    return true
                case (4, .number): return true
                case (3, .bytes(let replica)), (10, .bytes(let replica)):
                    return replica.count == 12
                case (5, .bytes), (6, .bytes): return true
                case (7, .bytes(let hash)): return hash.count == 32
                case (8, .bytes(let stamp)): return isStamp(stamp)
                case (9, .bytes(let entry)): return isEntry(entry)
                default: return field.number > 10
                }
            }
            return isWalked && isNamed && Int(exactly: index) == ref.index
        }
    }

    private static func isStamp(_ bytes: UnsafeRawBufferPointer) -> Bool {
        FieldWalk.all(of: bytes) { field in
            switch (field.number, field.content) {
            case (1, .bytes), (7, .bytes): true
            case (2, .number), (3, .number), (5, .number), (6, .number): true
            case (4, .bytes(let clock)): FieldWalk.all(of: clock) { _ in true }
            default: field.number > 7
            }
        }
    }

    private static func isEntry(_ bytes: UnsafeRawBufferPointer) -> Bool {
        FieldWalk.all(of: bytes) { field in
            if case (1, .bytes(let replica)) = (field.number, field.content) {
                replica.count == 12
            } else {
                field.number > 1
            }
        }
    }
}

/// The fields of a protobuf message where they lie.
private struct FieldWalk {
    enum Content {
        case number(UInt64)
        case bytes(UnsafeRawBufferPointer)
        case fixed
    }

    var number: UInt64
    var content: Content

    /// Whether the bytes are fields to their end, each of which is right.
    static func all(of bytes: UnsafeRawBufferPointer, _ isRight: (FieldWalk) -> Bool) -> Bool {
        var offset = 0
        while offset < bytes.count {
            guard let tag = varint(bytes, &offset), tag >> 3 > 0,
                let content = content(of: tag & 7, bytes, &offset),
                isRight(FieldWalk(number: tag >> 3, content: content))
            else { return false }
        }
        return true
    }

    private static func content(
        of type: UInt64, _ bytes: UnsafeRawBufferPointer, _ offset: inout Int
    ) -> Content? {
        func skip(_ count: Int) -> Bool {
            guard count <= bytes.count - offset else { return false }
            offset += count
            return true
        }
        switch type {
        case 0: return varint(bytes, &offset).map(Content.number)
        case 1: return skip(8) ? .fixed : nil
        case 2:
            guard let count = varint(bytes, &offset).flatMap(Int.init(exactly:)) else {
                return nil
            }
            let start = offset
            guard skip(count) else { return nil }
            return .bytes(UnsafeRawBufferPointer(rebasing: bytes[start..<offset]))
        case 5: return skip(4) ? .fixed : nil
        default: return nil
        }
    }

    private static func varint(_ bytes: UnsafeRawBufferPointer, _ offset: inout Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count, shift < 70 {
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        return nil
    }
}
