public import Foundation
public import LuckyCausality
public import LuckyModel
internal import LuckyStore

/// A tap that is saved on this phone.
public struct Commit: Hashable, Sendable {
    /// Names the tap for ever.
    public var change: ChangeID
    /// Changes that wait for the depot now, this one included.
    public var pending: Int
    /// The same tap had been saved before; nothing was written now.
    public var isRepeat: Bool
}

/// Numbers of cylinders, as scanned at the door.
public struct Serials: Hashable, Sendable {
    /// Of those handed over; at most ``LuckyModel/Bounds/serials``.
    public var delivered: [Identifier]
    /// Of those taken back, likewise.
    public var collected: [Identifier]

    /// In any order; none by default.
    public init(delivered: [Identifier] = [], collected: [Identifier] = []) {
        self.delivered = delivered
        self.collected = collected
    }
}

/// What proves a delivery, besides the driver's word.
public struct Proof: Hashable, Sendable {
    /// Who took it.
    public var recipient: String?
    /// A photo's or a signature's bytes.
    public var image: Image?

    /// Nothing by default: the driver's word alone.
    public init(recipient: String? = nil, image: Image? = nil) {
        self.recipient = recipient
        self.image = image
    }

    /// A picture, as taken.
    public enum Image: Hashable, Sendable {
        /// A photo's bytes, as the camera gave them.
        case photo(Data)
        /// A signature drawn on the screen, as image bytes.
        case signature(Data)

        var bytes: Data {
            switch self {
            case .photo(let bytes), .signature(let bytes): bytes
            }
        }

        var isSignature: Bool { if case .signature = self { true } else { false } }
    }
}

// The taps. Each returns when it is on disk, needs no network, and takes the caller's change id, so
// that a repeated call is one tap.
extension Driver {
    /// The driver stands at the door.
    @discardableResult
    public func arrive(
        at stop: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let asked = Fact.arrived(Arrival(attempt: 1))
        return try await commit(change, on: stop, asked: [asked]) { state throws(StopRefusal) in
            [try StopRules.arrive(at: state.stop)]
        }
    }

    /// Gas was handed over.
    /// - Parameters:
    ///   - serials: which cylinders, where they were scanned.
    ///   - cash: what the customer paid at the door.
    ///   - despiteCancel: the office cancelled the stop, this phone knows, and gas changed hands all
    ///     the same: what happened is recorded, and the office reviews it (L3).
    @discardableResult
    public func complete(
        _ stop: EntityID, handover: Handover, serials: Serials = Serials(),
        proof: Proof = Proof(), cash: Money? = nil, despiteCancel: Bool = false,
        change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let photo = try await save(proof.image)
        let asked = Self.asked(handover, serials, proof.recipient, cash, photo)
        return try await commit(change, on: stop, asked: asked) { state throws(StopRefusal) in
            var facts = try StopRules.complete(
                state.stop, handover: handover, recipient: proof.recipient, cash: cash,
                despiteCancel: despiteCancel, quote: state.quote, hasPicture: photo != nil,
                serials: serials.delivered, collectedSerials: serials.collected)
            if let photo { facts.append(.photoTaken(photo)) }
            return facts
        }
    }

    /// What a handover says, without what the phone knows of the stop.
    static func asked(
        _ handover: Handover, _ serials: Serials, _ recipient: String?, _ cash: Money?,
        _ photo: Photo?
    ) -> [Fact] {
        var facts: [Fact] = [
            .handedOver(
                HandedOver(
                    handover, attempt: 1, recipient: recipient, serials: serials.delivered,
                    collectedSerials: serials.collected))
        ]
        if let cash, cash != .zero { facts.append(.cashReceived(CashReceipt(cash))) }
        if let photo { facts.append(.photoTaken(photo)) }
        return facts
    }

    /// A photo or a signature that was taken before or after the handover: its bytes are kept on this
    /// phone, and the fact names them (L24).
    @discardableResult
    public func add(
        _ image: Proof.Image, to stop: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let facts = try await save(image).map { [Fact.photoTaken($0)] } ?? []
        return try await commit(change, on: stop, asked: facts) { _ throws(StopRefusal) in facts }
    }

    /// The attempt ended without a handover.
    @discardableResult
    public func fail(
        _ stop: EntityID, reason: FailureReason, note: String? = nil, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let asked = Fact.failed(Failure(reason, attempt: 1, note: note))
        return try await commit(change, on: stop, asked: [asked]) { state throws(StopRefusal) in
            [try StopRules.fail(state.stop, reason: reason, note: note)]
        }
    }

    /// What was recorded was wrong: the original stays, the correction counts.
    @discardableResult
    public func correct(
        _ stop: EntityID, _ kind: CorrectionKind, to replacement: Correction.Replacement,
        change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let id = change ?? changeIDs.next()
        let unnamed = FactRef(change: id, index: 0)
        let asked = Fact.corrected(Correction(of: unnamed, seen: [], to: replacement))
        return try await commit(id, on: stop, asked: [asked]) { state throws(StopRefusal) in
            [try StopRules.correct(state.factRecords, to: replacement, kind: kind)]
        }
    }

    /// The handover that a correction would be about, as it counts now; nil where there is none.
    public func handover(at stop: EntityID) async throws(DeliveryError) -> HandedOver? {
        try await read { store throws(StoreError) in
            try store.state(of: stop).flatMap { StopRules.lastHandover($0.factRecords) }
        }
    }

    /// Which cylinders, and how meters stood; nil for a stop that is not on this phone.
    public func door(of stop: EntityID) async throws(DeliveryError) -> AtTheDoor? {
        try await read { store throws(StoreError) in try store.state(of: stop)?.atTheDoor }
    }

    /// The meter as it stands: also below the last reading, and again on the same day.
    /// - Parameters:
    ///   - milli: in 1/1000 of the meter's unit; 0 ..< 2⁵³.
    ///   - product: what flows through it; nil where the customer has one meter.
    @discardableResult
    public func readMeter(
        milli: Int64, of product: Product? = nil, at stop: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let asked = Fact.meterRead(MeterReading(milli: milli, product: product))
        return try await commit(change, on: stop, asked: [asked]) { _ throws(StopRefusal) in
            [try DutyRules.readMeter(milli: milli, product: product)]
        }
    }

    /// Adds a note; notes are never overwritten.
    @discardableResult
    public func note(
        _ text: String, on stop: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        try await commit(change, on: stop, asked: [.noteAdded(Note(text))]) {
            _ throws(StopRefusal) in
            [try StopRules.note(text)]
        }
    }

    /// "The address should be …": a wish for the office.
    @discardableResult
    public func suggest(
        address: String, for stop: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let asked = Fact.suggestedAddress(AddressSuggestion(address))
        return try await commit(change, on: stop, asked: [asked]) { _ throws(StopRefusal) in
            [try StopRules.suggest(address: address)]
        }
    }

    /// The driver looked at these office changes of an entity.
    @discardableResult
    public func look(
        at changes: [ChangeID], of entity: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let fact = Fact.looked(Look(changes: changes.sorted()))
        return try await commit(change, on: entity, asked: [fact]) { _ throws(StopRefusal) in
            [fact]
        }
    }

    /// The bytes are safe on disk before the fact that names them (L24).
    func save(_ image: Proof.Image?) async throws(DeliveryError) -> Photo? {
        guard let image else { return nil }
        return try await write { store throws(StoreError) in
            try store.savePhoto(image.bytes, isSignature: image.isSignature)
        }
    }

    /// What an own tap said; nil where there is none of this id, or only its name is left.
    public func recorded(_ change: ChangeID) async throws(DeliveryError) -> RecordedTap? {
        try await read { store throws(StoreError) in try store.recorded(change) }
    }

    /// - Parameters:
    ///   - isNew: the tap makes the entity known.
    ///   - asked: what the driver says: an id that was given to a tap that said something else is
    ///     refused (L1).
    func commit(
        _ change: ChangeID?, on entity: EntityID, isNew: Bool = false, asked: [Fact],
        _ rule: @escaping @Sendable (EntityState) throws(StopRefusal) -> [Fact]
    ) async throws(DeliveryError) -> Commit {
        let id = change ?? changeIDs.next()
        let environment = environment
        let result = try await tap { store throws(StoreError) in
            var random = environment.random
            let result = try store.commit(
                id, on: entity, isNew: isNew, time: environment.time(), using: &random
            ) { state throws(StopRefusal) in
                try rule(state)
            }
            if result.isRepeat, let tap = try store.recorded(id) {
                let isSame =
                    tap.entity == entity
                    && Fact.are(tap.facts, redacted: tap.redacted, whatWasAsked: asked)
                if !isSame { throw StoreError.idOfAnotherTap(id) }
            }
            return result
        }
        tapped(pending: result.pending)
        return Commit(change: result.change, pending: result.pending, isRepeat: result.isRepeat)
    }

    private func tap(
        _ step: @escaping @Sendable (ReplicaStore) throws(StoreError) -> CommitResult
    ) async throws(DeliveryError) -> CommitResult {
        do throws(StoreError) {
            return try await keeper.tap(step) { !$0.isRepeat }
        } catch {
            throw DeliveryError(error)
        }
    }

    func write<T: Sendable>(
        _ step: @escaping @Sendable (ReplicaStore) throws(StoreError) -> T
    ) async throws(DeliveryError) -> T {
        do throws(StoreError) {
            return try await keeper.write(step)
        } catch {
            throw DeliveryError(error)
        }
    }

    func read<T: Sendable>(
        _ step: @escaping @Sendable (ReplicaStore) throws(StoreError) -> T
    ) async throws(DeliveryError) -> T {
        do throws(StoreError) {
            return try await keeper.read(step)
        } catch {
            throw DeliveryError(error)
        }
    }
}
