internal import LuckyCausality
internal import LuckyModel

/// Writes protobuf bytes as the generated code writes them: fields in rising order, without those
/// that have their default.
struct PlainWriter {
    private(set) var bytes: [UInt8] = []

    init(capacity: Int) { bytes.reserveCapacity(capacity) }

    private mutating func varint(_ value: UInt64) {
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
        var inner = PlainWriter(capacity: 48)
        write(&inner)
        message(field, inner.bytes)
    }

    mutating func vector(_ field: UInt64, _ vector: VersionVector) {
        for entry in vector.written {
            message(field) { writer in
                writer.bytes(1, entry.replica.bytes)
                writer.number(2, entry.counter)
            }
        }
    }
}
