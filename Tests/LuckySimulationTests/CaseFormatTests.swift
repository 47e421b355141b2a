import Foundation
import TestSupport
import Testing

@testable import LuckySimulation

/// A case that is written wrong says where.
struct CaseFormatTests {
    private static let good = """
        {
          "schema": "lucky-case/1", "id": "x", "kind": "scenario", "title": "t",
          "actors": {"a": {"is": "device", "driver": "d"}, "mei": {"is": "office"}},
          "plan": [{"stop": "S1", "driver": "d"}],
          "steps": [{"do": "arrive", "who": "a", "stop": "S1", "as": "door"}, {"do": "settle"}],
          "expect": {"everywhere": {"stops": {"S1": {"status": "arrived"}}}}
        }
        """

    private func read(_ text: String, name: String? = "x") throws(CaseError) {
        _ = try CaseFile(Array(text.utf8), name: name).player()
    }

    @Test("The case that the others are made from is good")
    func goodCase() throws { try read(Self.good) }

    @Test(
        "What is wrong is named by its place",
        arguments: [
            ("lucky-case/1", "lucky-case/2", "schema"),
            ("\"kind\": \"scenario\"", "\"kind\": \"novel\"", "kind"),
            ("\"title\": \"t\"", "\"titel\": \"t\"", "titel"),
            ("\"title\": \"t\",", "", ""),
            ("\"title\": \"t\"", "\"title\": \"t\", \"title\": \"t\"", "title"),
            ("\"do\": \"arrive\"", "\"do\": \"arive\"", "steps[0].do"),
            ("\"who\": \"a\"", "\"who\": \"b\"", "steps[0].who"),
            ("\"who\": \"a\"", "\"who\": \"mei\"", "steps[0].who"),
            ("\"who\": \"a\", \"stop\": \"S1\"", "\"who\": \"a\", \"stop\": \"S2\"", "steps[0].stop"),
            ("\"as\": \"door\"", "\"as\": 1", "steps[0].as"),
            ("\"as\": \"door\"", "\"same_id_as\": \"door\"", "steps[0].same_id_as"),
            ("{\"do\": \"settle\"}", "{\"do\": \"settle\", \"fast\": true}", "steps[1].fast"),
            ("\"status\": \"arrived\"", "\"status\": \"gone\"", "expect.everywhere.stops.S1.status"),
            ("\"status\": \"arrived\"", "\"mood\": \"good\"", "expect.everywhere.stops.S1.mood"),
            ("\"status\": \"arrived\"", "", "expect.everywhere.stops.S1"),
            ("\"everywhere\": {\"stops\": {\"S1\": {\"status\": \"arrived\"}}}", "", "expect"),
            ("{\"S1\": {\"status\"", "{\"S9\": {\"status\"", "expect.everywhere.stops.S9"),
            ("\"everywhere\"", "\"nowhere\"", "expect.nowhere"),
            ("\"id\": \"x\"", "\"id\": \"y\"", "id"),
        ])
    func wrong(old: String, new: String, place: String) throws {
        let text = Self.good.replacingOccurrences(of: old, with: new)
        #expect(text != Self.good)
        let error = #expect(throws: CaseError.self) { try read(text) }
        #expect(error?.place == place, "\(String(describing: error))")
    }

    @Test("Keys that differ only in normal form are two keys")
    func normalForms() throws {
        let text = "{\"caf\u{E9}\": 1, \"cafe\u{301}\": 2}"
        #expect(try CaseValue(json: Array(text.utf8)).members?.count == 2)
    }

    @Test(
        "As many orders as there are, or as many as asked for, each once",
        arguments: [
            ([[1]], 20, 1), ([[2, 2]], 20, 6), ([[1, 1, 1, 1, 1]], 20, 120),
            ([[2, 2], [1]], 3, 6), ([[2, 2, 2]], 20, 20), ([[2, 2, 2]], 200, 90),
            ([[2, 2, 2, 2]], 200, 200), ([[], []], 20, 1), ([[2, 2], [2, 2]], 20, 20),
        ] as [([[Int]], Int, Int)])
    func orders(places: [[Int]], limit: Int, count: Int) {
        let orders = MessageOrders(places: places).chosen(limit: limit, seed: 7)
        #expect(orders.count == count)
        #expect(Set(orders).count == count)
        for order in orders {
            for (place, turns) in zip(places, order) {
                let counts = place.indices.map { index in turns.count { $0 == index } }
                #expect(counts == place)
            }
        }
        #expect(orders == MessageOrders(places: places).chosen(limit: limit, seed: 7))
    }

    @Test("A case that is played and seen otherwise fails, and says what was seen")
    func fails() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("x.json")
        let text = Self.good.replacingOccurrences(
            of: "\"status\": \"arrived\"", with: "\"status\": \"failed\"")
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        let result = CaseRunner.run(path, orders: 1)
        #expect(result.outcome == .fail)
        #expect(result.reason.contains("end.everywhere.stops.S1.status"))
        #expect(result.reason.contains("arrived"))
    }
}
