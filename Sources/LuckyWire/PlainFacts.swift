internal import LuckyModel

// The facts that most taps record, by ``PlainReader``.

extension Change {
    /// Nil for any other fact, and where it is not as this build writes it.
    init?(plainFact encoded: EncodedChange) {
        guard Knowledge.current.unknownKinds.isEmpty, let said = Said(encoded.personal) else {
            return nil
        }
        let read = plain(encoded.core) { reader throws(Unusual) in
            let entity = try PlainReader.required(try reader.value(1) { EntityID(bytes: $0) })
            return (entity, try reader.fact(said))
        }
        guard let (entity, fact) = read else { return nil }
        self = Change(entity, .fact(fact))
    }
}

/// What stands in the personal bytes of such a fact.
private struct Said {
    var recipient: String?
    var note: String?

    init?(_ personal: [UInt8]?) {
        guard let personal else { return }
        guard personal.count >= ChangeCodec.saltBytes else { return nil }
        let read = plain(Array(personal.dropFirst(ChangeCodec.saltBytes))) {
            reader throws(Unusual) in (try reader.text(1), try reader.text(2))
        }
        guard let read else { return nil }
        recipient = read.0.flatMap { $0.isEmpty ? nil : $0 }
        note = read.1.flatMap { $0.isEmpty ? nil : $0 }
    }
}

extension PlainReader {
    fileprivate mutating func fact(_ said: Said) throws(Unusual) -> Fact {
        let arrival = try message(16) { reader throws(Unusual) in
            Arrival(attempt: try reader.attempt(1))
        }
        if let arrival { return .arrived(arrival) }
        let handover = try message(17) { reader throws(Unusual) in
            try reader.handedOver(to: said.recipient)
        }
        if let handover { return .handedOver(handover) }
        let failure = try message(18) { reader throws(Unusual) in
            let reason = FailureReason(rawValue: try reader.short(1) ?? 0)
            return Failure(reason, attempt: try reader.attempt(2), note: said.note)
        }
        if let failure { return .failed(failure) }
        let amount = try message(19) { reader throws(Unusual) in
            try Self.required(Money(cents: try reader.zigzag(1) ?? 0))
        }
        if let amount { return .cashReceived(CashReceipt(amount)) }
        if try message(21, { _ throws(Unusual) in true }) != nil {
            return .noteAdded(Note(said.note))
        }
        let reading = try message(25) { reader throws(Unusual) in try reader.meterReading() }
        if let reading { return .meterRead(reading) }
        throw Unusual()
    }

    private mutating func attempt(_ field: UInt64) throws(Unusual) -> Int {
        let value = try short(field) ?? 0
        guard value <= Bounds.quantity else { throw Unusual() }
        return Int(value)
    }

    private mutating func meterReading() throws(Unusual) -> MeterReading {
        let milli = try zigzag(1) ?? 0
        guard milli >= 0, milli.magnitude < 1 << 53 else { throw Unusual() }
        let product = try identifier(2)
        return MeterReading(
            milli: milli, product: product.flatMap { $0.isEmpty ? nil : Product($0) })
    }

    private mutating func handedOver(to recipient: String?) throws(Unusual) -> HandedOver {
        let delivered = try message(1) { reader throws(Unusual) in try reader.quantities() }
        let collected = try message(2) { reader throws(Unusual) in try reader.quantities() }
        let residual = try zigzag(3) ?? 0
        guard residual >= 0, residual <= Bounds.residualGrams else { throw Unusual() }
        let attempt = try attempt(4)
        var quoted: Money?
        if let cents = try zigzag(5) { quoted = try Self.required(Money(cents: cents)) }
        let quotedBy = try message(6) { reader throws(Unusual) in
            let change = try Self.required(try reader.value(1) { ChangeID(bytes: $0) })
            let index = try reader.short(2) ?? 0
            guard index < Bounds.changesPerChangeset else { throw Unusual() }
            return FactRef(change: change, index: Int(index))
        }
        return HandedOver(
            Handover(
                delivered: delivered ?? [:], collected: collected ?? [:],
                residualGrams: Int(residual)),
            attempt: attempt, recipient: recipient, quoted: quoted, quotedBy: quotedBy,
            serials: try serials(7), collectedSerials: try serials(8))
    }

    /// Sorted, each once, none empty.
    private mutating func serials(_ field: UInt64) throws(Unusual) -> [Identifier] {
        var serials: [Identifier] = []
        while let serial = try identifier(field) {
            guard !serial.isEmpty, serials.last.map({ $0 < serial }) != false,
                serials.count < Bounds.serials
            else { throw Unusual() }
            serials.append(serial)
        }
        return serials
    }
}
