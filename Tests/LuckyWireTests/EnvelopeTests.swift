import Foundation
import LuckyCausality
import LuckyModel
import SwiftProtobuf
import Testing

@testable import LuckyWire

/// The bytes that are hashed, for ever. All hexadecimal here was computed by a Python script from the
/// formulas of ``Envelope`` and change.proto, with no code of ours.
@Suite struct EnvelopeTests {
    static let golden = """
        112233445566778899aabbcc0300000000000000abababababababababababababababababababababababab\
        ababababababababa10000000200330000001b0000001a000000ffffffff0801121000010203040506070809\
        0a0b0c0d0e0f1a03616d79208080d8f69f3428d2093210202122232425262728292a2b2c2d2e2f3a09088080\
        d8f69f34100242260a10303132333435363738393a3b3c3d3e3f120774616974756e67184d21efbeadde0000\
        00004a370a1101404142434445464748494a4b4c4d4e4f12100a0c112233445566778899aabbcc100212100a\
        0cf0f1f2f3f4f5f6f7f8f9fafb10070a1101404142434445464748494a4b4c4d4e4f8a011d0a0a0a080a0432\
        306b671004120a0a080a0432306b67100218bc0520015a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a0a09e78e8be5\
        b08fe5a7900a1101404142434445464748494a4b4c4d4e4f9a010408e09817
        """

    @Test func sealsTheGoldenBytes() throws {
        let changeset = try Fixture.changeset()
        #expect(changeset.bytes.hex == Self.golden)
        // SHA-256(0x01 ‖ SHA-256(personal) ‖ core), and 32 zeros where there is nothing personal.
        #expect(
            changeset.changes.map(\.hash.hex) == [
                "51151c4b18ca0b9299cc221d410efa4f55d490440ed3f1f93b28a1e8929c7613",
                "b3ef9ecde66d4c04336340c2d9a6a947e7b09ee0cb90e76628a21f112e0cb5fe",
            ])
        #expect(
            changeset.changes[0].personalHash.hex
                == "1f452c0b71485e902c40332ef662d70583717233e1a530c87e90f8ab2ffffc28")
        #expect(changeset.changes[1].personalHash == .zero)
        // SHA-256(0x02 ‖ replica ‖ counter ‖ previous ‖ SHA-256(header) ‖ change hashes).
        #expect(
            changeset.hash.hex == "19fa3dd220214bc3f57e4245e0acf2eb403f91ff4456575f04e34f75b515efbc"
        )
    }

    @Test func readsTheGoldenBytes() throws {
        let bytes = try #require([UInt8](hex: Self.golden))
        let changeset = try Changeset(reading: bytes)
        #expect(changeset.dot == Dot(Fixture.replica, 3))
        #expect(changeset.previous == Fixture.previous)
        #expect(changeset.header == Fixture.header)
        #expect(try EnvelopeName(reading: bytes).dot == changeset.dot)
        #expect(try EnvelopeName(reading: Array(bytes.prefix(52))).previous == Fixture.previous)
        let recorded = try changeset.recorded(stamp: Fixture.stamp)
        #expect(recorded.map(\.fact) == [Fixture.handover, Fixture.cash])
        #expect(recorded.map(\.ref.index) == [0, 1])
        #expect(
            recorded.map(\.context)
                == Array(repeating: [Fixture.replica: 2, Fixture.hub: 7], count: 2))
        #expect(try changeset.entities() == [Fixture.stop, Fixture.stop])
    }

    @Test func everyCutAndEveryExtraByteIsRefused() throws {
        let bytes = try Fixture.changeset().bytes
        for cut in 0..<bytes.count {
            #expect {
                try Changeset(reading: Array(bytes[..<cut]))
            } throws: { error in
                // Never `truncated`: asking again would bring the same bytes.
                if case WireError.invalid = error { true } else { false }
            }
        }
        #expect(throws: WireError.invalid("bytes after the changeset")) {
            try Changeset(reading: bytes + [0])
        }
    }

    /// A redaction takes the personal bytes' place by their hash; no other hash moves (L18).
    @Test func aRedactedEnvelopeHasTheSameHash() throws {
        let whole = try Fixture.changeset().envelope
        let redacted = whole.redacting { $0 == 0 }
        #expect(
            redacted.hash == whole.hash && redacted.changes.map(\.hash) == whole.changes.map(\.hash)
        )
        #expect(redacted.changes[0].lacksPersonal && redacted.changes[1] == whole.changes[1])
        #expect(redacted.bytes.count == whole.bytes.count + 32 - 27)
        let read = try Envelope(reading: redacted.bytes)
        #expect(read == redacted && read.redacting { _ in true } == read)
        #expect(try Changeset(read).recorded(stamp: Fixture.stamp).map(\.ref.index) == [0, 1])
        // Nothing personal was there: nothing to redact, and nobody may say there was.
        #expect(whole.redacting { $0 == 1 } == whole)
        var zeros = redacted.bytes
        let hash = Data(whole.changes[0].personalHash.bytes)
        let place = try #require(Data(zeros).range(of: hash))
        zeros.replaceSubrange(place, with: [UInt8](repeating: 0, count: 32))
        #expect(throws: WireError.invalid("redacted, and nothing was there")) {
            try Envelope(reading: zeros)
        }
    }

    /// What was within the bounds when it was sealed stays so, though a hash may be longer.
    @Test func aRedactedEnvelopeStaysWithinBounds() {
        let short = [UInt8](repeating: 1, count: ChangeCodec.saltBytes + 3)
        let changes = (0..<Bounds.changesPerChangeset).map { _ in
            EncodedChange(core: [UInt8](repeating: 2, count: 970), personal: short)
        }
        let rest =
            Bounds.changesetBytes
            - Envelope(
                header: [], changes: changes, dot: Dot(Fixture.replica, 1), previous: .zero
            ).bytes.count
        let whole = Envelope(
            header: [UInt8](repeating: 3, count: rest), changes: changes,
            dot: Dot(Fixture.replica, 1), previous: .zero)
        #expect(whole.bytes.count == Bounds.changesetBytes && whole.isWithinBounds)
        let redacted = whole.redacting { _ in true }
        #expect(redacted.bytes.count > Bounds.changesetBytes && redacted.isWithinBounds)
    }

    @Test func everyFlippedBitChangesTheHashOrIsRefused() throws {
        let original = try Fixture.changeset()
        for bit in 0..<original.bytes.count * 8 {
            var damaged = original.bytes
            damaged[bit / 8] ^= 1 << (bit % 8)
            guard let read = try? Envelope(reading: damaged) else { continue }
            #expect(read.hash != original.hash, "bit \(bit)")
            #expect(read.bytes == damaged)
        }
    }

    /// L20: what nobody can read still has a hash, so that the chain goes on behind it.
    @Test func anUnreadableChangesetKeepsItsPlaceInTheChain() throws {
        let garbage = EncodedChange(core: [0xFF, 0xFF], personal: [1])
        let unreadable = Envelope(
            header: [0xFF], changes: [garbage], dot: Dot(Fixture.replica, 4),
            previous: try Fixture.changeset().hash)
        #expect(try Envelope(reading: unreadable.bytes) == unreadable)
        #expect(throws: WireError.self) { try Changeset(reading: unreadable.bytes) }
        let tooMany = Envelope(
            header: Fixture.header.encoded(),
            changes: Array(repeating: Fixture.encoded(.fact(Fixture.cash)), count: 65),
            dot: Dot(Fixture.replica, 3), previous: Fixture.previous)
        #expect(try Envelope(reading: tooMany.bytes).hash == tooMany.hash)
        #expect(throws: WireError.self) { try Changeset(tooMany) }
        let tooLarge = Envelope(
            header: Fixture.header.encoded(),
            changes: [EncodedChange(core: Array(repeating: 0, count: 65_536), personal: nil)],
            dot: Dot(Fixture.replica, 3), previous: Fixture.previous)
        #expect(try Envelope(reading: tooLarge.bytes).hash == tooLarge.hash)
        #expect(throws: WireError.self) { try Changeset(tooLarge) }
    }

    @Test func whatAHubWouldRefuseIsNeverSealed() throws {
        func seal(
            _ changes: [EncodedChange], header: ChangesetHeader = Fixture.header,
            counter: UInt64 = 3, previous: Hash256 = Fixture.previous
        ) throws {
            _ = try Changeset(
                sealing: changes, header: header, dot: Dot(Fixture.replica, counter),
                previous: previous)
        }
        let cash = Fixture.encoded(.fact(Fixture.cash))
        try seal([cash])
        #expect(throws: WireError.self) { try seal([]) }
        #expect(throws: WireError.self) { try seal(Array(repeating: cash, count: 65)) }
        let long = Fixture.encoded(.fact(.noteAdded(Note(String(repeating: "字", count: 6000)))))
        #expect(throws: WireError.invalid("text too long")) { try seal([long]) }
        let empty = TimeWindow(startMinute: 600, endMinute: 600)
        #expect(throws: WireError.self) {
            try seal([Fixture.encoded(.plan(.window, .window(empty)))])
        }
        let address = Fixture.encoded(.plan(.address, .text("x")))
        #expect(throws: WireError.invalid("field written twice in one changeset")) {
            try seal([address, address])
        }
        try seal([cash], header: Fixture.headerOfFirst, counter: 1, previous: .zero)
        var late = Fixture.header
        late.predecessor = .init(dot: Dot(Fixture.hub, 1), hash: Fixture.previous)
        #expect(throws: WireError.self) { try seal([cash], header: late) }
        #expect(throws: WireError.self) { try seal([cash], counter: 1 << 53) }
    }

    @Test func predecessorRoundTrip() throws {
        var header = Fixture.headerOfFirst
        header.predecessor = .init(dot: Dot(Fixture.hub, 12), hash: Fixture.previous)
        header.checkpoint = nil
        let changeset = try Changeset(
            sealing: [Fixture.encoded(.fact(Fixture.cash))], header: header,
            dot: Dot(Fixture.replica, 1), previous: .zero)
        #expect(try Changeset(reading: changeset.bytes).header == header)
    }

    @Test func headersAreReadInOneFormOnly() throws {
        func refuse(_ why: String, _ change: (inout PBHeader) -> Void) throws {
            var message = try PBHeader(serializedBytes: Fixture.header.encoded())
            change(&message)
            let bytes: [UInt8] = try message.serializedBytes()
            #expect(throws: WireError.self, "\(why)") { try ChangesetHeader(decoding: bytes) }
        }
        try refuse("format") { $0.format = 2 }
        try refuse("no format") { $0.format = 0 }
        try refuse("change id") { $0.changeID.removeLast() }
        try refuse("context twice") { $0.contexts.append($0.contexts[0]) }
        try refuse("contexts not sorted") {
            var lower = $0.contexts[0]
            lower.entity[0] = 0
            $0.contexts.append(lower)
        }
        try refuse("vector not sorted") { $0.contexts[0].vector.reverse() }
        try refuse("replica id") { $0.contexts[0].vector[0].replica.append(0) }
        try refuse("zero counter") { $0.contexts[0].vector[0].counter = 0 }
        try refuse("counter") { $0.contexts[0].vector[0].counter = 1 << 53 }
        try refuse("HLC") { $0.hlc.ms = -1 }
        try refuse("HLC above") { $0.hlc.ms = 1 << 53 }
        try refuse("wall") { $0.wallMs = .min }
        try refuse("monotonic") { $0.monotonicMs = -1 }
        try refuse("author") { $0.author = Data(repeating: 65, count: 129) }
        try refuse("tag") { $0.checkpoint.history = Data() }
        try refuse("sequence") { $0.checkpoint.sequence = .max }
    }

    /// L5: fields, kinds and values of a newer build survive byte for byte, hash included.
    @Test func whatANewerBuildWroteIsKept() throws {
        let extra: [UInt8] = [0xF8, 0x07, 0x2A]  // field 127, varint 42
        let header = Fixture.header.encoded() + extra
        var newKind = PBCore()
        newKind.entity = Data(Fixture.stop.bytes)
        let kind70: [UInt8] = try newKind.serializedBytes() + [0xB2, 0x04, 0x00]  // field 70, empty
        let changes = [
            EncodedChange(
                core: Fixture.encoded(.fact(Fixture.handover)).core + extra,
                personal: Fixture.salt + [0x0A, 0x01, 0x41] + extra),
            EncodedChange(core: kind70, personal: Fixture.salt + extra),
        ]
        let newer = Envelope(
            header: header, changes: changes, dot: Dot(Fixture.replica, 3),
            previous: Fixture.previous)
        let read = try Changeset(reading: newer.bytes)
        #expect(read.bytes == newer.bytes)
        #expect(read.hash == newer.hash)
        #expect(read.header == Fixture.header)
        let recorded = try read.recorded(stamp: Fixture.stamp)
        #expect(recorded[1].fact == .unknown(kind: 70))
        #expect(recorded[1].fact?.isDoorstep == false)
        // Through a page and a row of a store.
        for (index, change) in read.changes.enumerated() {
            let travelled = try PageChange(
                rowBytes: PageChange(
                    ref: recorded[index].ref, dot: read.dot, encoded: change, stamp: Fixture.stamp,
                    context: [:]
                ).rowBytes())
            #expect(travelled.encoded == change)
            #expect(travelled.encoded.hash == newer.changes[index].hash)
        }
    }
}

extension Fixture {
    /// Nothing of its own is seen yet.
    static var headerOfFirst: ChangesetHeader {
        var first = header
        first.contexts = [stop: [hub: 7]]
        return first
    }
}
