internal import LuckyCausality
internal import LuckyModel

// What every request has in it, read where it lies.

extension SyncRequest {
    /// A request's first frame as this build writes it, without changesets; nil for another, which
    /// the generated code reads or refuses: one that asks for buckets or repairs, too.
    init?(plain bytes: [UInt8]) {
        guard let request = LuckyWire.plain(bytes, Self.read) else { return nil }
        self = request
    }

    private static func read(_ reader: inout PlainReader) throws(Unusual) -> SyncRequest {
        guard try reader.number(1) == UInt64(SyncProtocol.version) else { throw Unusual() }
        let rules = try reader.short(2) ?? 0
        let replica = try PlainReader.required(try reader.value(3) { ReplicaID(bytes: $0) })
        let counter = try reader.number(4)
        let hash = try reader.value(5) { Hash256(bytes: $0) }
        var head: ChainHead?
        if let counter, let hash, (1..<Dot.counterLimit).contains(counter) {
            head = ChainHead(counter: counter, hash: hash)
        } else if counter != nil || hash != nil {
            throw Unusual()
        }
        let history = try reader.value(6) { HistoryID(bytes: $0) }
        let checkpoint = try reader.message(7) { reader throws(Unusual) in
            try reader.checkpoint()
        }
        let room = try reader.number(8) ?? 0
        let nonce = try reader.fixed(9) ?? 0
        let wantsDigest = try reader.number(10) ?? 0
        let phase = try SyncPhase(rawValue: reader.short(11) ?? 0)
        let wantsBuckets = try reader.number(12) ?? 0
        var request = SyncRequest(
            replica: replica, head: head, history: history, checkpoint: checkpoint,
            responseBytes: Int(clamping: room), nonce: nonce, wantsDigest: wantsDigest != 0,
            ruleVersion: Int(rules), changesets: [])
        request.phase = try PlainReader.required(phase)
        request.wantsBuckets = wantsBuckets != 0
        request.resume = try reader.run(15, limit: Bounds.resumeBytes)
        request.driver = try reader.value(16) {
            (1...Bounds.nameBytes).contains($0.count) ? Identifier(utf8: $0) : nil
        }
        request.standing = try reader.run(17, limit: Bounds.standingBytes)
        return request
    }
}

/// What a request's last frame announces.
struct RequestCounts: Hashable {
    var changesets: UInt32
    var offeredDigests: UInt32
    var offeredEntities: UInt32

    init(reading bytes: [UInt8]) throws(WireError) {
        if let counts = RequestCounts(plain: bytes) {
            self = counts
        } else {
            self.init(try parsed(PBRequestEnd.self, bytes))
        }
    }

    init(_ message: PBRequestEnd) {
        changesets = message.changesets
        offeredDigests = message.offeredDigests
        offeredEntities = message.offeredEntities
    }

    init?(plain bytes: [UInt8]) {
        let counts = LuckyWire.plain(bytes) { reader throws(Unusual) in
            (try reader.short(1) ?? 0, try reader.short(2) ?? 0, try reader.short(3) ?? 0)
        }
        guard let counts else { return nil }
        (changesets, offeredDigests, offeredEntities) = counts
    }
}

extension PlainReader {
    /// Bytes of a message's own; none where the field is absent.
    fileprivate mutating func run(_ field: UInt64, limit: Int) throws(Unusual) -> [UInt8] {
        guard let bytes = try bytes(field) else { return [] }
        guard bytes.count <= limit else { throw Unusual() }
        return Array(bytes)
    }
}
