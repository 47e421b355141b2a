import Foundation
import LuckyModel
import Testing

/// Ids, and names that compare as bytes (L10).
@Suite struct NamesTests {
    @Test func bytesAndHex() throws {
        #expect([UInt8](hex: "00fFA0") == [0, 255, 160])
        #expect([0, 255, 160].hex == "00ffa0")
        for wrong in ["0", "0g", "０0", " 00", "00 ", "0x00"] { #expect([UInt8](hex: wrong) == nil) }
        #expect([UInt8](hex: "") == [])
        let id = ChangeID(high: 0x0102_0304_0506_0708, low: 0x090A_0B0C_0D0E_0F10)
        #expect(id.bytes == Array(1...16))
        #expect(id.hex == "0102030405060708090a0b0c0d0e0f10")
        #expect(ChangeID(bytes: id.bytes) == id)
        #expect(ChangeID(bytes: Data(id.bytes)) == id)
        #expect(ChangeID(bytes: ([0] + id.bytes).dropFirst()) == id)
        #expect(ChangeID(hex: id.hex) == id)
        for count in [0, 15, 17, 32] {
            #expect(ChangeID(bytes: [UInt8](repeating: 0, count: count)) == nil)
        }
        let hash = try #require(Hash256(bytes: Array(1...32)))
        #expect(hash.bytes == Array(1...32))
        #expect(Hash256(hex: hash.hex) == hash)
        #expect(Hash256(bytes: Array(1...31)) == nil && Hash256(bytes: Array(1...33)) == nil)
    }

    @Test func idsOrderAsTheirBytes() {
        let words: [UInt64] = [0, 1, 0x80, 0x0100, .max]
        let ids = words.flatMap { high in words.map { ChangeID(high: high, low: $0) } }
        let entities = ids.flatMap { id in
            [
                EntityID(.stop, Bits128(high: id.high, low: id.low)),
                EntityID(.product, Bits128(high: id.high, low: id.low)),
            ]
        }
        for a in ids {
            for b in ids { #expect((a < b) == a.bytes.lexicographicallyPrecedes(b.bytes)) }
        }
        for a in entities {
            for b in entities { #expect((a < b) == a.bytes.lexicographicallyPrecedes(b.bytes)) }
        }
    }

    @Test func entityIDs() {
        let id = EntityID(.customer, Bits128(high: 1, low: 2))
        #expect(id.bytes.count == 17 && id.bytes.first == 16)
        #expect(EntityID(bytes: id.bytes) == id)
        #expect(EntityID(hex: id.hex) == id)
        #expect(EntityID(bytes: id.bytes + [0]) == nil && EntityID(bytes: []) == nil)
        let newer = EntityID(EntityKind(rawValue: 15), id.key)
        #expect(EntityID(bytes: newer.bytes) == newer)
        #expect(newer.kind.isShortLived && !id.kind.isShortLived)
    }

    @Test func namesCompareAsBytes() throws {
        let composed = Identifier("caf\u{E9}")
        let decomposed = Identifier("cafe\u{301}")
        #expect("caf\u{E9}" == "cafe\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(decomposed < composed)
        // Compatibility ideographs occur in names, and NFC would rewrite them.
        #expect(Identifier("\u{F9DC}") != Identifier("\u{9686}"))
        #expect(Identifier("Z") < Identifier("a") && Identifier("") < Identifier("a"))
        #expect(Identifier(utf8: [0xFF]) != Identifier(utf8: [0xFE]))
        #expect(Identifier(utf8: [0xFF]).utf8 == [0xFF])
        let text = String(decoding: try JSONEncoder().encode([decomposed]), as: UTF8.self)
        #expect(try JSONDecoder().decode([Identifier].self, from: Data(text.utf8)) == [decomposed])
    }

    @Test func textsOfThePlanCompareAsBytes() {
        #expect(PlanValue.text("caf\u{E9}") != .text("cafe\u{301}"))
        #expect(PlanValue.text("a") == .text("a"))
        #expect(Set<PlanValue>([.text("caf\u{E9}"), .text("cafe\u{301}")]).count == 2)
        #expect(PlanValue.text("a") != .name("a") && PlanValue.none != .unknown)
        #expect(PlanValue.integer(1) != .integer(2) && PlanValue.flag(true) == .flag(true))
    }

    @Test func reviewKindsCompareAsBytes() {
        #expect(ReviewKind(rawValue: "caf\u{E9}") != ReviewKind(rawValue: "cafe\u{301}"))
        #expect(ReviewKind(rawValue: "delivered_twice") == .deliveredTwice)
    }

    @Test func fieldsHaveOneWordEach() {
        let fields = (1...100).map { PlanField(rawValue: $0) }.filter { $0.word != nil }
        #expect(fields == PlanField.words.map(\.field).sorted() && fields.count == 26)
        for field in fields { #expect(PlanField(word: field.word ?? "") == field) }
        let personal: [PlanField] = [.customerName, .phone, .address, .officeNote, .coordinate]
        #expect(fields.filter(\.isPersonal) == personal)
        for (reason, word) in FailureReason.named {
            #expect(FailureReason(word: word) == reason && reason.word == word)
        }
        #expect(FailureReason(rawValue: 99).word == "other")
    }

    @Test func kindsHaveOneWordEach() {
        let kinds = FactKind.named
        #expect(Set(kinds.map(\.kind)).count == kinds.count)
        #expect(Set(kinds.map(\.word)).count == kinds.count)
        #expect(FactKind(rawValue: 999).word == "unknown")
        #expect(Set(ReviewKind.all.map(\.rawValue)).count == ReviewKind.all.count)
        #expect(ReviewOutcome(rawValue: "caf\u{E9}") != ReviewOutcome(rawValue: "cafe\u{301}"))
        let handover = HandedOver(Handover(delivered: [:]), attempt: 1, serials: ["b", "a", "b"])
        #expect(handover.serials == ["a", "b"])
    }

    @Test func changeIDsCountUp() {
        var ids = ChangeIDs(random: (1, 2))
        let first = ids.next()
        let second = ids.next()
        #expect(first == ChangeID(high: 1, low: 2 << 32))
        #expect(second == ChangeID(high: 1, low: (2 << 32) + 1))
        var other = ChangeIDs(random: (1, 3))
        let another = other.next()
        #expect(another != nil && another != first)
    }

    @Test func rolesOutrank() {
        #expect(Role.driver < .supervisor && Role.supervisor < .office && Role.office < .hub)
        #expect(Role(rawValue: 77).name == "role-77")
        #expect(Role(name: "driver") == .driver)
        for role in Role.all { #expect(Role(name: role.name) == role) }
        let desks: [Role] = [.customerService, .dispatcher, .finance]
        for desk in desks {
            #expect(Role.office.acts(as: desk) && desk.acts(as: .office) && desk.isOffice)
            #expect(desks.filter { $0.acts(as: desk) } == [desk])
            #expect(Role.hub.acts(as: desk) && !Role.supervisor.acts(as: desk))
        }
        #expect(!Role.office.acts(as: .driver) && !Role.hub.isOffice && !Role.driver.isOffice)
        // Nobody's token makes them the hub.
        #expect(Role(name: "hub") == nil)
    }

    @Test func quantitiesAreSortedAndChecked() {
        let sum = Quantities([(.kg4, 1), (.kg20, 2), (.kg16, 0)])
        #expect(sum?.pairs.map(\.product) == [.kg20, .kg4])
        #expect(Quantities([(.kg4, 1), (.kg4, 1)]) == nil)
        #expect(Quantities([(.kg4, 10_001)]) == nil && Quantities([(.kg4, .min)]) == nil)
        let full: Quantities = [.kg20: 10_000]
        #expect(full.adding([.kg20: 1]) == nil)
        #expect(full.adding([.kg20: -10_000]) == [:])
        #expect(([.kg20: .max] as Quantities).adding([.kg20: 1]) == nil)
        let two: Quantities = [.kg20: 2]
        #expect(two.isCovered(by: full) && !full.isCovered(by: two) && !two.isCovered(by: [:]))
    }

    @Test func moneyHasARange() {
        #expect(Money(cents: 1_000_000_000) != nil && Money(cents: 1_000_000_001) == nil)
        #expect(Money(cents: .min) == nil && Money.dollars(.max) == nil)
        let most = Money(cents: 1_000_000_000)
        #expect(most?.adding(Money(cents: 1) ?? .zero) == nil)
        #expect(most?.adding(Money(cents: -1) ?? .zero) == Money(cents: 999_999_999))
    }
}
