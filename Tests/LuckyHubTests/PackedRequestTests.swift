import Foundation
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyHub
@testable import LuckyWire

/// Packed or plain, a hub takes the same changesets and gives the same answer.
@Suite struct PackedRequestTests {
    /// Two hubs of one seed: one gets each request plainly, the other packed.
    @Test func theSameAnswerEitherWay() throws {
        var random = SeededGenerator.current()
        let seed = random.next()
        let benches = [try Bench(seed: seed), try Bench(seed: seed)]
        var phones = [Phone("drv-1", install: 1), Phone("drv-1", install: 1)]
        for (side, bench) in benches.enumerated() {
            for number in 1...4 { try bench.plan(number, for: "drv-1") }
            try bench.settle(&phones[side])
        }
        for _ in 0..<10 {
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let stop = Bench.stop(Int.random(in: 1...4, using: &random))
                let isForeign = Int.random(in: 0..<5, using: &random) == 0
                let isBroken = Int.random(in: 0..<8, using: &random) == 0
                let junk = random.bytes(60)
                for side in phones.indices {
                    if isBroken {
                        // A header that nobody can read: quarantined, and the chain goes on.
                        try phones[side].addBroken(junk)
                    } else {
                        try phones[side].write(
                            [Change(stop, .fact(.noteAdded(Note("後門"))))],
                            author: isForeign ? "drv-9" : nil)
                    }
                }
            }
            var responses: [SyncResponse] = []
            for (side, bench) in benches.enumerated() {
                phones[side].packs = side == 1
                let body = phones[side].request()
                let kinds = Frame.read(body, limit: .max).frames.map(\.kind)
                #expect(kinds.contains(FrameKind.packed.rawValue) == (side == 1))
                let answer = try bench.hub.sync(body, as: phones[side].credential, now: bench.now)
                let response = try SyncResponse(decoding: answer.body)
                #expect(response.answer.readsPacked)
                try phones[side].take(response)
                responses.append(response)
            }
            try #require(responses[0] == responses[1])
            #expect(!responses[0].receipts.isEmpty)
        }
    }

    /// Who cannot be unpacked is refused at the door, by name, and nothing is stored.
    @Test func whatCannotBeUnpackedIsRefused() throws {
        let bench = try Bench()
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        try phone.tap(stop, .arrival)
        phone.packs = true
        var body = Data()
        for frame in Frame.read(phone.request(), limit: .max).frames {
            guard let kind = FrameKind(rawValue: frame.kind) else { continue }
            var payload = frame.payload
            if kind == .packed { payload[payload.count - 1] ^= 1 }
            body.append(contentsOf: Frame(kind, payload).bytes)
        }
        let before = try bench.hub.read { hub in try hub.state(stop) }
        var refusal: HubRefusal?
        do {
            _ = try bench.hub.sync(body, as: phone.credential, now: bench.now)
        } catch {
            refusal = error
        }
        #expect(refusal?.status == 400 && refusal?.code == "bad_request")
        #expect(try bench.hub.read { hub in try hub.state(stop) } == before)
        // Plainly it comes through, as a phone tries next.
        phone.packs = false
        try bench.settle(&phone)
        #expect(phone.results[1]?.result == .accepted)
    }
}

extension Phone {
    /// A changeset that is chained as it should be, and of which nothing can be read.
    fileprivate mutating func addBroken(_ junk: [UInt8]) throws {
        let envelope = Envelope(
            header: junk, changes: [EncodedChange(core: junk, personal: nil)],
            dot: Dot(replica, (head?.counter ?? 0) + 1), previous: head?.hash ?? .zero)
        add(envelope.bytes, hash: envelope.hash)
    }
}
