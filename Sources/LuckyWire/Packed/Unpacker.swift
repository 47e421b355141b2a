internal import LuckyCausality
internal import LuckyModel

/// Takes envelopes out of columns, one after the other, in the order in which ``Packer`` put them
/// there. Every byte that it makes counts against a bound, before it is made where it may be large:
/// a column's missing numbers are zeros for ever.
struct Unpacker {
    private var columns: ColumnsReader
    private var model = PackModel()
    private var shapes: [PackedField: [MessageShape]] = [:]
    private var last: (dot: Dot, hash: Hash256)?
    private var bytesLeft: Int

    init(_ columns: ColumnsReader, maximumBytes: Int) {
        self.columns = columns
        bytesLeft = maximumBytes
    }

    var isAtEnd: Bool { columns.isAtEnd }

    private mutating func spend(_ bytes: Int) throws(WireError) {
        guard bytes <= bytesLeft else { throw .invalid("packed changesets over their bound") }
        bytesLeft -= bytes
    }

    mutating func next() throws(WireError) -> [UInt8] {
        switch try columns.number(PackedField.name.key) {
        case 0:
            guard let last, last.dot.counter + 1 < Dot.counterLimit else {
                throw .invalid("packed changeset without a name")
            }
            return try envelope(Dot(last.dot.replica, last.dot.counter + 1), last.hash)
        case 1:
            let name = try columns.bytes(12, PackedField.name.key)
            let counter = try columns.number(PackedField.counter.key)
            let hash = try columns.bytes(32, PackedField.previous.key)
            guard let replica = ReplicaID(bytes: Array(name)), counter > 0,
                counter < Dot.counterLimit, let previous = Hash256(bytes: Array(hash))
            else { throw .invalid("packed changeset without a name") }
            return try envelope(Dot(replica, counter), previous)
        case 2:
            last = nil
            let count = try columns.number(PackedField.verbatim.key)
            let bytes = Array(try columns.bytes(count, PackedField.verbatim.key))
            try spend(bytes.count)
            return bytes
        default: throw .invalid("packed changeset of another kind")
        }
    }

    private mutating func envelope(
        _ dot: Dot, _ previous: Hash256
    ) throws(WireError) -> [UInt8] {
        let count = try number(.changeCount)
        guard count <= UInt64(UInt16.max) else { throw .invalid("\(count) changes") }
        try spend(58 + Int(count) * 8)
        var changes: [EncodedChange] = []
        for _ in 0..<count { changes.append(try change()) }
        model.beginChange()
        let header = try message(as: .header, .headerShape)
        try spend(model.endChangeset(of: dot.replica.bytes, dot.counter))
        let envelope = Envelope(header: header, changes: changes, dot: dot, previous: previous)
        last = (dot, envelope.hash)
        return envelope.bytes
    }

    private mutating func change() throws(WireError) -> EncodedChange {
        model.beginChange()
        let core = try message(as: .core, .coreShape)
        switch try number(.personalShape) {
        case 0: return EncodedChange(core: core, personal: nil)
        case 1:
            try spend(32)
            let bytes = try columns.bytes(32, PackedField.salt.key)
            guard let hash = Hash256(bytes: Array(bytes)), hash != .zero else {
                throw .invalid("redacted, and nothing was there")
            }
            return EncodedChange(core: core, redacted: hash)
        case 2: return EncodedChange(core: core, personal: try word(.raw))
        case 3:
            try spend(ChangeCodec.saltBytes)
            let salt = try columns.bytes(UInt64(ChangeCodec.saltBytes), PackedField.salt.key)
            return EncodedChange(
                core: core, personal: salt + (try message(as: .personal, .personal)))
        default: throw .invalid("packed personal bytes of another kind")
        }
    }

    // MARK: Messages

    private mutating func message(
        as root: PackedField, _ column: PackedField
    ) throws(WireError) -> [UInt8] {
        let number = try number(column)
        guard number > 0 else { return try word(.raw) }
        let known = shapes[column]?.count ?? 0
        guard number <= UInt64(known) + 1 else { throw .invalid("packed shape") }
        if number == UInt64(known) + 1 {
            let count = try columns.number(PackedField.raw.key)
            let bytes = try columns.bytes(count, column.key)
            shapes[column, default: []].append(try MessageShape(reading: bytes, of: root))
        }
        guard let shape = shapes[column]?[Int(number) - 1] else { throw .invalid("packed shape") }
        var place = 0
        return try fields(of: shape, from: &place, at: root)
    }

    /// The fields up to the end of their message, as protobuf writes them.
    private mutating func fields(
        of shape: MessageShape, from place: inout Int, at path: PackedField
    ) throws(WireError) -> [UInt8] {
        var bytes: [UInt8] = []
        while place < shape.tokens.count {
            let token = shape.tokens[place]
            place += 1
            if token == MessageShape.ends { break }
            let field = path.field(token >> 3)
            try spend(2)
            switch token & 7 {
            case 0:
                bytes.append(varint: token)
                let value = try number(model.column(field))
                try spend(10)
                bytes.append(varint: value)
            case 1, 5:
                bytes.append(varint: token)
                bytes += try word(model.column(field), fixed: token & 7 == 1 ? 8 : 4)
            case 2:
                bytes.append(varint: token)
                let word = try word(model.column(field))
                bytes.append(varint: UInt64(word.count))
                bytes += word
            case MessageShape.begins:
                let inner = try fields(of: shape, from: &place, at: field)
                bytes.append(varint: token - 1)
                bytes.append(varint: UInt64(inner.count))
                bytes += inner
            default:
                for context in try contexts() { bytes += context.encoded }
            }
        }
        return bytes
    }

    // MARK: Values

    private mutating func number(_ column: PackedField) throws(WireError) -> UInt64 {
        let step = try columns.number(column.key)
        let value = Varint.unzigzag(step, from: model.expected(column))
        model.note(value, column)
        return value
    }

    private mutating func word(
        _ column: PackedField, fixed: UInt64? = nil
    ) throws(WireError) -> [UInt8] {
        let number = try columns.number(column.key)
        let isID = column == .changeID
        var word: [UInt8]?
        switch number {
        case 0: word = isID ? model.id(0) : model.word(nil, column)
        case 1:
            var count = fixed ?? 0
            if fixed == nil { count = try columns.number(column.key) }
            word = Array(try columns.bytes(count, column.key))
        case _ where isID: word = model.id(number - 1)
        case 2: word = model.id(try columns.number(column.key))
        default: word = model.word(number - 3, column)
        }
        guard let word, fixed.map({ $0 == UInt64(word.count) }) ?? true else {
            throw .invalid("packed word that was not said before")
        }
        try spend(word.count)
        model.note(word, column)
        return word
    }

    private mutating func contexts() throws(WireError) -> [PackedContext] {
        let number = try columns.number(PackedField.contextEntity.key)
        var entities = model.expectedEntities
        if number > 0 {
            entities = []
            for _ in 0..<number {
                let entity = try word(.contextEntity)
                guard entity.count == 17 else { throw .invalid("packed context") }
                entities.append(entity)
            }
        }
        var result: [PackedContext] = []
        for entity in entities {
            guard entity.count == 17 else { throw .invalid("packed context") }
            var context = PackedContext(entity: entity, vector: [])
            let count = try columns.number(PackedField.contextVector.key)
            if count == 0 {
                context.vector = model.expectedVector(entity)
                try spend(context.vector.count * 18)
            } else {
                for _ in 0..<count - 1 { context.vector.append(try entry()) }
            }
            try spend(20)
            model.note(context)
            result.append(context)
        }
        return result
    }

    private mutating func entry() throws(WireError) -> PackedContext.Entry {
        let replica = try word(.contextReplica)
        let step = try columns.number(PackedField.contextCounter.key)
        let counter = Varint.unzigzag(step, from: model.expectedCounter(replica))
        guard replica.count == 12 else { throw .invalid("packed context") }
        return PackedContext.Entry(replica: replica, counter: counter)
    }
}
