internal import LuckyModel

/// Columns as they are filled. A column is two rows of bytes: numbers as varints, and words as they
/// are. Zeros at the end of the numbers are left out, so that a column in which everything came as
/// expected has no bytes.
struct ColumnsWriter {
    private var columns: [(numbers: [UInt8], words: [UInt8])] = []
    private var places: [UInt64: Int] = [:]

    private mutating func place(_ key: UInt64) -> Int {
        if let place = places[key] { return place }
        columns.append(([], []))
        places[key] = columns.count - 1
        return columns.count - 1
    }

    mutating func number(_ value: UInt64, _ key: UInt64) {
        columns[place(key)].numbers.append(varint: value)
    }

    mutating func bytes(_ value: some Sequence<UInt8>, _ key: UInt64) {
        columns[place(key)].words.append(contentsOf: value)
    }

    /// The bytes of each column, its two lengths beside.
    var sizes: [(field: PackedField, bytes: Int)] {
        places.sorted { $0.value < $1.value }.map { key, place in
            let numbers = (columns[place].numbers.lastIndex { $0 != 0 } ?? -1) + 1
            return (PackedField(key: key), numbers + columns[place].words.count)
        }
    }

    /// Number of columns, per column the lengths of both rows, then all numbers, then all words.
    var encoded: [UInt8] {
        let trimmed = columns.map { column in
            let kept = (column.numbers.lastIndex { $0 != 0 } ?? -1) + 1
            return (numbers: column.numbers[..<kept], words: column.words)
        }
        let used = (trimmed.lastIndex { !$0.numbers.isEmpty || !$0.words.isEmpty } ?? -1) + 1
        var bytes: [UInt8] = []
        bytes.append(varint: UInt64(used))
        for column in trimmed[..<used] { bytes.append(varint: UInt64(column.numbers.count)) }
        for column in trimmed[..<used] { bytes.append(varint: UInt64(column.words.count)) }
        for column in trimmed[..<used] { bytes += column.numbers }
        for column in trimmed[..<used] { bytes += column.words }
        return bytes
    }
}

/// Reads what ``ColumnsWriter`` wrote, if it is asked for the same things in the same order. Past a
/// column's last number there are zeros for ever: the caller bounds what it makes of them.
struct ColumnsReader {
    private let bytes: [UInt8]
    private var columns: [(numbers: Range<Int>, words: Range<Int>)] = []
    private var places: [UInt64: Int] = [:]
    private var used = 0

    init(_ bytes: [UInt8], from start: Int) throws(WireError) {
        self.bytes = bytes
        var offset = start
        let count = try Self.varint(bytes, &offset, bytes.count)
        guard count <= UInt64(Bounds.packedColumns) else { throw .invalid("\(count) columns") }
        var lengths: [Int] = []
        for _ in 0..<count * 2 {
            let length = try Self.varint(bytes, &offset, bytes.count)
            guard length <= UInt64(bytes.count) else { throw .truncated }
            lengths.append(Int(length))
        }
        var ranges: [Range<Int>] = []
        for length in lengths {
            guard length <= bytes.count - offset else { throw .truncated }
            ranges.append(offset..<offset + length)
            offset += length
        }
        guard offset == bytes.count else { throw .invalid("bytes after the columns") }
        let half = ranges.count / 2
        columns = (0..<half).map { (ranges[$0], ranges[half + $0]) }
    }

    /// Whether every byte was asked for.
    var isAtEnd: Bool {
        columns.allSatisfy { $0.numbers.isEmpty && $0.words.isEmpty }
    }

    private mutating func place(_ key: UInt64) throws(WireError) -> Int? {
        if let place = places[key] { return place < columns.count ? place : nil }
        guard used < Bounds.packedColumns else { throw .invalid("\(used) columns") }
        places[key] = used
        defer { used += 1 }
        return used < columns.count ? used : nil
    }

    mutating func number(_ key: UInt64) throws(WireError) -> UInt64 {
        guard let place = try place(key), !columns[place].numbers.isEmpty else { return 0 }
        let range = columns[place].numbers
        var offset = range.lowerBound
        let value = try Self.varint(bytes, &offset, range.upperBound)
        columns[place].numbers = offset..<range.upperBound
        return value
    }

    mutating func bytes(_ count: UInt64, _ key: UInt64) throws(WireError) -> ArraySlice<UInt8> {
        guard let place = try place(key) else {
            guard count == 0 else { throw .truncated }
            return []
        }
        let range = columns[place].words
        guard count <= UInt64(range.count) else { throw .truncated }
        let end = range.lowerBound + Int(count)
        columns[place].words = end..<range.upperBound
        return bytes[range.lowerBound..<end]
    }

    private static func varint(
        _ bytes: [UInt8], _ offset: inout Int, _ end: Int
    ) throws(WireError) -> UInt64 {
        guard let value = Varint.read(bytes, &offset, end) else { throw .truncated }
        return value
    }
}

/// Numbers of seven bits a byte, the least first: each in its shortest form, so that reading and
/// writing again gives the same bytes.
enum Varint {
    /// Nil where the bytes end, where it is longer than need be, or over 64 bits.
    static func read(_ bytes: [UInt8], _ offset: inout Int, _ end: Int) -> UInt64? {
        var value: UInt64 = 0
        var shift: UInt64 = 0
        var at = offset
        while at < end, shift < 64 {
            let byte = bytes[at]
            at += 1
            guard shift < 63 || byte < 2 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 {
                guard byte != 0 || shift == 0 else { return nil }
                offset = at
                return value
            }
            shift += 7
        }
        return nil
    }

    /// The distance of two numbers, small either way.
    static func zigzag(_ value: UInt64, from expected: UInt64) -> UInt64 {
        let step = Int64(bitPattern: value &- expected)
        return UInt64(bitPattern: step &<< 1 ^ step &>> 63)
    }

    /// The number at such a distance.
    static func unzigzag(_ step: UInt64, from expected: UInt64) -> UInt64 {
        expected &+ (step >> 1 ^ (0 &- (step & 1)))
    }
}

extension [UInt8] {
    mutating func append(varint value: UInt64) {
        var rest = value
        while rest > 0x7F {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }
}
