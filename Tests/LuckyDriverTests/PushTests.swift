import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyDriver

/// A request's size is what goes over the link: of packed changesets, their packed bytes.
@Suite struct PushTests {
    @Test(arguments: [700, 4_096, 20_000])
    func packedChangesetsHoldToTheirBytes(_ bytes: Int) throws {
        let all = try Self.changesets(400)
        let push = try #require(Push(packing: all, into: bytes))
        let packed = try #require(push.packed)
        #expect(packed.count <= bytes)
        #expect(try PackedChangesets.unpack(packed) == Array(all.prefix(push.changesets.count)))
        // Several times as many as go plainly, and not many less than would fit.
        let plain = push.changesets.reduce(0) { $0 + $1.count }
        #expect(bytes < 4_096 || plain > 4 * bytes || push.changesets.count == all.count)
        #expect(bytes < 4_096 || packed.count > bytes / 2 || push.changesets.count == all.count)
    }

    @Test func whatGainsNothingGoesPlainly() throws {
        #expect(Push(packing: [], into: 4_096) == nil)
        var random = SeededGenerator.current()
        #expect(Push(packing: [random.bytes(100)], into: 4_096) == nil)
        // A changeset by itself has nothing before it to be expected from.
        #expect(Push(packing: try Self.changesets(20), into: 1) == nil)
    }

    private static func changesets(_ count: UInt64) throws -> [[UInt8]] {
        var ids = ChangeIDs(random: (1, 2))
        var previous = Hash256.zero
        var envelopes: [[UInt8]] = []
        for counter in 1...count {
            let stop = EntityID(.stop, Bits128(high: 7, low: counter / 5))
            let id = ids.next()
            let header = ChangesetHeader(
                changeID: try #require(id), author: "drv-1",
                time: DeviceTime(
                    wallMilliseconds: Int64(counter) * 40_000,
                    monotonicMilliseconds: Int64(counter) * 40_000,
                    boot: BootID(high: 1, low: 1)),
                hlc: HLC(milliseconds: Int64(counter) * 40_000, logical: 0), checkpoint: nil,
                contexts: [:])
            let change = ChangeCodec.encode(
                Change(stop, .fact(.arrived(Arrival(attempt: Int(counter % 9 + 1)))))
            ) { [] }
            let sealed = try Changeset(
                sealing: [change], header: header,
                dot: Dot(ReplicaID(install: 1, epoch: 1), counter), previous: previous)
            previous = sealed.hash
            envelopes.append(sealed.bytes)
        }
        return envelopes
    }
}
