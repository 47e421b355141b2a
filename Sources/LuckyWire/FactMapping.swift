internal import Foundation
internal import LuckyModel

extension ChangeCodec {
    static func factBody(_ fact: Fact, _ personal: inout PBPersonal) -> PBCore.OneOf_Body? {
        switch fact {
        case .arrived(let value):
            var message = PBArrival()
            message.attempt = UInt32(clamping: value.attempt)
            return .arrived(message)
        case .handedOver(let value):
            personal.recipient = value.recipient ?? ""
            return .handedOver(PBHandedOver(value))
        case .failed(let value):
            personal.note = value.note ?? ""
            return .failed(PBFailure(value))
        case .cashReceived(let value): return .cashReceived(PBCashReceipt(value))
        case .photoTaken(let value):
            var message = PBPhoto()
            message.sha256 = Data(value.sha256.bytes)
            message.byteCount = UInt64(clamping: value.byteCount)
            message.isSignature = value.isSignature
            return .photoTaken(message)
        case .noteAdded(let value):
            personal.note = value.text ?? ""
            return .noteAdded(PBNote())
        case .corrected(let value): return .corrected(correction(value, &personal))
        case .suggestedAddress(let value):
            personal.address = value.address ?? ""
            return .suggestedAddress(PBAddressSuggestion())
        case .suggestedOrder(let value):
            var message = PBOrderSuggestion()
            message.stops = value.stops.map { Data($0.bytes) }
            return .suggestedOrder(message)
        case .meterRead(let value): return .meterRead(PBMeterReading(value))
        case .shiftStarted(let value):
            var message = PBShiftStart()
            message.floatCents = value.float.cents
            return .shiftStarted(message)
        case .shiftEnded(let value):
            var message = PBShiftEnd()
            if let counted = value.counted { message.countedCents = counted.cents }
            return .shiftEnded(message)
        case .cashDropped(let value):
            var message = PBCashDrop()
            message.amountCents = value.amount.cents
            return .cashDropped(message)
        case .stopAdded(let value): return .stopAdded(PBAddedStop(value, &personal))
        case .routeStarted: return .routeStarted(PBRouteStart())
        case .routeCompleted: return .routeCompleted(PBRouteCompletion())
        case .looked, .reviewOpened, .reviewResolved, .redacted, .settled, .released:
            return bookBody(fact, &personal)
        case .unknown: return nil
        }
    }

    private static func correction(
        _ value: Correction, _ personal: inout PBPersonal
    ) -> PBCorrection {
        var message = PBCorrection()
        message.original = PBRef(value.original)
        message.seen = value.seen.map(PBRef.init)
        switch value.replacement {
        case .handedOver(let new):
            personal.recipient = new.recipient ?? ""
            message.handedOver = PBHandedOver(new)
        case .failed(let new):
            personal.note = new.note ?? ""
            message.failed = PBFailure(new)
        case .cashReceived(let new): message.cashReceived = PBCashReceipt(new)
        case .withdrawn: message.withdrawn = PBWithdrawn()
        case .unknown: break
        }
        return message
    }

    static func fact(_ core: PBCore, _ personal: PBPersonal) throws(WireError) -> Fact {
        let note = personal.note.isEmpty ? nil : try text(personal.note)
        switch core.body {
        case .arrived(let message):
            return .arrived(Arrival(attempt: try attempt(message.attempt)))
        case .handedOver(let message): return .handedOver(try handedOver(message, personal))
        case .failed(let message): return .failed(try failure(message, note))
        case .cashReceived(let message): return .cashReceived(try CashReceipt(message))
        case .photoTaken(let message):
            guard message.byteCount <= Bounds.photoBytes else { throw .invalid("photo size") }
            return .photoTaken(
                Photo(
                    sha256: try Hash256(message: message.sha256),
                    byteCount: Int(message.byteCount), isSignature: message.isSignature))
        case .noteAdded: return .noteAdded(Note(note))
        case .corrected(let message): return .corrected(try correction(message, personal, note))
        case .suggestedAddress:
            let address = personal.address.isEmpty ? nil : try text(personal.address)
            return .suggestedAddress(AddressSuggestion(address))
        case .suggestedOrder(let message):
            var stops: [EntityID] = []
            for stop in message.stops { stops.append(try EntityID(message: stop)) }
            return .suggestedOrder(OrderSuggestion(stops: stops))
        case .meterRead(let message): return .meterRead(try MeterReading(message))
        case .shiftStarted(let message):
            return .shiftStarted(ShiftStart(float: try Money(wire: message.floatCents)))
        case .shiftEnded(let message):
            return .shiftEnded(
                ShiftEnd(
                    counted: message.hasCountedCents
                        ? try Money(wire: message.countedCents) : nil))
        case .cashDropped(let message):
            return .cashDropped(CashDrop(try Money(wire: message.amountCents)))
        case .stopAdded(let message): return .stopAdded(try AddedStop(message, personal, note))
        case .routeStarted: return .routeStarted
        case .routeCompleted: return .routeCompleted
        case .looked, .reviewOpened, .reviewResolved, .redacted, .settled, .released, .plan, nil:
            return try bookFact(core, note)
        }
    }

    private static func correction(
        _ message: PBCorrection, _ personal: PBPersonal, _ note: String?
    ) throws(WireError) -> Correction {
        let replacement: Correction.Replacement
        switch message.replacement {
        case .handedOver(let new): replacement = .handedOver(try handedOver(new, personal))
        case .failed(let new): replacement = .failed(try failure(new, note))
        case .cashReceived(let new): replacement = .cashReceived(try CashReceipt(new))
        case .withdrawn: replacement = .withdrawn
        case nil: replacement = .unknown
        }
        return Correction(
            of: try FactRef(message.original), seen: try refs(message.seen), to: replacement)
    }

    private static func handedOver(
        _ message: PBHandedOver, _ personal: PBPersonal
    ) throws(WireError) -> HandedOver {
        guard message.residualG >= 0, message.residualG <= Bounds.residualGrams else {
            throw .invalid("residual gas")
        }
        let handover = Handover(
            delivered: try Quantities(message.delivered),
            collected: try Quantities(message.collected),
            residualGrams: Int(message.residualG))
        return HandedOver(
            handover, attempt: try attempt(message.attempt),
            recipient: personal.recipient.isEmpty ? nil : try text(personal.recipient),
            quoted: message.hasQuotedCents ? try Money(wire: message.quotedCents) : nil,
            quotedBy: message.hasQuotedBy ? try FactRef(message.quotedBy) : nil,
            serials: try serials(message.serials),
            collectedSerials: try serials(message.collectedSerials))
    }

    /// Sorted, each once, none empty.
    private static func serials(_ messages: [Data]) throws(WireError) -> [Identifier] {
        guard messages.count <= Bounds.serials else { throw .invalid("too many serials") }
        var serials: [Identifier] = []
        for message in messages {
            let serial = try Identifier(message: message)
            guard !serial.isEmpty, serials.last.map({ $0 < serial }) != false else {
                throw .invalid("serials not sorted")
            }
            serials.append(serial)
        }
        return serials
    }

    private static func failure(
        _ message: PBFailure, _ note: String?
    ) throws(WireError) -> Failure {
        Failure(
            FailureReason(rawValue: message.reason), attempt: try attempt(message.attempt),
            note: note)
    }

    private static func attempt(_ value: UInt32) throws(WireError) -> Int {
        guard value <= Bounds.quantity else { throw .invalid("attempt \(value)") }
        return Int(value)
    }

    static func refs(_ messages: [PBRef]) throws(WireError) -> [FactRef] {
        var refs: [FactRef] = []
        for message in messages { refs.append(try FactRef(message)) }
        return refs
    }
}

extension FactRef {
    init(_ message: PBRef) throws(WireError) {
        guard message.index < Bounds.changesPerChangeset else { throw .invalid("index") }
        self.init(change: try ChangeID(message: message.changeID), index: Int(message.index))
    }
}

extension PBRef {
    init(_ ref: FactRef) {
        self.init()
        changeID = Data(ref.change.bytes)
        index = UInt32(clamping: ref.index)
    }
}

extension CashReceipt {
    init(_ message: PBCashReceipt) throws(WireError) {
        self.init(try Money(wire: message.amountCents))
    }
}

extension PBCashReceipt {
    init(_ value: CashReceipt) {
        self.init()
        amountCents = value.amount.cents
    }
}

extension PBHandedOver {
    init(_ value: HandedOver) {
        self.init()
        delivered = PBQuantities(value.handover.delivered)
        if !Mutant.isOn(.emptiesNotSent) { collected = PBQuantities(value.handover.collected) }
        residualG = Int64(value.handover.residualGrams)
        attempt = UInt32(clamping: value.attempt)
        if let quoted = value.quoted { quotedCents = quoted.cents }
        if let source = value.quotedBy { quotedBy = PBRef(source) }
        serials = value.serials.map { Data($0.utf8) }
        collectedSerials = value.collectedSerials.map { Data($0.utf8) }
    }
}

extension PBFailure {
    init(_ value: Failure) {
        self.init()
        reason = value.reason.rawValue
        attempt = UInt32(clamping: value.attempt)
    }
}
