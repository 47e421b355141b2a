internal import LuckyCausality
internal import LuckyModel

// What every answer has in it, as the generated code writes it.

extension SyncResponse.Answer {
    /// A protobuf `Answer`.
    func plainBytes() -> [UInt8] {
        var writer = PlainWriter(capacity: 256)
        writer.number(1, UInt64(SyncProtocol.version))
        writer.number(2, UInt64(UInt32(clamping: ruleVersion)))
        writer.bytes(3, history.bytes)
        writer.bytes(4, depot.utf8)
        writer.fixed(5, nonce)
        writer.signed(6, hubTime)
        if let head {
            writer.number(7, head.counter)
            writer.bytes(8, head.hash.bytes)
        }
        switch direction {
        case .carryOn: writer.message(9, [])
        case .sendFrom(let counter): writer.message(10) { $0.number(1, counter) }
        case .fork(let lastCommon): writer.message(11) { $0.number(1, lastCommon) }
        case .rebaselineNeeded: writer.message(12, [])
        }
        writer.bytes(13, standing)
        if readsPacked { writer.message(14) { $0.varint(UInt64(PackedChangesets.format)) } }
        return writer.bytes
    }
}

extension Receipt {
    /// A protobuf `Receipt` of what this build knows.
    func plainBytes() -> [UInt8] {
        var writer = PlainWriter(capacity: 160)
        writer.bytes(1, history.bytes)
        writer.bytes(2, replica.bytes)
        writer.number(3, counters.lowerBound)
        writer.number(4, counters.upperBound)
        writer.bytes(5, hash.bytes)
        switch result {
        case .accepted: writer.message(6, [])
        case .already(let dot):
            writer.message(7) {
                $0.bytes(1, dot.replica.bytes)
                $0.number(2, dot.counter)
            }
        case .quarantined(let reason): writer.message(8) { $0.bytes(1, Array(reason.utf8)) }
        }
        for entry in sequences {
            writer.message(9) {
                $0.bytes(1, entry.depot.utf8)
                $0.number(2, entry.sequence)
            }
        }
        writer.signed(10, receivedAt)
        writer.number(11, backupMark)
        return writer.bytes
    }
}

extension Page {
    /// A protobuf `PageStart`.
    func plainStart() -> [UInt8] {
        var writer = PlainWriter(capacity: 128)
        writer.bytes(1, history.bytes)
        writer.bytes(2, replica.bytes)
        if let from { writer.checkpoint(3, from) }
        return writer.bytes
    }

    /// A protobuf `PageEnd`.
    func plainEnd() -> [UInt8] {
        var writer = PlainWriter(capacity: 128)
        writer.checkpoint(1, checkpoint)
        writer.number(2, UInt64(UInt32(clamping: parts.count)))
        writer.number(3, UInt64(UInt32(clamping: changeCount)))
        writer.number(4, hasMore ? 1 : 0)
        if let scopeDigest { writer.bytes(5, scopeDigest.bytes) }
        writer.number(6, UInt64(UInt32(clamping: scopeEntities)))
        writer.bytes(7, resume)
        return writer.bytes
    }
}

extension PlainWriter {
    fileprivate mutating func checkpoint(_ field: UInt64, _ value: Checkpoint) {
        message(field) { writer in
            writer.bytes(1, value.history.bytes)
            writer.bytes(2, value.depot.utf8)
            writer.number(3, value.sequence)
            writer.fixed(4, value.tag)
        }
    }
}
