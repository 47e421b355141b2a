import Foundation
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyWire

/// Hostile bytes are refused, never a trap: a trap would take down the hub, or the phone for ever.
@Suite struct WireFuzzTests {
    @Test func damagedMessages() throws {
        let seeds = [
            [UInt8](try Fixture.request().encoded()), [UInt8](Fixture.response().encoded()),
            try Fixture.changeset().bytes, Fixture.page().parts[0].rowBytes(),
            Fixture.pageChange(.fact(Fixture.handover)).rowBytes(),
            Fixture.response().receipts[0].rowBytes(), Fixture.header.encoded(),
        ]
        try Budget.current("wire").run { random in
            var bytes = seeds.randomElement(using: &random) ?? []
            for _ in 0..<Int.random(in: 1...6, using: &random) { damage(&bytes, using: &random) }
            readEverything(bytes)
        }
    }

    /// Behind a checksum that fits, as an attacker would send it.
    @Test func damagedPayloadsInWholeFrames() throws {
        let messages = [try Fixture.request().encoded(), Fixture.response().encoded()]
        try Budget.current("wire").run { random in
            var frames = Frame.read(messages.randomElement(using: &random) ?? Data(), limit: .max)
                .frames
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<frames.count, using: &random)
                switch Int.random(in: 0..<6, using: &random) {
                case 0: frames.append(frames[index])
                case 1 where frames.count > 1: frames.remove(at: index)
                case 2: frames.swapAt(index, Int.random(in: 0..<frames.count, using: &random))
                default: damage(&frames[index].payload, using: &random)
                }
            }
            readEverything(frames.flatMap(\.bytes))
        }
    }

    @Test func randomBytes() throws {
        try Budget.current("wire").run { random in
            readEverything(random.bytes(.random(in: 0...300, using: &random)))
        }
    }

    /// Damaged changes: each body's bytes in turn.
    @Test func damagedChanges() throws {
        try Budget.current("wire").run { random in
            let body = ChangeCodecTests.bodies.randomElement(using: &random) ?? .fact(Fixture.cash)
            var encoded = Fixture.encoded(body)
            damage(&encoded.core, using: &random)
            if var personal = encoded.personal, Bool.random(using: &random) {
                damage(&personal, using: &random)
                encoded.personal = personal
            }
            guard let change = try? ChangeCodec.decode(encoded) else { return }
            // What was read can be shown: sums, rules and status take any value that decodes.
            var state = EntityState(id: change.entity)
            let recorded = Recorded(
                ref: ChangeCodecTests.ref, dot: Dot(Fixture.replica, 3), body: change.body,
                hash: encoded.hash, stamp: Fixture.stamp, context: [:])
            state.apply([recorded], dot: recorded.dot, context: [:])
            _ = (state.stop, state.route(stops: [state.stop]), state.isHidden)
            _ = (ReviewRules.findings(in: state), Digest.of(state))
        }
    }

    private func readEverything(_ bytes: [UInt8]) {
        let data = Data(bytes)
        if let request = try? SyncRequest(decoding: data) {
            for changeset in request.changesets { readChangeset(changeset) }
            _ = request.encoded()
        }
        if let response = try? SyncResponse(decoding: data) {
            for part in response.page?.parts ?? [] {
                if let state = try? part.state() { use(state) }
            }
            _ = response.encoded()
        }
        readChangeset(bytes)
        if let part = try? EntityPart(rowBytes: bytes), let state = try? part.state() { use(state) }
        _ = try? PageChange(rowBytes: bytes).recorded()
        _ = try? Receipt(rowBytes: bytes)
        _ = try? VersionVector(rowBytes: bytes)
        _ = try? ChangesetHeader(decoding: bytes)
    }

    private func readChangeset(_ bytes: [UInt8]) {
        guard let changeset = try? Changeset(reading: bytes) else { return }
        #expect(changeset.bytes == bytes)
        guard let recorded = try? changeset.recorded(stamp: Fixture.stamp) else { return }
        var state = EntityState(id: Fixture.stop)
        state.apply(recorded, dot: changeset.dot, context: recorded.first?.context ?? [:])
        use(state)
    }

    private func use(_ state: EntityState) {
        var merged = EntityState(id: state.id, vector: [Fixture.replica: 1])
        merged.merge(state)
        _ = (merged.stop, merged.isHidden, Digest.of(merged), ReviewRules.findings(in: merged))
    }
}

/// One small wound: a bit, a byte, a cut, a number, or a piece told twice.
func damage(_ bytes: inout [UInt8], using random: inout SeededGenerator) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: random.next())) }
    let index = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    case 1: bytes[index] = [0, 0x7F, 0x80, 0xFF].randomElement(using: &random) ?? 0
    case 2: bytes.removeSubrange(index...)
    case 3: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: index)
    case 4:
        // A varint of the largest or the most negative number.
        let many: [UInt8] = Array(repeating: 0xFF, count: 9) + [1]
        bytes.replaceSubrange(index..<min(index + 1, bytes.count), with: many)
    default:
        let end = Int.random(in: index...bytes.count, using: &random)
        bytes.insert(contentsOf: bytes[index..<end], at: index)
    }
}
