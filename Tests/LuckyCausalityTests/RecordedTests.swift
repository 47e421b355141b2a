import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// Copies of a record are one in memory until one of them is changed.
@Suite struct RecordedTests {
    private let replica = ReplicaID(install: 1, epoch: 2)

    private var record: Recorded {
        Recorded(
            ref: FactRef(change: ChangeID(high: 1, low: 2), index: 3), dot: Dot(replica, 4),
            body: .fact(.noteAdded(Note("王小姐在家"))), hash: .zero,
            stamp: Stamp(
                author: "drv-1", role: .driver, relation: .inScope,
                hlc: HLC(milliseconds: 5, logical: 0), writtenAt: 5, receivedAt: nil),
            context: [replica: 3])
    }

    @Test func aChangedCopyLeavesTheOthersAsTheyWere() {
        let other = ReplicaID(install: 9, epoch: 9)
        let changes: [(inout Recorded) -> Void] = [
            { $0.ref = FactRef(change: ChangeID(high: 1, low: 2), index: 4) },
            { $0.dot = Dot(other, 1) },
            { $0.body = .plan(.address, .text("台東市中華路一段")) },
            { $0.hash = Hash256(bytes: [UInt8](repeating: 1, count: 32)) ?? .zero },
            { $0.stamp.receivedAt = 6 },
            { $0.context.add(Dot(other, 1)) },
            { $0.witnessedBy = other },
            { $0.writtenAs = Dot(other, 2) },
        ]
        var seen: Set<Recorded> = [record]
        for change in changes {
            let (before, kept) = (record, record)
            var copy = kept
            change(&copy)
            #expect(kept == before)
            #expect(copy != before)
            #expect(seen.insert(copy).inserted)
            var again = record
            change(&again)
            #expect(again == copy && again.hashValue == copy.hashValue)
        }
        #expect(seen.count == changes.count + 1)
    }
}
