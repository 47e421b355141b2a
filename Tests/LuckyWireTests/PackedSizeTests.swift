import Foundation
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyWire

/// What an update costs on the wire where a day waited for a link: 200 stops, five taps each, one in
/// ten in people's words, with ids as random as they are.
@Suite struct PackedSizeTests {
    @Test func anUpdateCostsLessThanAtAnyPeer() throws {
        var random = SeededGenerator(seed: 7)
        let envelopes = try Self.day(using: &random)
        let packed = try #require(PackedChangesets.pack(envelopes))
        let each = Double(packed.count) / Double(envelopes.count)
        let zipped = Double(Gzip.compress(Data(packed)).count) / Double(envelopes.count)
        #expect(each <= 34 && zipped <= 8 + Self.randomness, "\(each) bytes, \(zipped) with gzip")
    }

    /// A single tap's own bytes cost no more than its plain frame and a little.
    @Test func aSingleTapIsNoWorse() throws {
        let one = try Fixture.changeset().bytes
        let packed = try #require(PackedChangesets.pack([one]))
        #expect(packed.count < one.count + 64, "\(packed.count) for \(one.count)")
    }

    /// Bytes an update that no coding can take away and that ids with a pattern would not have: half
    /// of the id of one stop in five updates.
    private static let randomness = 8.0 / 5

    static func day(using random: inout SeededGenerator) throws -> [[UInt8]] {
        var ids = ChangeIDs(using: &random)
        var previous = Hash256.zero
        var wall: Int64 = 1_795_276_800_000
        var envelopes: [[UInt8]] = []
        for stop in 0..<200 {
            let entity = EntityID(.stop, Bits128(high: random.next(), low: random.next()))
            var vector: VersionVector = [Fixture.hub: UInt64(1000 + stop)]
            for tap in 0..<5 {
                let counter = UInt64(envelopes.count) + 1
                wall += .random(in: 5_000...90_000, using: &random)
                var header = Fixture.header
                let id = ids.next()
                header.changeID = try #require(id)
                header.time = DeviceTime(
                    wallMilliseconds: wall, monotonicMilliseconds: wall - 1_795_276_000_000,
                    boot: header.time.boot)
                header.hlc = HLC(milliseconds: wall, logical: 0)
                header.contexts = [entity: vector]
                let body: Fact =
                    counter % 10 == 0
                    ? .noteAdded(Note("後門進，第\(counter % 7)戶，狗會叫"))
                    : tap == 0
                        ? .arrived(Arrival(attempt: 1))
                        : .meterRead(
                            MeterReading(
                                milli: 1_234_000 + Int64(counter),
                                product: Product(Identifier("m\(tap)"))))
                let change = ChangeCodec.encode(Change(entity, .fact(body))) { random.bytes(16) }
                let sealed = try Changeset(
                    sealing: [change], header: header, dot: Dot(Fixture.replica, counter),
                    previous: previous)
                previous = sealed.hash
                vector.add(sealed.dot)
                envelopes.append(sealed.bytes)
            }
        }
        return envelopes
    }
}
