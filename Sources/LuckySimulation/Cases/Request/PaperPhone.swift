internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// A device as far as a hub can tell: a chain of changesets and what it says it stands at. It need
/// not be honest.
struct PaperPhone {
    /// One changeset of its chain.
    struct Entry {
        var counter: UInt64
        var bytes: [UInt8]
        var hash: Hash256
        /// The hub has answered for it.
        var isReceipted = false
    }

    let replica: ReplicaID
    let driver: Identifier
    var chain: [Entry] = []
    var history: HistoryID?
    var checkpoint: Checkpoint?

    init(_ name: String, of driver: String, at place: String) throws(CaseError) {
        replica = try CaseNames.replica(name, at: place)
        self.driver = Identifier(driver)
    }

    var head: ChainHead? { chain.last.map { ChainHead(counter: $0.counter, hash: $0.hash) } }

    /// Adds what was laid out as the next of the chain, or wherever it says.
    mutating func add(_ bytes: [UInt8], at place: String) throws(CaseError) {
        do {
            let envelope = try Envelope(reading: bytes)
            chain.append(
                Entry(counter: envelope.dot.counter, bytes: bytes, hash: envelope.hash))
        } catch {
            // Nothing a chain could go on from; it travels all the same.
            chain.append(Entry(counter: 0, bytes: bytes, hash: .zero))
        }
    }

    /// Takes what an honest device would take of an answer.
    mutating func take(_ response: SyncResponse) {
        history = response.answer.history
        for receipt in response.receipts where receipt.replica == replica {
            for index in chain.indices where receipt.counters.contains(chain[index].counter) {
                chain[index].isReceipted = true
            }
        }
        if let page = response.page, response.isComplete { checkpoint = page.checkpoint }
    }
}
