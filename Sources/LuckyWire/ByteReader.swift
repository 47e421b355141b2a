/// Reads little-endian integers and runs of bytes, and never past the end.
struct ByteReader {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - offset }

    mutating func take(_ count: Int) throws(WireError) -> [UInt8] {
        guard count >= 0, count <= remaining else { throw .truncated }
        defer { offset += count }
        return Array(bytes[offset..<offset + count])
    }

    mutating func integer<T: FixedWidthInteger & UnsignedInteger>(
        _ type: T.Type
    ) throws(WireError) -> T {
        let width = T.bitWidth / 8
        guard width <= remaining else { throw .truncated }
        defer { offset += width }
        var value: T = 0
        for index in stride(from: offset + width - 1, through: offset, by: -1) {
            value = value << 8 | T(bytes[index])
        }
        return value
    }
}
