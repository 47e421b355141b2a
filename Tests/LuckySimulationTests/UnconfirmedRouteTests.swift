import Foundation
import LuckyCausality
import LuckyHub
import LuckyModel
import LuckyStore
import Testing

/// What a restored hub does not know of a phone's route: it stays, and can be driven (L15, L26).
struct UnconfirmedRouteTests {
    private static let day: Int64 = 24 * 60 * 60 * 1000

    private func isHandover(_ recorded: Recorded) -> Bool {
        if case .handedOver = recorded.fact { true } else { false }
    }

    @Test("A route that the restored hub does not know stays on the phone and can be driven (L15)")
    func openRouteStays() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        let date = try #require(CivilDate(year: 2026, month: 11, day: 22))
        try phone.settle()
        try bench.backUpHub()
        for number in 7...8 { try bench.plan(number) }
        try phone.settle()
        try phone.note("前", on: 8)
        try phone.settle()
        try bench.restoreHub()
        try phone.settle()
        func stops() throws -> [String] {
            try phone.store.routes(on: date).flatMap(\.stops).map {
                "\($0.stop.code) \($0.stop.customer) \($0.isUnconfirmed)"
            }.sorted()
        }
        let before = ["S1 林小姐1 false", "S2 林小姐2 false", "S3 林小姐3 false"]
        let unconfirmed = ["S7 林小姐7 true", "S8 林小姐8 true"]
        #expect(try stops() == before + unconfirmed)
        #expect(try phone.store.position().unconfirmedCount == 2)

        try phone.complete(7)
        try phone.note("後", on: 8)
        try phone.settle()
        #expect(try bench.hub.read { try $0.quarantined() }.isEmpty)
        #expect(try bench.facts(7).contains(where: isHandover))
        #expect(try bench.facts(8).count == 2)
        #expect(try stops() == before + unconfirmed)
        #expect(try phone.store.stop(RecoveryBench.stop(7))?.stop.status == .delivered)

        // What the office writes anew is shown, and the rest of what was known besides.
        try bench.write([Change(RecoveryBench.stop(7), .plan(.customerName, .text("王先生")))])
        try phone.settle()
        #expect(try stops() == before + ["S7 王先生 true", "S8 林小姐8 true"])

        bench.tick(8 * Self.day)
        try phone.settle()
        #expect(try phone.store.position().unconfirmedCount == 0)
        #expect(try stops() == before)
        #expect(try phone.store.stop(RecoveryBench.stop(8))?.stop.customer == "")
    }

    @Test("What only a phone remembers of a plan is offered again where the hub is restored again")
    func rememberedIsOfferedAgain() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        try phone.settle()
        try bench.backUpHub()
        try bench.plan(7)
        try bench.write([Change(RecoveryBench.stop(7), .plan(.address, .text("中華路 7 號")))])
        try phone.settle()
        try phone.note("門", on: 7)
        try phone.settle()
        for _ in 1...2 {
            try bench.restoreHub()
            try phone.settle()
            #expect(try bench.offered("address") == ["中華路 7 號"])
            let stop = try #require(try phone.store.stop(RecoveryBench.stop(7)))
            #expect(stop.stop.address == "中華路 7 號" && stop.isUnconfirmed)
        }
    }

    @Test("So is a value where the restored hub has an older one, until somebody decides")
    func listedIsOfferedAgain() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        let stop = RecoveryBench.stop(1)
        try bench.write([Change(stop, .plan(.address, .text("舊")))])
        try phone.settle()
        try bench.backUpHub()
        try bench.write([Change(stop, .plan(.address, .text("新")))])
        try phone.settle()
        for _ in 1...3 {
            try bench.restoreHub()
            try phone.settle()
            #expect(try bench.offered("address") == ["新"])
            let held = try #require(try phone.store.stop(stop))
            #expect(held.stop.address == "舊" && !held.isUnconfirmed)
            #expect(try phone.store.position().unconfirmedCount == 0)
        }
        // Taken over, it is this history's own, and remembered no more: offered once.
        try bench.takeOffers()
        try phone.settle()
        #expect(try phone.store.stop(stop)?.stop.address == "新")
        try bench.restoreHub()
        try phone.settle()
        #expect(try bench.offered("address") == ["新"])
    }

    @Test("A stop that nobody confirmed is erased after its days, once nothing unsent is on it")
    func unconfirmedEnds() throws {
        let bench = try RecoveryBench()
        let phone = try BenchPhone(bench, "phone.sqlite")
        let stop = RecoveryBench.stop(7)
        try phone.settle()
        try bench.backUpHub()
        try bench.plan(7)
        try phone.settle()
        try bench.restoreHub()
        try phone.settle()
        bench.tick(6 * Self.day)
        try phone.settle()
        #expect(try phone.store.stop(stop)?.stop.customer == "林小姐7")
        bench.tick(2 * Self.day)
        try phone.settle()
        let held = try #require(try phone.store.stop(stop))
        #expect(held.isHandedOver && !held.isUnconfirmed && held.stop.customer == "")
        #expect(try phone.store.news().isEmpty)
    }
}

extension RecoveryBench {
    /// What the office is asked to decide over, of one field.
    /// A person takes over whatever is listed.
    func takeOffers() throws {
        let reply = try hub.office("offers-list", Data("{}".utf8), as: Self.office, now: now)
        let list = try JSONSerialization.jsonObject(with: reply) as? [String: Any]
        for (index, offer) in (list?["offers"] as? [[String: Any]] ?? []).enumerated() {
            var decision: [String: Any] = ["id": String(repeating: "0", count: 23) + "\(index)"]
            for key in ["entity", "field", "change", "index"] { decision[key] = offer[key] }
            let body = try JSONSerialization.data(withJSONObject: decision)
            _ = try hub.office("offers-take", body, as: Self.office, now: now)
        }
    }

    func offered(_ field: String) throws -> [String?] {
        let reply = try hub.office("offers-list", Data("{}".utf8), as: Self.office, now: now)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(OffersReply.self, from: reply).offers
            .filter { $0.field == field }.map(\.value)
    }
}
