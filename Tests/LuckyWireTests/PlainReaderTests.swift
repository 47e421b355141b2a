import LuckyCausality
import LuckyModel
import SwiftProtobuf
import TestSupport
import Testing

@testable import LuckyWire

/// What is read plainly is what the generated code reads; where that refuses, nothing is read
/// plainly.
@Suite struct PlainReaderTests {
    @Test func whatThisBuildWritesIsReadPlainlyAndTheSame() throws {
        for body in ChangeCodecTests.bodies {
            let change = Fixture.pageChange(body)
            let bytes = change.rowBytes()
            let plain = try #require(PageChange(plain: bytes))
            #expect(try plain == PageChange(PBRecordedChange(serializedBytes: bytes)))
            guard case .plan(let field, _) = body, let read = Change(plainPlan: change.encoded)
            else { continue }
            #expect(try read == ChangeCodec.decodeGenerated(change.encoded), "\(field)")
        }
        let written: [PlanValue] = [
            .text("王小姐"), .name("drv-1"), .integer(-3), .flag(true), .quantities([.kg20: 2]),
            .entity(EntityID(.route, Bits128(high: 1, low: 2))), .none,
        ]
        for value in written {
            for field in [PlanField.code, .customerName] {
                let encoded = Fixture.encoded(.plan(field, value))
                #expect(Change(plainPlan: encoded)?.body == .plan(field, value))
            }
        }
        #expect(ChangesetHeader(plain: Fixture.header.encoded()) != nil)
    }

    @Test func whatMostTapsRecordIsReadPlainlyAndTheSame() throws {
        var kinds: Set<FactKind> = []
        for body in ChangeCodecTests.bodies {
            let encoded = Fixture.encoded(body)
            guard let read = Change(plainFact: encoded) else { continue }
            #expect(read.body == body)
            #expect(try read == ChangeCodec.decodeGenerated(encoded))
            if case .fact(let fact) = body { kinds.insert(fact.kind) }
        }
        #expect(
            kinds == [.arrived, .handedOver, .failed, .cashReceived, .noteAdded, .meterRead])
        let known = Knowledge(unknownKinds: [.arrived])
        Knowledge.$current.withValue(known) {
            #expect(Change(plainFact: Fixture.encoded(.fact(Fixture.cash))) == nil)
        }
    }

    @Test func aHeaderIsWrittenAsTheGeneratedCodeWritesIt() throws {
        try Budget.current("wire").run { random in
            var header = Fixture.header
            header.author = Identifier(utf8: random.bytes(.random(in: 0...40, using: &random)))
            header.time = DeviceTime(
                wallMilliseconds: .random(in: -5...1 << 50, using: &random),
                monotonicMilliseconds: .random(in: 0...300, using: &random), boot: Fixture.id(7))
            header.hlc = HLC(
                milliseconds: .random(in: 0...1 << 50, using: &random),
                logical: .random(in: 0...3, using: &random))
            if Bool.random(using: &random) { header.checkpoint = nil }
            if Bool.random(using: &random) { header.contexts = [:] }
            if Bool.random(using: &random) { header.importID = header.changeID }
            if Bool.random(using: &random) {
                header.predecessor = .init(
                    dot: Dot(Fixture.replica, random.next() >> 12 | 1), hash: Fixture.previous)
            }
            let bytes = header.encoded()
            let generated: [UInt8] = try PBHeader(serializedBytes: bytes).serializedBytes()
            try #require(bytes == generated)
            try #require(try ChangesetHeader(decoding: bytes) == header)
        }
    }

    @Test func aRowIsWrittenAsTheGeneratedCodeWritesIt() throws {
        try Budget.current("wire").run { random in
            let body = ChangeCodecTests.bodies.randomElement(using: &random) ?? .fact(Fixture.cash)
            var change = Fixture.pageChange(body)
            change.ref.index = .random(in: 0...63, using: &random)
            change.stamp.author = Identifier(
                utf8: random.bytes(.random(in: 0...130, using: &random)))
            change.stamp.role = Role(rawValue: .random(in: 0...5, using: &random))
            change.stamp.relation = ScopeRelation(rawValue: .random(in: 0...3, using: &random))
            change.stamp.hlc = HLC(
                milliseconds: .random(in: 0...2, using: &random) << 40,
                logical: .random(in: 0...200, using: &random))
            change.stamp.writtenAt = .random(in: -1...1, using: &random)
            change.stamp.receivedAt = [nil, 0, -7, 1 << 50].randomElement(using: &random) ?? nil
            change.stamp.carriedBy = [nil, "", "boss"].randomElement(using: &random) ?? nil
            change.context = VersionVector()
            for _ in 0..<Int.random(in: 0...9, using: &random) {
                change.context.raise(
                    ReplicaID(install: random.next(), epoch: 1), to: random.next() >> 12 | 1)
            }
            if Bool.random(using: &random) { change.witnessedBy = Fixture.replica }
            if Bool.random(using: &random) { change.encoded = change.encoded.redacted }
            try #require(change.plainBytes() == serialized(PBRecordedChange(change)))
        }
    }

    @Test func damagedBytesAreReadTheSameOrNotAtAll() throws {
        let headers = [Fixture.header.encoded()]
        try Budget.current("wire").run { random in
            let body = ChangeCodecTests.bodies.randomElement(using: &random) ?? .fact(Fixture.cash)
            var bytes = Fixture.pageChange(body).rowBytes()
            var header = headers.randomElement(using: &random) ?? []
            var encoded = Fixture.encoded(body)
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                damage(&bytes, using: &random)
                damage(&header, using: &random)
                damage(&encoded.core, using: &random)
                if var personal = encoded.personal {
                    damage(&personal, using: &random)
                    encoded.personal = personal
                }
            }
            if let plain = PageChange(plain: bytes) {
                try #require(try plain == PageChange(PBRecordedChange(serializedBytes: bytes)))
            }
            if let plain = Change(plainFact: encoded) {
                try #require(try plain == ChangeCodec.decodeGenerated(encoded))
            }
            if let plain = ChangesetHeader(plain: header) {
                try #require(try plain == ChangesetHeader(generated: header))
            }
            if let plain = Change(plainPlan: encoded) {
                try #require(try plain == ChangeCodec.decodeGenerated(encoded))
            }
        }
    }
}
