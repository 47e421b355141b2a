import Foundation
import LuckyCausality
import LuckyModel
import SwiftProtobuf
import TestSupport
import Testing

@testable import LuckyWire

/// A request that is read plainly is the one that the generated code reads.
@Suite struct PlainRequestTests {
    @Test func whatThisBuildSendsIsReadPlainlyAndTheSame() throws {
        try Budget.current("wire").run { random in
            let request = Self.request(&random)
            let first = try Self.firstFrame(of: request)
            let plain = SyncRequest(plain: first)
            // What is seldom asked for is left to the generated code.
            try #require((plain == nil) == !(request.buckets.isEmpty && request.repair.isEmpty))
            let generated = try SyncRequest(generated: first)
            try #require(generated == request)
            if let plain { try #require(plain == generated) }
        }
    }

    @Test func damagedBytesAreReadTheSameOrNotAtAll() throws {
        var count = 0
        try Budget.current("wire").run { random in
            var first = try Self.firstFrame(of: Self.request(&random))
            for _ in 0..<Int.random(in: 1...3, using: &random) { damage(&first, using: &random) }
            if let plain = SyncRequest(plain: first) {
                count += 1
                try #require(try plain == SyncRequest(generated: first))
            }
        }
        #expect(count > 20)
    }

    /// Every field at its bounds, and with its default written out.
    @Test func oneFieldAtATimeIsReadTheSameOrNotAtAll() throws {
        let base = try Self.firstFrame(
            of: SyncRequest(
                replica: Fixture.replica, head: nil, history: nil, checkpoint: nil, nonce: 1,
                wantsDigest: false, changesets: []))
        let numbers: [UInt64] = [
            0, 1, 2, 3, 127, 128, 1 << 31, 1 << 32, Dot.counterLimit - 1, Dot.counterLimit, .max,
        ]
        var count = 0
        for field in UInt64(1)...18 {
            var fields: [[UInt8]] = []
            for number in numbers {
                var writer = PlainWriter(capacity: 16)
                writer.optional(field, Int64(bitPattern: number))
                fields.append(writer.bytes)
            }
            for length in [0, 1, 12, 16, 32, 300, Bounds.resumeBytes + 1] {
                var writer = PlainWriter(capacity: 16)
                writer.message(field, [UInt8](repeating: 1, count: length))
                fields.append(writer.bytes)
            }
            for bytes in fields {
                for all in [base + bytes, bytes + base, bytes] {
                    guard let plain = SyncRequest(plain: all) else { continue }
                    count += 1
                    #expect(try plain == SyncRequest(generated: all), "\(field): \(all)")
                }
            }
        }
        #expect(count > 5)
    }

    @Test func countsAreReadTheSameOrNotAtAll() throws {
        try Budget.current("wire").run { random in
            var end = PBRequestEnd()
            end.changesets = .random(in: 0...300, using: &random)
            end.offeredDigests = .random(in: 0...1, using: &random)
            end.offeredEntities = .random(in: 0...1, using: &random)
            var bytes = serialized(end)
            try #require(RequestCounts(plain: bytes) == RequestCounts(end))
            damage(&bytes, using: &random)
            guard let plain = RequestCounts(plain: bytes) else { return }
            try #require(try plain == RequestCounts(PBRequestEnd(serializedBytes: bytes)))
        }
    }

    /// The same head as when the whole is read; the same hash for the same bytes behind it, whoever
    /// asks, and for no others.
    @Test func whatComesBehindTheHeadIsToldApartByItsBytes() throws {
        try Budget.current("wire").run { random in
            var request = Self.request(&random)
            request.changesets = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                random.bytes(.random(in: 1...300, using: &random))
            }
            let body = request.encoded()
            let cover = RequestCover(body)
            let whole = try SyncRequest(decoding: body)
            try #require((cover == nil) == !(request.buckets.isEmpty && request.repair.isEmpty))
            guard let cover else { return }
            var head = whole
            head.changesets = []
            try #require(cover.request == head)

            var another = Self.request(&random)
            (another.buckets, another.repair) = ([], [])
            another.changesets = request.changesets
            try #require(RequestCover(another.encoded())?.carried == cover.carried)

            let behind = Frame.headerBytes + (try Self.firstFrame(of: request)).count
            var damaged = body
            let place = Int.random(in: behind..<body.count, using: &random)
            damaged[place] ^= UInt8(1) << UInt8.random(in: 0..<8, using: &random)
            try #require(RequestCover(damaged).map { $0.carried != cover.carried } ?? false)
            try #require(RequestCover(body.dropLast()).map { $0.carried != cover.carried } ?? false)
        }
    }

    private static func firstFrame(of request: SyncRequest) throws -> [UInt8] {
        try #require(Frame.read(request.encoded(), limit: .max).frames.first).payload
    }

    private static func request(_ random: inout SeededGenerator) -> SyncRequest {
        func maybe<Value>(_ value: Value) -> Value? {
            Bool.random(using: &random) ? value : nil
        }
        var request = SyncRequest(
            replica: Fixture.replica,
            head: maybe(ChainHead(counter: random.next() >> 12 | 1, hash: Fixture.previous)),
            history: maybe(Fixture.history), checkpoint: maybe(Fixture.checkpoint),
            responseBytes: .random(in: 0...(1 << 40), using: &random),
            nonce: random.next() >> UInt64.random(in: 0...63, using: &random),
            wantsDigest: Bool.random(using: &random),
            ruleVersion: .random(in: 0...300, using: &random), changesets: [])
        request.phase = SyncPhase.allCases.randomElement(using: &random) ?? .ordinary
        request.wantsBuckets = Bool.random(using: &random)
        if Int.random(in: 0..<4, using: &random) == 0 { request.buckets = [3, 200] }
        if Int.random(in: 0..<4, using: &random) == 0 {
            request.repair = [EntityID(.route, Bits128(high: 1, low: 2))]
        }
        request.resume = random.bytes(.random(in: 0...90, using: &random))
        request.driver = maybe(Identifier(utf8: random.bytes(.random(in: 1...40, using: &random))))
        request.standing = random.bytes(.random(in: 0...200, using: &random))
        return request
    }
}
