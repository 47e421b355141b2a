import LuckyCausality
import LuckyModel
import LuckyWire

@testable import LuckyHub

/// A device takes up with another history, step by step (L26).
extension Phone {
    func request(
        _ phase: SyncPhase, with history: HistoryID, from counter: UInt64 = .max,
        digests: [EntityDigest] = [], entities: [EntityPart] = []
    ) -> SyncRequest {
        var request = SyncRequest(
            replica: replica, head: head, history: history, checkpoint: nil, nonce: 42,
            wantsDigest: false,
            changesets: (archive + outbox).sorted { $0.counter < $1.counter }
                .filter { $0.counter >= counter }.map(\.bytes))
        request.phase = phase
        request.standing = standing
        request.offeredDigests = digests
        request.offeredEntities = entities
        return request
    }

    /// Its base states, as they are offered.
    var holdings: [EntityDigest] {
        base.map { EntityDigest(entity: $0.key, digest: Digest.of($0.value)) }
            .sorted { $0.entity < $1.entity }
    }

    /// All three steps.
    /// - Parameter pushes: false for a device whose archive is gone.
    mutating func takeUp(with bench: Bench, pushes: Bool = true) throws {
        let history = bench.hub.history
        func ask(_ request: SyncRequest) throws -> SyncResponse {
            try bench.answer(request.encoded(), as: credential)
        }
        var response = try ask(request(.push, with: history))
        if pushes, case .sendFrom(let counter) = response.answer.direction {
            response = try ask(request(.push, with: history, from: counter))
            try take(response)
        }
        let wanted = try ask(request(.offer, with: history, digests: holdings)).wanted
        let entities = (wanted?.entities ?? []).compactMap { parts[$0] }
        if !entities.isEmpty { _ = try ask(request(.offer, with: history, entities: entities)) }
        (self.history, checkpoint, base, parts, scope) = (history, nil, [:], [:], [])
        try bench.settle(&self)
    }
}
