import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// L10 at the hub: names that Swift's `==` takes for one are two drivers, two stops, two products.
@Suite struct NameBytesTests {
    /// Composed and decomposed; a CJK compatibility ideograph beside the ordinary one.
    static let twins = [("caf\u{E9}", "cafe\u{301}"), ("\u{F902}行", "\u{8ECA}行")]

    @Test(arguments: Backend.allCases, twins)
    func twoDriversHaveTwoScopes(_ backend: Backend, _ names: (String, String)) throws {
        let (one, other) = (Identifier(names.0), Identifier(names.1))
        let bench = try Bench(backend)
        let (first, second) = (try bench.plan(1, for: one), try bench.plan(2, for: other))
        var (mine, theirs) = (Phone(one, install: 1), Phone(other, install: 2))
        try bench.settle(&mine)
        try bench.settle(&theirs)
        #expect(mine.scope == [first])
        #expect(theirs.scope == [second])
        // Each writes as itself only.
        try mine.write([Change(first, .fact(.arrival))], author: other)
        try bench.settle(&mine)
        #expect(mine.results[1]?.result == .quarantined("author"))
        let request = mine.request()
        #expect(try bench.refusal(request, as: theirs.credential)?.code == "foreign_replica")
        // A stop that goes from one to the other leaves one scope and enters another.
        try bench.edit(first, [.driver: .name(other)])
        try bench.settle(&mine)
        try bench.settle(&theirs)
        #expect(mine.scope == [])
        #expect(theirs.scope == [first, second])
        #expect(theirs.digest() == theirs.hubDigest)
    }

    @Test(arguments: Backend.allCases, twins)
    func twoProductsAndTwoTextsStayTwo(_ backend: Backend, _ names: (String, String)) throws {
        let bench = try Bench(backend)
        let stop = try bench.plan(1, for: "drv-1")
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        let counts: Quantities = [
            Product(Identifier(names.0)): 1, Product(Identifier(names.1)): 2,
        ]
        try phone.tap(stop, .handedOver(HandedOver(Handover(delivered: counts), attempt: 1)))
        let morning = try bench.vector(stop)
        for text in [names.0, names.1] {
            try bench.edit(stop, [.address: .text(text)], seen: morning)
        }
        try bench.settle(&phone)
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        #expect(phone.base[stop] == state)
        #expect(state.stop.delivered.pairs.count == 2)
        let texts = state.fields[.address]?.siblings.compactMap { sibling in
            sibling.plan?.value.text.map { Array($0.utf8) }
        }
        #expect(Set(texts ?? []) == [Array(names.0.utf8), Array(names.1.utf8)])
    }

    @Test(arguments: twins)
    func anOfficeFindsTheOneItNames(_ one: String, _ other: String) throws {
        let desk = try OfficeDesk()
        try desk.load(
            Plans.header + Plans.row(one, sequence: 1) + Plans.row(other, sequence: 2))
        #expect(try Array(desk.show(one).stop.utf8) == Array(one.utf8))
        _ = try desk.set(one, .window("13:00-15:00"))
        #expect(try desk.show(one).context != desk.show(other).context)
        // The same file again changes nothing: rows and stops find each other byte by byte.
        let sequence = desk.sequence
        try desk.load(
            Plans.header + Plans.row(one, sequence: 1, window: "13:00-15:00")
                + Plans.row(other, sequence: 2))
        #expect(desk.sequence == sequence)
    }
}
