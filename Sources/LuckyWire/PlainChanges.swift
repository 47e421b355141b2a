internal import LuckyCausality
internal import LuckyModel

// What a tap, a page and a check read most, by ``PlainReader``.

extension PlainReader {
    /// A message within the message.
    mutating func message<Value>(
        _ field: UInt64, _ read: (inout PlainReader) throws(Unusual) -> Value
    ) throws(Unusual) -> Value? {
        guard let bytes = try bytes(field) else { return nil }
        var reader = PlainReader(bytes)
        let value = try read(&reader)
        try reader.end()
        return value
    }

    mutating func dot(_ replica: UInt64, _ counter: UInt64) throws(Unusual) -> Dot {
        let replica = try Self.required(try value(replica) { ReplicaID(bytes: $0) })
        return Dot(replica, try Self.counter(try number(counter)))
    }

    private static func counter(_ value: UInt64?) throws(Unusual) -> UInt64 {
        guard let value, value > 0, value < Dot.counterLimit else { throw Unusual() }
        return value
    }

    private static func exact(_ value: Int64) throws(Unusual) -> Int64 {
        guard value.magnitude < Dot.counterLimit else { throw Unusual() }
        return value
    }

    mutating func exactSigned(_ field: UInt64) throws(Unusual) -> Int64 {
        try Self.exact(try signed(field) ?? 0)
    }

    mutating func vector(_ field: UInt64) throws(Unusual) -> VersionVector {
        var entries: [VersionVector.Entry] = []
        while let entry = try message(
            field,
            { reader throws(Unusual) in
                let dot = try reader.dot(1, 2)
                return VersionVector.Entry(replica: dot.replica, counter: dot.counter)
            })
        {
            entries.append(entry)
        }
        guard entries.count <= Bounds.vectorEntries,
            let vector = VersionVector(canonical: entries)
        else { throw Unusual() }
        return vector
    }

    mutating func hlc(_ field: UInt64) throws(Unusual) -> HLC {
        try Self.required(
            try message(field) { reader throws(Unusual) in
                let milliseconds = try reader.exactSigned(1)
                guard milliseconds >= 0 else { throw Unusual() }
                return HLC(milliseconds: milliseconds, logical: try reader.short(2) ?? 0)
            })
    }

    mutating func stamp() throws(Unusual) -> Stamp {
        let author = try identifier(1) ?? ""
        guard let role = UInt8(exactly: try short(2) ?? 0),
            let relation = UInt8(exactly: try short(3) ?? 0)
        else { throw Unusual() }
        let hlc = try hlc(4)
        let writtenAt = try exactSigned(5)
        var receivedAt: Int64?
        if let value = try signed(6) { receivedAt = try Self.exact(value) }
        let carrier = try identifier(7)
        if let carrier, carrier.isEmpty { throw Unusual() }
        return Stamp(
            author: author, role: Role(rawValue: role),
            relation: ScopeRelation(rawValue: relation), hlc: hlc, writtenAt: writtenAt,
            receivedAt: receivedAt, carriedBy: carrier)
    }

    mutating func planValue() throws(Unusual) -> PlanValue {
        if let value = try text(1) { return .text(value) }
        if let value = try identifier(2) { return .name(value) }
        if let value = try zigzag(3) { return .integer(try Self.exact(value)) }
        if let value = try number(4) {
            guard value < 2 else { throw Unusual() }
            return .flag(value == 1)
        }
        if let value = try zigzag(5) {
            return .money(try Self.required(Money(cents: value)))
        }
        if let value = try message(6, { reader throws(Unusual) in try reader.quantities() }) {
            return .quantities(value)
        }
        if let value = try value(9, { EntityID(bytes: $0) }) { return .entity(value) }
        throw Unusual()
    }

    mutating func quantities() throws(Unusual) -> Quantities {
        var pairs: [(product: Product, count: Int)] = []
        while let pair = try message(
            1,
            { reader throws(Unusual) in
                let product = Product(try reader.identifier(1) ?? "")
                guard let count = Int(exactly: try reader.zigzag(2) ?? 0), count != 0,
                    count.magnitude <= Bounds.quantity
                else { throw Unusual() }
                return (product: product, count: count)
            })
        {
            if let last = pairs.last, last.product >= pair.product { throw Unusual() }
            pairs.append(pair)
        }
        return try Self.required(Quantities(pairs))
    }
}

extension PageChange {
    /// Nil where it is not as this build writes it.
    init?(plain bytes: [UInt8]) {
        let change = LuckyWire.plain(bytes) { reader throws(Unusual) in
            let id = try PlainReader.required(try reader.value(1) { ChangeID(bytes: $0) })
            let index = try reader.short(2) ?? 0
            guard index < Bounds.changesPerChangeset else { throw Unusual() }
            let dot = try reader.dot(3, 4)
            let core = Array(try PlainReader.required(try reader.bytes(5)))
            let personal = try reader.bytes(6)
            if let personal, personal.isEmpty { throw Unusual() }
            let hash = try reader.value(7) { Hash256(bytes: $0) }
            if personal != nil, hash != nil { throw Unusual() }
            let stamp = try PlainReader.required(
                try reader.message(8) { reader throws(Unusual) in try reader.stamp() })
            let context = try reader.vector(9)
            let witness = try reader.value(10) { ReplicaID(bytes: $0) }
            return PageChange(
                ref: FactRef(change: id, index: Int(index)), dot: dot,
                encoded: hash.map { EncodedChange(core: core, redacted: $0) }
                    ?? EncodedChange(core: core, personal: personal.map { Array($0) }),
                stamp: stamp, context: context, witnessedBy: witness)
        }
        guard let change else { return nil }
        self = change
    }
}

extension Change {
    /// A plan write; nil for anything else, and where it is not as this build writes it.
    init?(plainPlan encoded: EncodedChange) {
        guard
            let (entity, field, open) = plain(
                encoded.core,
                { reader throws(Unusual) in
                    let entity = try PlainReader.required(
                        try reader.value(1) { EntityID(bytes: $0) })
                    let write = try reader.message(2) { reader throws(Unusual) in
                        let field = try PlainReader.required(try reader.short(1))
                        let value = try reader.message(2) { reader throws(Unusual) in
                            try reader.planValue()
                        }
                        return (PlanField(rawValue: field), value)
                    }
                    guard let write, write.0.rawValue > 0 else { throw Unusual() }
                    return (entity, write.0, write.1)
                })
        else { return nil }
        guard field.isPersonal else {
            guard encoded.personal == nil else { return nil }
            self = Change(entity, .plan(field, open ?? .none))
            return
        }
        guard open == nil else { return nil }
        guard let bytes = encoded.personal else {
            self = Change(entity, .plan(field, .none))
            return
        }
        guard bytes.count >= ChangeCodec.saltBytes,
            let value = plain(
                Array(bytes.dropFirst(ChangeCodec.saltBytes)),
                { reader throws(Unusual) in
                    try reader.message(4) { reader throws(Unusual) in try reader.planValue() }
                })
        else { return nil }
        self = Change(entity, .plan(field, value ?? .none))
    }
}

extension ChangesetHeader {
    /// Nil where it is not as this build writes it; for the first of an epoch and for an import
    /// too.
    init?(plain bytes: [UInt8]) {
        let header = LuckyWire.plain(bytes) { reader throws(Unusual) in
            guard try reader.short(1) == Self.format else { throw Unusual() }
            let id = try PlainReader.required(try reader.value(2) { ChangeID(bytes: $0) })
            let author = try reader.identifier(3) ?? ""
            let wall = try reader.exactSigned(4)
            let monotonic = try reader.exactSigned(5)
            guard monotonic >= 0 else { throw Unusual() }
            let boot = try PlainReader.required(try reader.value(6) { BootID(bytes: $0) })
            let hlc = try reader.hlc(7)
            let checkpoint = try reader.message(8) { reader throws(Unusual) in
                try reader.checkpoint()
            }
            return ChangesetHeader(
                changeID: id, author: author,
                time: DeviceTime(
                    wallMilliseconds: wall, monotonicMilliseconds: monotonic, boot: boot),
                hlc: hlc, checkpoint: checkpoint, contexts: try reader.contexts(9))
        }
        guard let header else { return nil }
        self = header
    }
}

extension PlainReader {
    mutating func checkpoint() throws(Unusual) -> Checkpoint {
        let history = try Self.required(try value(1) { HistoryID(bytes: $0) })
        let depot = try identifier(2) ?? ""
        let sequence = try number(3) ?? 0
        guard sequence < Dot.counterLimit else { throw Unusual() }
        let tag = try fixed(4) ?? 0
        return Checkpoint(
            history: history, depot: depot, sequence: sequence, tag: Checkpoint.read(tag))
    }

    fileprivate mutating func contexts(
        _ field: UInt64
    ) throws(Unusual) -> [EntityID: VersionVector] {
        var contexts: [EntityID: VersionVector] = [:]
        var last: EntityID?
        while let (entity, vector) = try message(
            field,
            { reader throws(Unusual) in
                let entity = try Self.required(try reader.value(1) { EntityID(bytes: $0) })
                return (entity, try reader.vector(2))
            })
        {
            if let last, last >= entity { throw Unusual() }
            contexts[entity] = vector
            last = entity
        }
        return contexts
    }
}
