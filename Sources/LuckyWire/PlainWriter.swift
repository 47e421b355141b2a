internal import LuckyCausality
internal import LuckyModel

/// Writes protobuf bytes as the generated code writes them: fields in rising order, without those
/// that have their default.
struct PlainWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    mutating func varint(_ value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    mutating func number(_ field: UInt64, _ value: UInt64) {
        guard value != 0 else { return }
        varint(field << 3)
        varint(value)
    }

    mutating func signed(_ field: UInt64, _ value: Int64) {
        number(field, UInt64(bitPattern: value))
    }

    /// One that says by being there that it is: also where it is zero.
    mutating func optional(_ field: UInt64, _ value: Int64?) {
        guard let value else { return }
        varint(field << 3)
        varint(UInt64(bitPattern: value))
    }

    mutating func fixed(_ field: UInt64, _ value: UInt64) {
        guard value != 0 else { return }
        varint(field << 3 | 1)
        bytes += value.littleEndianBytes
    }

    mutating func bytes(_ field: UInt64, _ value: [UInt8]) {
        guard !value.isEmpty else { return }
        message(field, value)
    }

    /// A message within the message: there also where it has no bytes.
    mutating func message(_ field: UInt64, _ value: [UInt8]) {
        varint(field << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    mutating func message(_ field: UInt64, _ write: (inout PlainWriter) -> Void) {
        varint(field << 3 | 2)
        // Written in place: most are shorter than what one byte of length can say.
        let place = bytes.count
        bytes.append(0)
        write(&self)
        let count = bytes.count - place - 1
        guard count > 0x7F else {
            bytes[place] = UInt8(truncatingIfNeeded: count)
            return
        }
        var length = PlainWriter(capacity: 10)
        length.varint(UInt64(count))
        bytes.replaceSubrange(place...place, with: length.bytes)
    }

    mutating func vector(_ field: UInt64, _ vector: VersionVector) {
        for entry in vector.written {
            message(field) { writer in
                writer.bytes(1, entry.replica.bytes)
                writer.number(2, entry.counter)
            }
        }
    }

    /// What stands in a message `Stamp`.
    mutating func stamp(_ stamp: Stamp) {
        bytes(1, stamp.author.utf8)
        number(2, UInt64(stamp.role.rawValue))
        number(3, UInt64(stamp.relation.rawValue))
        message(4) { writer in
            writer.signed(1, stamp.hlc.milliseconds)
            writer.number(2, UInt64(stamp.hlc.logical))
        }
        signed(5, stamp.writtenAt)
        optional(6, stamp.receivedAt)
        if let carrier = stamp.carriedBy { bytes(7, carrier.utf8) }
    }
}
