internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire
internal import Synchronization

/// What whole messages got lately: one that comes once more is known by a SHA-256 of all that it
/// carries, made here, and is not taken apart.
///
/// Kept are messages of accepted changesets, and such as carry none: of those nothing ever changes
/// but the backup mark (``RecentReceipts``).
final class RecentMessages: Sendable {
    private let halves: Mutex<Halves<Name, Entry>>

    private struct Name: Hashable {
        /// The same bytes are another's fault in another's request.
        var replica: ReplicaID
        var carried: Hash256

        init(_ cover: RequestCover) {
            replica = cover.request.replica
            carried = cover.carried
        }
    }

    struct Entry: Hashable, Sendable {
        /// One for each changeset.
        var receipts: [Receipt]
        /// The highest of their places in the depot's log; 0 where there are none.
        var sequence: UInt64
    }

    /// - Parameter receipts: how many it holds at most.
    init(receipts: Int = Bounds.recentReceipts) { halves = Mutex(Halves(limit: receipts)) }

    /// Nil where it is to be taken apart.
    func entry(of cover: RequestCover) -> Entry? { halves.withLock { $0[Name(cover)] } }

    /// - Parameter receipts: for each of the changesets that it carried.
    func keep(_ receipts: [Receipt], of cover: RequestCover) {
        var entry = Entry(receipts: receipts, sequence: 0)
        for receipt in receipts {
            guard receipt.result == .accepted, let place = receipt.sequences.first else { return }
            entry.sequence = max(entry.sequence, place.sequence)
        }
        halves.withLock { $0.put(entry, Name(cover), weight: max(1, receipts.count)) }
    }
}
