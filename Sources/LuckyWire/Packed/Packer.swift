internal import LuckyCausality
internal import LuckyModel

/// Writes envelopes into columns, one after the other.
struct Packer {
    private(set) var columns = ColumnsWriter()
    private var model = PackModel()
    private var shapes: [PackedField: [MessageShape: UInt64]] = [:]
    /// The last envelope's name and hash.
    private var last: (dot: Dot, hash: Hash256)?

    mutating func add(_ bytes: [UInt8]) {
        guard let envelope = try? Envelope(reading: bytes) else { return addVerbatim(bytes) }
        let isNext =
            last.map {
                $0.dot.replica == envelope.dot.replica && $0.hash == envelope.previous
                    && $0.dot.counter + 1 == envelope.dot.counter
            } ?? false
        columns.number(isNext ? 0 : 1, PackedField.name.key)
        if !isNext {
            columns.bytes(envelope.dot.replica.bytes, PackedField.name.key)
            columns.number(envelope.dot.counter, PackedField.counter.key)
            columns.bytes(envelope.previous.bytes, PackedField.previous.key)
        }
        number(UInt64(envelope.changes.count), .changeCount)
        for change in envelope.changes { add(change) }
        model.beginChange()
        message(envelope.header, as: .header, .headerShape)
        model.endChangeset(of: envelope.dot.replica.bytes, envelope.dot.counter)
        last = (envelope.dot, envelope.hash)
    }

    /// What is no envelope goes as it is.
    private mutating func addVerbatim(_ bytes: [UInt8]) {
        columns.number(2, PackedField.name.key)
        columns.number(UInt64(bytes.count), PackedField.verbatim.key)
        columns.bytes(bytes, PackedField.verbatim.key)
        last = nil
    }

    private mutating func add(_ change: EncodedChange) {
        model.beginChange()
        message(change.core, as: .core, .coreShape)
        guard let personal = change.personal else {
            number(change.lacksPersonal ? 1 : 0, .personalShape)
            if change.lacksPersonal {
                columns.bytes(change.personalHash.bytes, PackedField.salt.key)
            }
            return
        }
        guard personal.count >= ChangeCodec.saltBytes else {
            number(2, .personalShape)
            return word(personal, .raw)
        }
        number(3, .personalShape)
        columns.bytes(personal[..<ChangeCodec.saltBytes], PackedField.salt.key)
        message(Array(personal[ChangeCodec.saltBytes...]), as: .personal, .personal)
    }

    /// A message's shape, then its values; one that is not plain goes as it is.
    private mutating func message(
        _ bytes: [UInt8], as root: PackedField, _ column: PackedField
    ) {
        guard let (shape, leaves) = MessageShape.read(bytes, as: root) else {
            number(0, column)
            return word(bytes, .raw)
        }
        let known = UInt64(shapes[column]?.count ?? 0)
        let place = shapes[column]?[shape]
        // 0 is for bytes as they are.
        number((place ?? known) + 1, column)
        if place == nil {
            shapes[column, default: [:]][shape] = known
            let encoded = shape.encoded
            columns.number(UInt64(encoded.count), PackedField.raw.key)
            columns.bytes(encoded, column.key)
        }
        for leaf in leaves {
            switch leaf {
            case .number(let field, let value): number(value, model.column(field))
            case .bytes(let field, let range, let isFixed):
                word(Array(bytes[range]), model.column(field), isFixed: isFixed)
            case .contexts(let contexts): add(contexts)
            }
        }
    }

    private mutating func number(_ value: UInt64, _ column: PackedField) {
        columns.number(Varint.zigzag(value, from: model.expected(column)), column.key)
        model.note(value, column)
    }

    private mutating func word(_ word: [UInt8], _ column: PackedField, isFixed: Bool = false) {
        let saying = model.saying(word, column)
        columns.number(saying.number(isID: column == .changeID), column.key)
        switch saying {
        case .new:
            if !isFixed { columns.number(UInt64(word.count), column.key) }
            columns.bytes(word, column.key)
        case .near(let step) where column != .changeID: columns.number(step, column.key)
        case .near, .same, .known: break
        }
        model.note(word, column)
    }

    private mutating func add(_ contexts: [PackedContext]) {
        let isExpected = contexts.map(\.entity) == model.expectedEntities
        columns.number(isExpected ? 0 : UInt64(contexts.count), PackedField.contextEntity.key)
        for context in contexts {
            if !isExpected { word(context.entity, .contextEntity) }
            let expected = model.expectedVector(context.entity)
            if context.vector == expected {
                columns.number(0, PackedField.contextVector.key)
            } else {
                columns.number(UInt64(context.vector.count) + 1, PackedField.contextVector.key)
                for entry in context.vector {
                    word(entry.replica, .contextReplica)
                    let step = Varint.zigzag(
                        entry.counter, from: model.expectedCounter(entry.replica))
                    columns.number(step, PackedField.contextCounter.key)
                }
            }
            model.note(context)
        }
    }
}
