import Foundation
import LuckyCausality
import LuckyModel
import SwiftProtobuf
import Testing

@testable import LuckyWire

@Suite struct ChangeCodecTests {
    static let ref = FactRef(change: Fixture.id(0x10), index: 63)
    static let origin = Release.Origin(
        replica: Fixture.replica.bytes, counter: 4, milliseconds: 9, logical: 2)
    static let delivery = HandedOver(
        Handover(delivered: [.kg20: -10_000, .kg16: 10_000], residualGrams: 10_000_000),
        attempt: 10_000, recipient: "Ａ棟")

    static let bodies: [Change.Body] =
        [
            .arrived(Arrival(attempt: 1)), Fixture.handover, Fixture.cash, .handedOver(delivery),
            .failed(Failure(.absent, attempt: 2, note: "門鎖")),
            .failed(Failure(FailureReason(rawValue: 4_000_000_000), attempt: 0)),
            .photoTaken(Photo(sha256: Fixture.previous, byteCount: 8 << 20, isSignature: true)),
            .noteAdded(Note("n")), .noteAdded(Note(nil)),
            .corrected(Correction(of: ref, seen: [ref], to: .handedOver(delivery))),
            .corrected(
                Correction(of: ref, seen: [], to: .failed(Failure(.other, attempt: 1, note: "x")))),
            .corrected(Correction(of: ref, seen: [], to: .cashReceived(CashReceipt(.zero)))),
            .corrected(Correction(of: ref, seen: [], to: .withdrawn)),
            .suggestedAddress(AddressSuggestion("更生路")),
            .suggestedOrder(OrderSuggestion(stops: [Fixture.stop])),
            .looked(Look(changes: [Fixture.id(1), Fixture.id(2)])),
            .reviewOpened(
                ReviewOpened(
                    kind: ReviewKind(rawValue: "rule of 2030"), ruleVersion: 9, sides: [ref, ref],
                    cores: [[1, 2], []])),
        ].map { .fact($0) } + newerFacts.map { .fact($0) } + values.map { .plan(.code, $0) }
        + personalValues

    static let newerFacts: [Fact] = [
        .handedOver(
            HandedOver(
                Handover(delivered: [.kg20: 1]), attempt: 1, quoted: .zero, quotedBy: ref,
                serials: ["B", "A", "B"], collectedSerials: ["桶-7"])),
        .meterRead(MeterReading(milli: 0)),
        .meterRead(MeterReading(milli: (1 << 53) - 1, product: Product("flow20"))),
        .shiftStarted(ShiftStart(float: Money.dollars(5000) ?? .zero)),
        .shiftEnded(ShiftEnd()), .shiftEnded(ShiftEnd(counted: .zero)),
        .cashDropped(CashDrop(Money.dollars(30_000) ?? .zero)),
        .stopAdded(AddedStop()),
        .stopAdded(
            AddedStop(
                code: "臨1", route: EntityID(.route, Fixture.id(0x60)),
                date: CivilDate(yyyymmdd: 20_261_122), payment: "cash", price: .zero,
                customer: "王小姐", address: "中正路 1 號", phone: "089-000-000",
                coordinate: Coordinate(latitudeE7: -900_000_000, longitudeE7: 1_800_000_000),
                note: "後門")),
        .routeStarted, .routeCompleted,
        .reviewResolved(ReviewResolution(of: Fixture.id(3), .kept)),
        .reviewResolved(
            ReviewResolution(
                of: Fixture.id(3), ReviewOutcome(rawValue: "outcome of 2030"),
                supersedes: [ref, FactRef(change: Fixture.id(0x10), index: 0)], note: "已致電")),
        .redacted(Redaction(of: ref)),
        .settled(Settlement(due: .zero, received: Money.dollars(-1) ?? .zero, covers: [ref])),
        .released(Release(ref, author: "amy", writtenAt: -5, core: [1, 2, 3])),
        .released(
            Release(ref, author: "amy", writtenAt: -5, core: [1, 2, 3], origin: Self.origin)),
    ]

    static let values: [PlanValue] = [
        .none, .text(""), .text("café"), .text("cafe\u{301}"), .name("taitung"),
        .integer(1 - (1 << 53)), .flag(false), .flag(true), .money(.zero),
        .money(Money(cents: -1_000_000_000) ?? .zero), .quantities([:]), .quantities([.kg4: 3]),
        .window(TimeWindow(startMinute: 0, endMinute: 1440)),
        .coordinate(Coordinate(latitudeE7: -900_000_000, longitudeE7: 1_800_000_000)),
        .entity(Fixture.stop),
    ]

    /// Every shape of value may stand in a personal field, also of a newer build.
    static let personalValues: [Change.Body] =
        values.map { .plan(.address, $0) } + [.plan(PlanField(rawValue: 63), .integer(5))]

    @Test(arguments: bodies)
    func roundTrip(_ body: Change.Body) throws {
        let encoded = Fixture.encoded(body)
        #expect(try ChangeCodec.decode(encoded) == Change(Fixture.stop, body))
        #expect(encoded.personal?.starts(with: Fixture.salt) != false)
        #expect(encoded.hash == Fixture.encoded(body).hash)
    }

    @Test func nothingPersonalStandsInTheCore() throws {
        let secret = "王小姐0912345678"
        let facts: [Fact] = [
            .handedOver(HandedOver(Handover(delivered: [.kg20: 1]), attempt: 1, recipient: secret)),
            .failed(Failure(.absent, attempt: 1, note: secret)), .noteAdded(Note(secret)),
            .suggestedAddress(AddressSuggestion(secret)),
            .stopAdded(AddedStop(customer: secret)), .stopAdded(AddedStop(address: secret)),
            .stopAdded(AddedStop(phone: secret)), .stopAdded(AddedStop(note: secret)),
            .reviewResolved(ReviewResolution(of: Fixture.id(3), .kept, note: secret)),
            .corrected(
                Correction(
                    of: Self.ref, seen: [], to: .failed(Failure(.other, attempt: 1, note: secret)))),
        ]
        let writes: [Change.Body] = [.customerName, .phone, .address, .officeNote].map {
            .plan($0, .text(secret))
        }
        for body in facts.map({ Change.Body.fact($0) }) + writes {
            let encoded = Fixture.encoded(body)
            #expect(!encoded.core.hex.contains(Array(secret.utf8).hex))
            #expect(encoded.personal?.hex.contains(Array(secret.utf8).hex) == true)
        }
        let here = Coordinate(latitudeE7: 227_500_000, longitudeE7: 1_211_500_000)
        #expect(Fixture.encoded(.plan(.coordinate, .coordinate(here))).personal != nil)
    }

    /// A redaction drops the bytes and keeps their hash: the change's hash, and so the chain, stays.
    @Test func redactionKeepsTheHash() throws {
        let encoded = Fixture.encoded(.fact(Fixture.handover))
        let redacted = EncodedChange(core: encoded.core, redacted: encoded.personalHash)
        #expect(redacted.hash == encoded.hash)
        #expect(redacted.personal == nil)
        guard case .handedOver(let value) = try ChangeCodec.decode(redacted).fact else {
            Issue.record("not a handover")
            return
        }
        #expect(value.recipient == nil)
        #expect(value.handover.delivered == [.kg20: 2])
        let field = Fixture.encoded(.plan(.address, .text("x")))
        let empty = EncodedChange(core: field.core, redacted: field.personalHash)
        #expect(try ChangeCodec.decode(empty).body == .plan(.address, .none))
        // Through a page.
        var change = Fixture.pageChange(.fact(Fixture.handover))
        change.encoded = redacted
        #expect(try PageChange(rowBytes: change.rowBytes()).encoded == redacted)
    }

    @Test func anotherSaltIsAnotherHash() {
        let a = ChangeCodec.encode(Change(Fixture.stop, .fact(Fixture.handover))) { Fixture.salt }
        let b = ChangeCodec.encode(Change(Fixture.stop, .fact(Fixture.handover))) {
            [UInt8](repeating: 1, count: 16)
        }
        #expect(a.core == b.core && a.hash != b.hash)
    }

    @Test func emptyTextsOfFactsAreNone() throws {
        let encoded = Fixture.encoded(.fact(.noteAdded(Note(""))))
        #expect(encoded.personal == nil)
        #expect(try ChangeCodec.decode(encoded).fact == .noteAdded(Note(nil)))
    }

    /// L2: every number has a range, checked where it enters; the worst values do not trap.
    @Test func rangesAreChecked() throws {
        func refuse(_ why: String, _ body: Change.Body, _ change: (inout PBCore) -> Void) throws {
            var core = try PBCore(serializedBytes: Fixture.encoded(body).core)
            change(&core)
            let encoded = EncodedChange(core: try core.serializedBytes(), personal: nil)
            #expect(throws: WireError.self, "\(why)") { try ChangeCodec.decode(encoded) }
        }
        for count in [Int64.min, .max, 0, 10_001, -10_001] {
            try refuse("quantity \(count)", .fact(Fixture.handover)) {
                $0.handedOver.delivered.entries[0].count = count
            }
        }
        for cents in [Int64.min, .max, 1_000_000_001, -1_000_000_001] {
            try refuse("money \(cents)", .fact(Fixture.cash)) {
                $0.cashReceived.amountCents = cents
            }
            try refuse("price \(cents)", .plan(.price, .none)) { $0.plan.value.moneyCents = cents }
        }
        for number in [Int64.min, .max, 1 << 53, -(1 << 53)] {
            try refuse("integer \(number)", .plan(.sequence, .none)) {
                $0.plan.value.integer = number
            }
        }
        try refuse("product twice", .fact(Fixture.handover)) {
            $0.handedOver.delivered.entries.append($0.handedOver.delivered.entries[0])
        }
        try refuse("long product", .fact(Fixture.handover)) {
            $0.handedOver.delivered.entries[0].product = Data(repeating: 65, count: 129)
        }
        try refuse("residual", .fact(Fixture.handover)) { $0.handedOver.residualG = .max }
        try refuse("negative residual", .fact(Fixture.handover)) { $0.handedOver.residualG = -1 }
        try refuse("attempt", .fact(.arrived(Arrival(attempt: 1)))) { $0.arrived.attempt = .max }
        try refuse("window", .plan(.window, .none)) { $0.plan.value.window.endMinute = .max }
        try refuse("latitude", .plan(.sequence, .none)) {
            $0.plan.value.coordinate.latitudeE7 = .min
        }
        try refuse("longitude", .plan(.sequence, .none)) {
            $0.plan.value.coordinate.longitudeE7 = .max
        }
        try refuse("entity", .fact(Fixture.cash)) { $0.entity = Data() }
        try refuse("field 0", .plan(.sequence, .integer(1))) { $0.plan.field = 0 }
        try refuse("photo", .fact(.photoTaken(Photo(sha256: .zero, byteCount: 1)))) {
            $0.photoTaken.byteCount = .max
        }
        try refuse("photo's hash", .fact(.photoTaken(Photo(sha256: .zero, byteCount: 1)))) {
            $0.photoTaken.sha256.removeLast()
        }
        try refuse("index", .fact(.corrected(Correction(of: Self.ref, seen: [], to: .withdrawn)))) {
            $0.corrected.original.index = 64
        }
    }

    @Test func rangesOfNewerFactsAreChecked() throws {
        func refuse(_ why: String, _ fact: Fact, _ change: (inout PBCore) -> Void) throws {
            var core = try PBCore(serializedBytes: Fixture.encoded(.fact(fact)).core)
            change(&core)
            let encoded = EncodedChange(core: try core.serializedBytes(), personal: nil)
            #expect(throws: WireError.self, "\(why)") { try ChangeCodec.decode(encoded) }
        }
        for milli in [Int64.min, -1, 1 << 53, .max] {
            try refuse("meter \(milli)", .meterRead(MeterReading(milli: 1))) {
                $0.meterRead.milli = milli
            }
        }
        for cents in [Int64.min, .max, 1_000_000_001, -1_000_000_001] {
            try refuse("float", .shiftStarted(ShiftStart(float: .zero))) {
                $0.shiftStarted.floatCents = cents
            }
            try refuse("counted", .shiftEnded(ShiftEnd())) { $0.shiftEnded.countedCents = cents }
            try refuse("drop", .cashDropped(CashDrop(.zero))) {
                $0.cashDropped.amountCents = cents
            }
            try refuse("quoted", Fixture.handover) { $0.handedOver.quotedCents = cents }
            try refuse("price", .stopAdded(AddedStop())) { $0.stopAdded.priceCents = cents }
            let settled = Fact.settled(Settlement(due: .zero, received: .zero, covers: []))
            try refuse("due", settled) { $0.settled.dueCents = cents }
            try refuse("received", settled) { $0.settled.receivedCents = cents }
        }
        try refuse("no such day", .stopAdded(AddedStop())) { $0.stopAdded.date = 20_261_131 }
        try refuse("day beyond", .stopAdded(AddedStop())) { $0.stopAdded.date = .max }
        try refuse("route", .stopAdded(AddedStop())) { $0.stopAdded.route = Data([1]) }
        try refuse("serial twice", Fixture.handover) {
            $0.handedOver.serials = [Data([65]), Data([65])]
        }
        try refuse("empty serial", Fixture.handover) { $0.handedOver.serials = [Data()] }
        try refuse("serials", Fixture.handover) {
            $0.handedOver.collectedSerials = (0...Bounds.serials).map {
                Data([UInt8($0 / 256), UInt8($0 % 256)])
            }
        }
        try refuse("quoted by", Fixture.handover) { $0.handedOver.quotedBy.index = 64 }
        let resolved = Fact.reviewResolved(
            ReviewResolution(of: Fixture.id(3), .kept, supersedes: [Self.ref]))
        try refuse("review id", resolved) { $0.reviewResolved.review = Data([1]) }
        try refuse("supersedes twice", resolved) {
            $0.reviewResolved.supersedes += $0.reviewResolved.supersedes
        }
        try refuse("target", .redacted(Redaction(of: Self.ref))) { $0.redacted.clearTarget() }
        try refuse(
            "release time", .released(Release(Self.ref, author: "a", writtenAt: 0, core: []))
        ) { $0.released.writtenMs = .max }
        let traced = Fact.released(
            Release(Self.ref, author: "a", writtenAt: 0, core: [], origin: Self.origin))
        try refuse("release replica", traced) { $0.released.replica = Data([1]) }
        try refuse("release counter", traced) { $0.released.counter = 0 }
        try refuse("release clock", traced) { $0.released.hlc.ms = -1 }
    }

    @Test func textsAreBounded() throws {
        let limit = String(repeating: "a", count: 16 * 1024)
        for body: Change.Body in [
            .fact(.noteAdded(Note(limit))), .fact(.suggestedAddress(AddressSuggestion(limit))),
            .plan(.address, .text(limit)), .plan(.code, .text(limit)),
        ] {
            #expect(try ChangeCodec.decode(Fixture.encoded(body)).body == body)
        }
        for body: Change.Body in [
            .fact(.noteAdded(Note(limit + "b"))), .plan(.address, .text(limit + "b")),
            .fact(.suggestedAddress(AddressSuggestion(limit + "b"))),
            .plan(.code, .text(limit + "b")),
        ] {
            #expect(throws: WireError.invalid("text too long")) {
                try ChangeCodec.decode(Fixture.encoded(body))
            }
        }
    }

    @Test func personalNeedsItsSalt() {
        for count in 0..<16 {
            let core = Fixture.encoded(.fact(Fixture.handover)).core
            let encoded = EncodedChange(core: core, personal: [UInt8](repeating: 0, count: count))
            #expect(throws: WireError.self) { try ChangeCodec.decode(encoded) }
        }
    }

    @Test func aPlanValueOfANewerBuildIsNotAnEmptiedField() throws {
        // Field 4 (sequence) with a Value that has only field 15.
        let core: [UInt8] = [0x0A, 17] + Fixture.stop.bytes + [0x12, 6, 0x08, 4, 0x12, 2, 0x78, 1]
        let change = try ChangeCodec.decode(EncodedChange(core: core, personal: nil))
        #expect(change.body == .plan(.sequence, .unknown))
    }

    @Test func aReplacementOfANewerBuildIsUnknown() throws {
        var core = try PBCore(
            serializedBytes: Fixture.encoded(
                .fact(.corrected(Correction(of: Self.ref, seen: [], to: .withdrawn)))
            ).core)
        core.corrected.replacement = nil
        let encoded = EncodedChange(core: try core.serializedBytes(), personal: nil)
        let expected = Correction(of: Self.ref, seen: [], to: .unknown)
        #expect(try ChangeCodec.decode(encoded).fact == .corrected(expected))
    }

    /// The numbers of the kinds, for ever, and which of them are doorstep facts (L9).
    @Test func bookFactsAreFrom48On() throws {
        for case .fact(let fact) in Self.bodies {
            let core = Fixture.encoded(.fact(fact)).core
            // After the entity (19 bytes) comes the body's tag, a varint of two bytes.
            let kind = (UInt32(core[19] & 0x7F) | UInt32(core[20]) << 7) >> 3
            #expect(fact.kind.rawValue == kind)
            #expect(fact.isDoorstep == (kind < Fact.firstBookKind), "kind \(kind)")
        }
    }

    /// Nobody adds a body to the schema and forgets its name: each kind that the schema can carry
    /// has a word, and each is round-tripped above.
    @Test func everyKindOfTheSchemaHasAWord() throws {
        let tested = Set(
            Self.bodies.compactMap { body -> FactKind? in
                if case .fact(let fact) = body { fact.kind } else { nil }
            })
        #expect(tested.sorted() == FactKind.named.map(\.kind))
        for number in UInt32(3)...200 {
            // The field with an empty message inside: known kinds leave no unknown bytes.
            let tag = number << 3 | 2
            let bytes = [UInt8(tag & 0x7F) | 0x80, UInt8(tag >> 7), 0]
            let core = try PBCore(serializedBytes: [0x0A, 17] + Fixture.stop.bytes + bytes)
            let isKnown = FactKind.named.contains { $0.kind.rawValue == number }
            #expect(core.unknownFields.data.isEmpty == isKnown, "kind \(number)")
        }
    }
}
