internal import LuckyModel

/// What a protobuf message consists of, without its values: its fields' tags in order. Most messages
/// of a kind have the same one. A number below is a tag, field number × 8 + type: 0 varint, 1 eight
/// bytes, 2 bytes, 5 four bytes, as in protobuf; ``begins`` a message, which goes on to ``ends``;
/// ``contexts`` all of a header's contexts.
struct MessageShape: Hashable {
    static let begins: UInt64 = 3
    static let contexts: UInt64 = 4
    static let ends: UInt64 = 0
    /// Messages within messages; a change has five at most.
    static let depth = 8

    private(set) var tokens: [UInt64] = []
    /// They stand in one place; what stands elsewhere goes as bytes.
    private var hasContexts = false

    /// As it is sent: the number of its bytes stands before it.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        for token in tokens { bytes.append(varint: token) }
        return bytes
    }

    /// - Throws: where it is not one that a message can have.
    init(reading bytes: ArraySlice<UInt8>, of root: PackedField) throws(WireError) {
        let bytes = Array(bytes)
        var offset = 0
        var depth = 0
        while offset < bytes.count {
            guard let token = Varint.read(bytes, &offset, bytes.count), token <= UInt32.max else {
                throw .invalid("packed shape")
            }
            tokens.append(token)
            switch token & 7 {
            case _ where token == Self.ends: depth -= 1
            case Self.begins: depth += 1
            case 0, 1, 2, 5: break
            case Self.contexts where root == .header && depth == 0 && !hasContexts:
                hasContexts = true
            default: throw .invalid("packed shape")
            }
            guard token == Self.ends || token >= 8, (0...Self.depth).contains(depth) else {
                throw .invalid("packed shape")
            }
        }
        guard depth == 0 else { throw .invalid("packed shape") }
    }

    private init() {}
}

/// One value of a message, and where it stands.
enum PackedLeaf {
    case number(PackedField, UInt64)
    /// Bytes of this range, of fixed length or not.
    case bytes(PackedField, Range<Int>, isFixed: Bool)
    case contexts([PackedContext])
}

/// What one header says of one entity: its 17 bytes, and the vector seen.
struct PackedContext: Hashable {
    struct Entry: Hashable {
        var replica: [UInt8]
        var counter: UInt64
    }
    var entity: [UInt8]
    var vector: [Entry]
}

extension MessageShape {
    /// A message's shape and its values.
    /// - Returns: nil where the bytes are not what writing those again would give: numbers longer
    ///   than need be, groups, a cut.
    static func read(
        _ bytes: [UInt8], as root: PackedField
    ) -> (shape: MessageShape, leaves: [PackedLeaf])? {
        var reading = Reading(bytes: bytes)
        guard reading.message(to: bytes.count, at: root, depth: 0) else { return nil }
        return (reading.shape, reading.leaves)
    }

    private struct Reading {
        let bytes: [UInt8]
        var offset = 0
        var shape = MessageShape()
        var leaves: [PackedLeaf] = []

        mutating func message(to end: Int, at path: PackedField, depth: Int) -> Bool {
            while offset < end {
                let start = offset
                guard let tag = Varint.read(bytes, &offset, end), tag >= 8, tag <= UInt32.max else {
                    return false
                }
                let field = path.field(tag >> 3)
                var isRead = false
                switch tag & 7 {
                case 0: isRead = number(to: end, field)
                case 1: isRead = fixed(8, to: end, field)
                case 5: isRead = fixed(4, to: end, field)
                case 2:
                    if path == .header, field == .context {
                        offset = start
                        if contexts(to: end) { continue }
                        offset = start
                        _ = Varint.read(bytes, &offset, end)
                    }
                    guard let length = Varint.read(bytes, &offset, end),
                        length <= UInt64(end - offset)
                    else { return false }
                    let last = offset + Int(length)
                    if depth < MessageShape.depth, field.isMessage,
                        within(to: last, tag, field, depth: depth)
                    {
                        continue
                    }
                    leaves.append(.bytes(field, offset..<last, isFixed: false))
                    offset = last
                    isRead = true
                default: break
                }
                guard isRead else { return false }
                shape.tokens.append(tag)
            }
            return true
        }

        /// A message within the message; false, and nothing read, where it is none.
        private mutating func within(
            to end: Int, _ tag: UInt64, _ field: PackedField, depth: Int
        ) -> Bool {
            let before = self
            shape.tokens.append(tag + 1)
            guard message(to: end, at: field, depth: depth + 1) else {
                self = before
                return false
            }
            shape.tokens.append(MessageShape.ends)
            return true
        }

        private mutating func number(to end: Int, _ field: PackedField) -> Bool {
            guard let value = Varint.read(bytes, &offset, end) else { return false }
            leaves.append(.number(field, value))
            return true
        }

        private mutating func fixed(_ count: Int, to end: Int, _ field: PackedField) -> Bool {
            guard count <= end - offset else { return false }
            leaves.append(.bytes(field, offset..<offset + count, isFixed: true))
            offset += count
            return true
        }

        /// All contexts from here on; false where one of them is not as this build writes it.
        private mutating func contexts(to end: Int) -> Bool {
            guard !shape.hasContexts else { return false }
            var read: [PackedContext] = []
            while offset < end, bytes[offset] == PackedContext.tag {
                offset += 1
                guard let length = Varint.read(bytes, &offset, end), length <= UInt64(end - offset),
                    let context = PackedContext(bytes, &offset, offset + Int(length))
                else { return false }
                read.append(context)
            }
            guard !read.isEmpty else { return false }
            shape.hasContexts = true
            shape.tokens.append(9 << 3 | MessageShape.contexts)
            leaves.append(.contexts(read))
            return true
        }
    }
}

extension PackedContext {
    static let tag: UInt8 = 9 << 3 | 2

    /// Nil where the bytes are not one as this build writes it.
    fileprivate init?(_ bytes: [UInt8], _ offset: inout Int, _ end: Int) {
        func take(_ tag: UInt8, _ count: Int) -> [UInt8]? {
            guard end - offset >= count + 2, bytes[offset] == tag, bytes[offset + 1] == count else {
                return nil
            }
            defer { offset += count + 2 }
            return Array(bytes[offset + 2..<offset + 2 + count])
        }
        guard let entity = take(0x0A, 17) else { return nil }
        self.init(entity: entity, vector: [])
        while offset < end {
            guard end - offset >= 2, bytes[offset] == 0x12 else { return nil }
            let last = offset + 2 + Int(bytes[offset + 1])
            offset += 2
            guard last <= end, let replica = take(0x0A, 12), offset < last, bytes[offset] == 0x10
            else { return nil }
            offset += 1
            guard let counter = Varint.read(bytes, &offset, last), counter != 0, offset == last
            else { return nil }
            vector.append(Entry(replica: replica, counter: counter))
        }
    }

    /// As it stands in a header, with tag and length.
    var encoded: [UInt8] {
        var inner: [UInt8] = [0x0A, UInt8(truncatingIfNeeded: entity.count)] + entity
        for entry in vector {
            var bytes: [UInt8] = [0x0A, UInt8(truncatingIfNeeded: entry.replica.count)]
            bytes += entry.replica + [0x10]
            bytes.append(varint: entry.counter)
            inner += [0x12, UInt8(truncatingIfNeeded: bytes.count)] + bytes
        }
        var bytes = [Self.tag]
        bytes.append(varint: UInt64(inner.count))
        return bytes + inner
    }
}
