import Foundation
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyWire

/// What is packed comes back byte for byte, whatever it is; and hostile bytes are refused.
@Suite struct PackedChangesetsTests {
    /// Chains of all that this build writes, with whatever a newer build, a redaction or a foreign
    /// hand made of some of it.
    @Test func whatIsPackedComesBack() throws {
        try Budget.current("packed").run { random in
            let envelopes = Self.envelopes(using: &random)
            let packed = try #require(PackedChangesets.pack(envelopes))
            try #require(try PackedChangesets.unpack(packed) == envelopes)
        }
    }

    /// The packer proves each row of envelopes by unpacking it, and keeps to plain frames where that
    /// fails; here it never has to, and nothing but foreign bytes goes as it is.
    @Test func eachBodyIsTakenApart() throws {
        var packer = Packer()
        for (index, body) in ChangeCodecTests.bodies.enumerated() {
            for change in [Fixture.encoded(body), Fixture.encoded(body).redacted] {
                let envelope = Envelope(
                    header: Fixture.header.encoded(), changes: [change],
                    dot: Dot(Fixture.replica, UInt64(index) + 1), previous: .zero)
                let packed = try #require(PackedChangesets.pack([envelope.bytes]))
                #expect(try PackedChangesets.unpack(packed) == [envelope.bytes])
                #expect(MessageShape.read(change.core, as: .core) != nil)
                packer.add(envelope.bytes)
            }
        }
        // A second time around every word was said before.
        let once = packer.columns.encoded.count
        for (index, body) in ChangeCodecTests.bodies.enumerated() {
            packer.add(
                Envelope(
                    header: Fixture.header.encoded(), changes: [Fixture.encoded(body)],
                    dot: Dot(Fixture.replica, UInt64(index) + 1), previous: .zero
                ).bytes)
        }
        let each = (packer.columns.encoded.count - once) / ChangeCodecTests.bodies.count
        #expect(each < 100, "\(each) bytes for what was said before, salts and names included")
    }

    @Test func damagedBytesAreRefused() throws {
        try Budget.current("packed").run { random in
            let envelopes = Self.envelopes(using: &random)
            let packed = try #require(PackedChangesets.pack(envelopes))
            for _ in 0..<10 {
                var bytes = packed
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    damage(&bytes, using: &random)
                }
                // The check stands before what is damaged, mostly; never is there anything else.
                let read = try? PackedChangesets.unpack(bytes)
                try #require(read == nil || read == envelopes)
            }
        }
    }

    /// Behind a check that fits nothing, an attacker's columns: no trap, and no more than the bound.
    @Test func hostileColumnsAreBounded() throws {
        try Budget.current("packed").run { random in
            let packed = try #require(PackedChangesets.pack(Self.envelopes(using: &random)))
            var bytes = Array(packed[9...])
            for _ in 0..<Int.random(in: 1...6, using: &random) { damage(&bytes, using: &random) }
            var offset = 0
            _ = Varint.read(bytes, &offset, bytes.count)
            guard let columns = try? ColumnsReader(bytes, from: offset) else { return }
            var unpacker = Unpacker(columns, maximumBytes: 100_000)
            var total = 0
            for _ in 0..<300 {
                guard let envelope = try? unpacker.next() else { break }
                total += envelope.count
            }
            try #require(total <= 100_000)
        }
    }

    /// A few bytes that stand for many are refused: as a bomb, by size, by number.
    @Test func bombsAreRefused() throws {
        let note = Fixture.encoded(.fact(.noteAdded(Note(String(repeating: "氣", count: 5000)))))
        var previous = Hash256.zero
        var envelopes: [[UInt8]] = []
        for counter in 1...20 {
            let envelope = Envelope(
                header: Fixture.header.encoded(), changes: [note],
                dot: Dot(Fixture.replica, UInt64(counter)), previous: previous)
            previous = envelope.hash
            envelopes.append(envelope.bytes)
        }
        let packed = try #require(PackedChangesets.pack(envelopes))
        let bound = WireError.invalid("packed changesets over their bound")
        #expect(throws: bound) { try PackedChangesets.unpack(packed, maximumBytes: 100_000) }
        #expect(throws: WireError.invalid("20 packed changesets")) {
            try PackedChangesets.unpack(packed, maximumCount: 19)
        }
        // 16 KB each for a few bytes: beyond what the other side takes, so it goes plainly.
        let many = Array(repeating: envelopes[0], count: 1000)
        #expect(PackedChangesets.pack(many) == nil)
    }

    /// An empty column takes two bytes to say and far more to keep.
    @Test func columnsAreBounded() {
        var packed = [PackedChangesets.format] + [UInt8](repeating: 0, count: 8) + [1]
        packed.append(varint: UInt64(Bounds.packedColumns + 1))
        packed += [UInt8](repeating: 0, count: 2 * (Bounds.packedColumns + 1))
        #expect(throws: WireError.invalid("\(Bounds.packedColumns + 1) columns")) {
            try PackedChangesets.unpack(packed)
        }
    }

    @Test func otherFormatsAreNamed() throws {
        var packed = try #require(PackedChangesets.pack([try Fixture.changeset().bytes]))
        packed[0] = 2
        #expect(throws: WireError.unsupported("packed format 2")) {
            try PackedChangesets.unpack(packed)
        }
        packed[0] = 1
        packed[3] ^= 1
        #expect(throws: WireError.corrupt("packed changesets")) {
            try PackedChangesets.unpack(packed)
        }
        #expect(throws: WireError.truncated) { try PackedChangesets.unpack([]) }
        #expect(throws: WireError.truncated) { try PackedChangesets.unpack([1, 2, 3]) }
    }

    /// Two rows of contexts in one header, and a second one in a shape that a stranger sends.
    @Test func contextsStandInOnePlace() throws {
        let contexts: [UInt8] = [0x4A, 19, 0x0A, 17] + [UInt8](repeating: 1, count: 17)
        let header = contexts + [0x28, 5] + contexts
        let read = try #require(MessageShape.read(header, as: .header))
        #expect(read.shape.tokens == [9 << 3 | MessageShape.contexts, 0x28, 0x4A])
        let envelope = Envelope(
            header: header, changes: [Fixture.encoded(.fact(Fixture.cash))],
            dot: Dot(Fixture.replica, 1), previous: .zero)
        let packed = try #require(PackedChangesets.pack([envelope.bytes]))
        #expect(try PackedChangesets.unpack(packed) == [envelope.bytes])
        let twice: [UInt8] = [0x4C, 0x28, 0x4C]
        #expect(throws: WireError.invalid("packed shape")) {
            try MessageShape(reading: twice[...], of: .header)
        }
    }

    // MARK: Chains

    /// One replica's changesets, mostly in order; one in a few is something else.
    private static func envelopes(using random: inout SeededGenerator) -> [[UInt8]] {
        var envelopes: [[UInt8]] = []
        var previous = Hash256.zero
        var counter = UInt64.random(in: 1...3, using: &random)
        var header = Fixture.header
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            walk(&header, using: &random)
            var changes: [EncodedChange] = []
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                changes.append(change(using: &random))
            }
            var bytes = header.encoded()
            if random.isOneIn(6) { bytes += [0xF8, 0x06] + random.bytes(1).map { $0 & 0x7F } }
            if random.isOneIn(8) { damage(&bytes, using: &random) }
            let envelope = Envelope(
                header: bytes, changes: changes, dot: Dot(Fixture.replica, counter),
                previous: previous)
            previous = random.isOneIn(8) ? Fixture.previous : envelope.hash
            counter += random.isOneIn(8) ? 7 : 1
            var sent = envelope.bytes
            if random.isOneIn(8) { damage(&sent, using: &random) }
            envelopes.append(sent)
        }
        return envelopes
    }

    private static func walk(_ header: inout ChangesetHeader, using random: inout SeededGenerator) {
        if random.isOneIn(3) {
            header.changeID = Fixture.id(UInt8.random(in: 0...200, using: &random))
        } else {
            let next = header.changeID.low &+ 1
            header.changeID = ChangeID(high: header.changeID.high, low: next)
        }
        header.time = DeviceTime(
            wallMilliseconds: header.time.wallMilliseconds
                + .random(in: -5...90_000, using: &random),
            monotonicMilliseconds: .random(in: 0...100_000, using: &random), boot: header.time.boot)
        let logical = UInt32.random(in: 0...3, using: &random)
        header.hlc = HLC(milliseconds: header.time.wallMilliseconds, logical: logical)
        if random.isOneIn(3) { header.checkpoint = random.isOneIn(2) ? nil : Fixture.checkpoint }
        header.contexts = [:]
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            let entity = EntityID(.stop, Fixture.id(UInt8.random(in: 0x40...0x43, using: &random)))
            header.contexts[entity] =
                random.isOneIn(4)
                ? [:] : [Fixture.replica: .random(in: 1...9, using: &random), Fixture.hub: 7]
        }
    }

    private static func change(using random: inout SeededGenerator) -> EncodedChange {
        let body = ChangeCodecTests.bodies.randomElement(using: &random) ?? .fact(Fixture.cash)
        let entity = EntityID(.stop, Fixture.id(UInt8.random(in: 0x40...0x43, using: &random)))
        var change = Fixture.encoded(body, on: entity)
        switch Int.random(in: 0..<10, using: &random) {
        case 0:
            var core = change.core
            damage(&core, using: &random)
            change = EncodedChange(core: core, personal: change.personal)
        case 1:
            // A field of a newer build, and a kind of one.
            change = EncodedChange(
                core: change.core + [0xCA, 0x07, 3, 8, 1, 0xFF], personal: change.personal)
        case 2:
            let personal = random.bytes(.random(in: 0...40, using: &random))
            change = EncodedChange(core: change.core, personal: personal)
        case 3 where change.personal != nil: change = change.redacted
        default: break
        }
        return change
    }
}

extension SeededGenerator {
    fileprivate mutating func isOneIn(_ count: Int) -> Bool {
        Int.random(in: 0..<count, using: &self) == 0
    }
}
