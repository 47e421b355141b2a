import Foundation
import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire

/// A hub on paper that takes whatever a phone sends, and answers with a page.
struct PaperAnswers {
    var depot: Depot
    private var received: UInt64 = 0

    init(_ depot: Depot) { self.depot = depot }

    /// The bytes of an answer.
    /// - Parameters:
    ///   - hasMore: pages wait behind this one.
    ///   - digest: what the hub says its scope is; nil: it was not asked.
    mutating func answer(
        _ prepared: Prepared, of store: ReplicaStore, _ parts: [EntityPart],
        hasMore: Bool = false, digest: Hash256? = nil
    ) throws -> Data {
        let position = try store.position()
        let page = Page(
            history: Depot.history, replica: position.replica, from: position.checkpoint,
            parts: parts.sorted { $0.entity < $1.entity }, checkpoint: depot.checkpoint,
            hasMore: hasMore, scopeDigest: digest)
        let receipts = try receipts(for: prepared.changesets, of: store, position.replica)
        return SyncResponse(
            answer: SyncResponse.Answer(
                history: Depot.history, depot: Depot.name, nonce: prepared.nonce,
                hubTime: Depot.now, head: try head(of: store, position.replica),
                direction: .carryOn),
            receipts: receipts, page: page
        ).encoded()
    }

    private func head(of store: ReplicaStore, _ replica: ReplicaID) throws -> ChainHead? {
        guard received > 0 else { return nil }
        guard let hash = try store.hash(of: Dot(replica, received)) else {
            throw BenchError("the phone forgot what it sent")
        }
        return ChainHead(counter: received, hash: hash)
    }

    /// One for all of a request.
    private mutating func receipts(
        for count: Int, of store: ReplicaStore, _ replica: ReplicaID
    ) throws -> [Receipt] {
        guard count > 0 else { return [] }
        let first = received + 1
        received += UInt64(count)
        guard let head = try head(of: store, replica) else { return [] }
        return [
            Receipt(
                history: Depot.history, replica: replica, counters: first...received,
                hash: head.hash, result: .accepted,
                sequences: [.init(depot: Depot.name, sequence: 1_000_000 + first)],
                receivedAt: Depot.now)
        ]
    }
}

extension ReplicaStore {
    /// Takes an answer as the app's loop does.
    func take(
        _ body: Data, to prepared: Prepared, using random: inout SplitMix
    ) throws -> Absorbed {
        let events = perform(
            .absorb(body, nonce: prepared.nonce, asked: prepared.asked), on: self,
            at: Exchange.time, using: &random)
        guard case .absorbed(let absorbed)? = events.first, absorbed.failure == nil else {
            throw BenchError("the answer was not taken")
        }
        return absorbed
    }
}
