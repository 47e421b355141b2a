internal import LuckyCausality
internal import LuckyModel

/// Protobuf by hand: what no encoder of ours would write.
struct RawMessage {
    private(set) var bytes: [UInt8] = []

    mutating func number(_ field: UInt32, _ value: UInt64) {
        varint(UInt64(field) << 3)
        varint(value)
    }

    mutating func data(_ field: UInt32, _ value: [UInt8]) {
        varint(UInt64(field) << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    mutating func fixed(_ field: UInt32, _ value: UInt64) {
        varint(UInt64(field) << 3 | 1)
        bytes += withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    /// The start of a group, an old form that nests; none of ours ends one.
    mutating func openGroup(_ field: UInt32) { varint(UInt64(field) << 3 | 3) }

    private mutating func varint(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }
}

/// An envelope by hand, with whatever counter, header and changes a stranger would put in.
enum RawEnvelope {
    struct Part {
        var core: [UInt8]
        var personal: [UInt8]?
    }

    static func bytes(
        _ replica: ReplicaID, counter: UInt64, previous: Hash256, header: [UInt8], parts: [Part]
    ) -> [UInt8] {
        var bytes = replica.bytes + little(counter) + previous.bytes
        bytes += little(UInt32(clamping: header.count)) + little(UInt16(clamping: parts.count))
        for part in parts {
            bytes += little(UInt32(clamping: part.core.count))
            bytes += little(part.personal.map { UInt32(clamping: $0.count) } ?? .max)
        }
        return bytes + header + parts.flatMap { $0.core + ($0.personal ?? []) }
    }

    private static func little(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }
}

/// A changeset's header by hand.
struct RawHeader {
    var change: ChangeID
    var author: [UInt8]
    var time: Int64
    /// The last page that its writer had applied.
    var checkpoint: Checkpoint?
    /// Per entity what its writer claims to have seen, in any order, counters beyond any bound.
    var contexts: [(entity: EntityID, seen: [VersionVector.Entry])]

    var bytes: [UInt8] {
        var message = RawMessage()
        message.number(1, 1)
        message.data(2, change.bytes)
        message.data(3, author)
        message.number(4, UInt64(bitPattern: time))
        message.data(6, BootID(high: 0, low: 1).bytes)
        var hlc = RawMessage()
        hlc.number(1, UInt64(bitPattern: time))
        message.data(7, hlc.bytes)
        if let checkpoint {
            var inner = RawMessage()
            inner.data(1, checkpoint.history.bytes)
            inner.data(2, checkpoint.depot.utf8)
            inner.number(3, checkpoint.sequence)
            inner.fixed(4, checkpoint.tag)
            message.data(8, inner.bytes)
        }
        for context in contexts {
            var inner = RawMessage()
            inner.data(1, context.entity.bytes)
            for entry in context.seen {
                var vector = RawMessage()
                vector.data(1, entry.replica.bytes)
                vector.number(2, entry.counter)
                inner.data(2, vector.bytes)
            }
            message.data(9, inner.bytes)
        }
        return message.bytes
    }
}
