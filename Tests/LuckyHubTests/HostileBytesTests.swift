import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// Whatever bytes come: the hub answers, does not end, and what it held stays as it was.
@Suite struct HostileBytesTests {
    @Test func mutatedRequestsTouchNobodysStops() throws {
        let bench = try Bench()
        let stops = try (1...3).map { try bench.plan($0, for: "drv-1") }
        var good = Phone("drv-1", install: 1)
        try bench.settle(&good)
        try good.tap(stops[0], .arrival)
        try bench.settle(&good)
        let states = try bench.hub.read { hub in try stops.map { try hub.state($0) } }
        var repeating = good
        repeating.outbox = good.archive
        repeating.archive = []

        var stored = 0
        try Budget.current("hub-hostile").run { generator in
            // What is known already, or what a driver may not do: no mutation makes it count.
            var phone = repeating
            if Bool.random(using: &generator) {
                phone = Phone("drv-9", install: generator.next())
                try phone.tap(stops[0], .delivered(1), .noteAdded(Note("not mine")))
                try phone.write([Change(stops[1], .plan(.driver, .name("drv-9")))])
            }
            phone.packs = Bool.random(using: &generator)
            let body = Self.mutate(phone.request(), using: &generator)
            let answer = try? bench.hub.sync(body, as: phone.credential, now: bench.now)
            if let answer, try !SyncResponse(decoding: answer.body).receipts.isEmpty { stored += 1 }
            try #require(
                try bench.hub.read { hub in try stops.map { try hub.state($0) } } == states)
        }
        // The mutations were not all caught at the door.
        #expect(stored > 0)
        try good.tap(stops[0], .delivered(1))
        try bench.settle(&good)
        #expect(good.results[2]?.result == .accepted)
        #expect(good.digest() == good.hubDigest)
    }

    /// Damages the whole body, or a frame's payload behind a good checksum.
    static func mutate(_ body: Data, using generator: inout SeededGenerator) -> Data {
        let frames = Frame.read(body, limit: Bounds.changesetBytes).frames
        guard Int.random(in: 0..<4, using: &generator) > 0,
            let target = frames.indices.randomElement(using: &generator)
        else { return Data(damage([UInt8](body), using: &generator)) }
        var result = Data()
        for (index, frame) in frames.enumerated() {
            guard let kind = FrameKind(rawValue: frame.kind) else { continue }
            let payload = index == target ? damage(frame.payload, using: &generator) : frame.payload
            result.append(contentsOf: Frame(kind, payload).bytes)
        }
        return result
    }

    private static func damage(
        _ bytes: [UInt8], using generator: inout SeededGenerator
    ) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            guard !bytes.isEmpty else { return generator.bytes(7) }
            let index = Int.random(in: 0..<bytes.count, using: &generator)
            let end = min(bytes.count, index + Int.random(in: 1...8, using: &generator))
            switch Int.random(in: 0..<6, using: &generator) {
            case 0: bytes[index] ^= 1 << UInt8(generator.next() % 8)
            case 1: bytes[index] = [0, 1, 0x7F, 0x80, 0xFF][Int(generator.next() % 5)]
            case 2: bytes.removeSubrange(index..<end)
            case 3: bytes.insert(contentsOf: generator.bytes(end - index), at: index)
            case 4: bytes.insert(contentsOf: bytes[index..<end], at: index)
            default: for at in index..<end { bytes[at] = 0xFF }
            }
        }
        return bytes
    }
}
