internal import LuckyModel

/// What is not as this build writes it: whoever reads plainly leaves it to the generated code.
struct Unusual: Error {}

/// Reads protobuf bytes where they lie, one field after the other in rising order, each once: as
/// this build writes messages, and nothing else. It makes no object of anything; what it does not
/// take, the generated code reads or refuses.
struct PlainReader {
    private let bytes: UnsafeRawBufferPointer
    private var offset = 0
    /// The field that is next, and has not been read yet; nil where it must be looked at.
    private var next: UInt64?

    init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    var isAtEnd: Bool { next == nil && offset == bytes.count }

    /// Nothing is left, or what is left is not known here.
    func end() throws(Unusual) { guard isAtEnd else { throw Unusual() } }

    /// Whether this field is next.
    private mutating func has(_ number: UInt64, _ type: UInt64) throws(Unusual) -> Bool {
        if next == nil, offset < bytes.count { next = try varint() }
        guard next == number << 3 | type else { return false }
        next = nil
        return true
    }

    /// A number's 64 bits; nil where the field is absent.
    mutating func number(_ field: UInt64) throws(Unusual) -> UInt64? {
        guard try has(field, 0) else { return nil }
        return try varint()
    }

    /// As ``number(_:)``, of at most 32 bits.
    mutating func short(_ field: UInt64) throws(Unusual) -> UInt32? {
        guard let value = try number(field) else { return nil }
        guard let short = UInt32(exactly: value) else { throw Unusual() }
        return short
    }

    /// As ``number(_:)``, signed.
    mutating func signed(_ field: UInt64) throws(Unusual) -> Int64? {
        try number(field).map { Int64(bitPattern: $0) }
    }

    /// As ``number(_:)``, signed, its sign in the last bit.
    mutating func zigzag(_ field: UInt64) throws(Unusual) -> Int64? {
        try number(field).map { Int64(bitPattern: $0 >> 1) ^ -Int64(bitPattern: $0 & 1) }
    }

    /// Eight bytes, little-endian; nil where the field is absent.
    mutating func fixed(_ field: UInt64) throws(Unusual) -> UInt64? {
        guard try has(field, 1) else { return nil }
        guard bytes.count - offset >= 8 else { throw Unusual() }
        defer { offset += 8 }
        return UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// Bytes, or a message's; nil where the field is absent.
    mutating func bytes(_ field: UInt64) throws(Unusual) -> UnsafeRawBufferPointer? {
        guard try has(field, 2) else { return nil }
        guard let count = Int(exactly: try varint()), count <= bytes.count - offset else {
            throw Unusual()
        }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    /// Of exactly so many bytes, that `Value` is made of; nil where the field is absent.
    mutating func value<Value>(
        _ field: UInt64, _ make: (UnsafeRawBufferPointer) -> Value?
    ) throws(Unusual) -> Value? {
        guard let bytes = try bytes(field) else { return nil }
        guard let value = make(bytes) else { throw Unusual() }
        return value
    }

    private mutating func varint() throws(Unusual) -> UInt64 {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        while offset < bytes.count, shift < 63 {
            let byte = bytes[offset]
            offset += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
        // The tenth byte holds one bit.
        guard offset < bytes.count, bytes[offset] < 2 else { throw Unusual() }
        value |= UInt64(bytes[offset]) << 63
        offset += 1
        return value
    }
}

extension PlainReader {
    /// Throws where the field is absent.
    static func required<Value>(_ value: Value?) throws(Unusual) -> Value {
        guard let value else { throw Unusual() }
        return value
    }

    mutating func identifier(_ field: UInt64) throws(Unusual) -> Identifier? {
        try value(field) { $0.count <= Bounds.nameBytes ? Identifier(utf8: $0) : nil }
    }

    mutating func text(_ field: UInt64) throws(Unusual) -> String? {
        try value(field) { bytes in
            bytes.count <= Bounds.textBytes ? String(validating: bytes, as: UTF8.self) : nil
        }
    }
}

/// Reads bytes plainly.
/// - Returns: nil where they are not as this build writes them.
func plain<Value>(
    _ bytes: [UInt8], _ read: (inout PlainReader) throws(Unusual) -> Value
) -> Value? {
    bytes.withUnsafeBytes { raw in
        var reader = PlainReader(raw)
        do throws(Unusual) {
            let value = try read(&reader)
            try reader.end()
            return value
        } catch {
            return nil
        }
    }
}
