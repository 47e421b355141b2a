public import Foundation
internal import LuckyCausality
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
        try await commit(change, on: stop) { state throws(StopRefusal) in
            [try StopRules.arrive(at: state.stop)]
        }
    }

    /// Gas was handed over.
    /// - Parameters:
    ///   - cash: what the customer paid at the door.
    ///   - despiteCancel: the office cancelled the stop, this phone knows, and gas changed hands all
    ///     the same: what happened is recorded, and the office reviews it (L3).
    @discardableResult
    public func complete(
        _ stop: EntityID, handover: Handover, proof: Proof = Proof(), cash: Money? = nil,
        despiteCancel: Bool = false, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let photo = try await save(proof.image)
        return try await commit(change, on: stop) { state throws(StopRefusal) in
            var facts = try StopRules.complete(
                state.stop, handover: handover, recipient: proof.recipient, cash: cash,
                despiteCancel: despiteCancel, quote: state.quote, hasPicture: photo != nil)
            if let photo { facts.append(.photoTaken(photo)) }
            return facts
        }
    }

    /// The attempt ended without a handover.
    @discardableResult
    public func fail(
        _ stop: EntityID, reason: FailureReason, note: String? = nil, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        try await commit(change, on: stop) { state throws(StopRefusal) in
            [try StopRules.fail(state.stop, reason: reason, note: note)]
        }
    }

    /// What was recorded was wrong: the original stays, the correction counts.
    @discardableResult
    public func correct(
        _ stop: EntityID, _ kind: CorrectionKind, to replacement: Correction.Replacement,
        change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        try await commit(change, on: stop) { state throws(StopRefusal) in
            [try StopRules.correct(state.factRecords, to: replacement, kind: kind)]
        }
    }

    /// Adds a note; notes are never overwritten.
    @discardableResult
    public func note(
        _ text: String, on stop: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        try await commit(change, on: stop) { _ throws(StopRefusal) in
            [.noteAdded(Note(text))]
        }
    }

    /// "The address should be …": a wish for the office.
    @discardableResult
    public func suggest(
        address: String, for stop: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        try await commit(change, on: stop) { _ throws(StopRefusal) in
            [.suggestedAddress(AddressSuggestion(address))]
        }
    }

    /// The driver looked at these office changes of an entity.
    @discardableResult
    public func look(
        at changes: [ChangeID], of entity: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        try await commit(change, on: entity) { _ throws(StopRefusal) in
            [.looked(Look(changes: changes.sorted()))]
        }
    }

    /// The bytes are safe on disk before the fact that names them (L24).
    func save(_ image: Proof.Image?) async throws(DeliveryError) -> Photo? {
        guard let image else { return nil }
        return try await write { store throws(StoreError) in
            try store.savePhoto(image.bytes, isSignature: image.isSignature)
        }
    }

    /// - Parameter isNew: the tap makes the entity known.
    func commit(
        _ change: ChangeID?, on entity: EntityID, isNew: Bool = false,
        _ rule: @escaping @Sendable (EntityState) throws(StopRefusal) -> [Fact]
    ) async throws(DeliveryError) -> Commit {
        let id = change ?? changeIDs.next()
        let environment = environment
        let result = try await write { store throws(StoreError) in
            var random = environment.random
            return try store.commit(
                id, on: entity, isNew: isNew, time: environment.time(), using: &random
            ) { state throws(StopRefusal) in
                try rule(state)
            }
        }
        tapped(pending: result.pending)
        return Commit(change: result.change, pending: result.pending, isRepeat: result.isRepeat)
    }

    func write<T: Sendable>(
        _ step: @Sendable (ReplicaStore) throws(StoreError) -> T
    ) async throws(DeliveryError) -> T {
        do throws(StoreError) {
            return try await keeper.write(step)
        } catch {
            throw DeliveryError(error)
        }
    }

    func read<T: Sendable>(
        _ step: @Sendable (ReplicaStore) throws(StoreError) -> T
    ) async throws(DeliveryError) -> T {
        do throws(StoreError) {
            return try await keeper.read(step)
        } catch {
            throw DeliveryError(error)
        }
    }
}
