import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What a whole message got is known by its bytes. That it is what the rows say is held before each
/// request that a ``Bench`` takes, and in ``RecentAnswerTests``.
@Suite struct RecentMessageTests {
    private func cover(_ install: UInt64, carrying changesets: [[UInt8]]) throws -> RequestCover {
        let request = SyncRequest(
            replica: ReplicaID(install: install, epoch: 1), head: nil, history: nil,
            checkpoint: nil, nonce: install, wantsDigest: false, changesets: changesets)
        return try #require(RequestCover(request.encoded()))
    }

    private func receipt(_ counter: UInt64, _ result: Receipt.Result = .accepted) -> Receipt {
        Receipt(
            history: HistoryID(high: 1, low: 1), replica: ReplicaID(install: 1, epoch: 1),
            counters: counter...counter, hash: .zero, result: result,
            sequences: result == .accepted ? [.init(depot: "taitung", sequence: counter)] : [],
            receivedAt: 1)
    }

    /// Not for another phone, nor for other bytes; nor where anything was not accepted, which may
    /// turn out otherwise later.
    @Test func onlyTheSameBytesOfTheSamePhoneAreKnown() throws {
        let recent = RecentMessages()
        recent.keep([receipt(3), receipt(4)], of: try cover(1, carrying: [[1], [2]]))
        #expect(try recent.entry(of: cover(1, carrying: [[1], [2]]))?.sequence == 4)
        #expect(try recent.entry(of: cover(2, carrying: [[1], [2]])) == nil)
        #expect(try recent.entry(of: cover(1, carrying: [[1], [3]])) == nil)
        #expect(try recent.entry(of: cover(1, carrying: [[1, 2]])) == nil)

        recent.keep(
            [receipt(5), receipt(6, .quarantined("authority"))],
            of: try cover(3, carrying: [[1], [2]]))
        #expect(try recent.entry(of: cover(3, carrying: [[1], [2]])) == nil)

        recent.keep([], of: try cover(4, carrying: []))
        #expect(try recent.entry(of: cover(4, carrying: []))?.receipts == [])
        #expect(try recent.entry(of: cover(5, carrying: [])) == nil)
    }

    /// No more receipts than so many, the latest among them.
    @Test func whatIsAtHandIsBounded() throws {
        let recent = RecentMessages(receipts: 16)
        for number in UInt64(1)...60 {
            let receipts = (0..<Int(number % 5)).map { receipt(number + UInt64($0)) }
            recent.keep(receipts, of: try cover(number, carrying: [[UInt8(number)]]))
            try #require(try recent.entry(of: cover(number, carrying: [[UInt8(number)]])) != nil)
            let kept = try (UInt64(1)...number).compactMap {
                try recent.entry(of: cover($0, carrying: [[UInt8($0)]]))
            }
            try #require(kept.reduce(0) { $0 + max(1, $1.receipts.count) } <= 16)
        }
        // One alone that has no room is not kept, and drives nothing out.
        let many = (UInt64(1)...9).map { receipt($0) }
        recent.keep(many, of: try cover(99, carrying: [[9]]))
        #expect(try recent.entry(of: cover(99, carrying: [[9]])) == nil)
        #expect(try recent.entry(of: cover(60, carrying: [[60]])) != nil)
    }
}
