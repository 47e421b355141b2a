import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

@Suite("Plan edits as pure functions")
struct OfficeEditTests {
    private func scene() throws -> OfficeScene {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        return scene
    }

    private func refusal(_ body: () throws -> some Any) -> String? {
        do {
            _ = try body()
            return nil
        } catch { return (error as? HubRefusal)?.code }
    }

    @Test("Cells write the fields they name, empty ones empty them")
    func cells() throws {
        let state = try scene().stop("S1")
        var cells = PlanCells()
        cells.window = "13:00-15:30"
        cells.price = ""
        cells.lat = "22.7"
        cells.lng = "121.1"
        let edit = try PlanEdit.set(state, cells, nil, depot: "taitung", context: nil)
        let write = try #require(edit.changesets.first?.first)
        #expect(write.words == ["window", "price", "coordinate"])
        #expect(write.fields.contains(.init(.price, .none)))
        #expect(write.context == state.vector)
    }

    @Test("What cannot be set is refused", arguments: ["driver", "lat", "price", "vehicle", ""])
    func refusedCells(_ what: String) throws {
        let state = try scene().stop("S1")
        var cells = PlanCells()
        switch what {
        case "driver": cells.driver = "drv-9"
        case "lat": cells.lat = "22.7"
        case "price": cells.price = "-1"
        case "vehicle": cells.vehicle = "V-9"
        default: break
        }
        let code = refusal { try PlanEdit.set(state, cells, nil, depot: "taitung", context: nil) }
        #expect(code == (["lat", "price"].contains(what) ? "bad_plan" : "bad_request"))
    }

    @Test("A value that is shown already is not written again; one among several is")
    func unchanged() throws {
        var scene = try scene()
        let before = try scene.stop("S1")
        var cells = PlanCells()
        cells.window = "08:00-10:00"
        #expect(
            try PlanEdit.set(before, cells, nil, depot: "taitung", context: nil).changesets.isEmpty)
        for window in ["09:00-10:00", "10:00-11:00"] {
            cells.window = window
            let context = before.vector.base64
            let edit = try PlanEdit.set(
                scene.stop("S1"), cells, nil, depot: "taitung", context: context)
            try scene.write(edit.changesets.flatMap(\.self))
        }
        let both = try scene.stop("S1")
        #expect(both.fields[.window]?.siblings.count == 2)
        cells.window = both.shown(.window).cell
        let settle = try PlanEdit.set(both, cells, nil, depot: "taitung", context: nil)
        try scene.write(settle.changesets.flatMap(\.self))
        #expect(try scene.stop("S1").fields[.window]?.siblings.count == 1)
    }

    @Test("A new stop moves those from its place on, as far as places are taken")
    func insert() throws {
        let scene = try scene()
        let route = try #require(scene.stop("S1").shown(.route).entity)
        let file = try PlanFile.parse(
            Array((Plans.header + Plans.row("S9", sequence: 2)).utf8))
        let row = try #require(file.rows.first)
        let others = scene.stops.filter { $0.shown(.route).entity == route }
        let edit = try PlanEdit.insert(row, routeID: route, others: others)
        let writes = try #require(edit.changesets.first)
        let moved = writes.dropFirst().map { $0.fields.compactMap(\.value.integer) }
        #expect(writes.first?.entity == row.stopID)
        let pushed = try ["S2", "S3"].map { try scene.stop($0).id }
        #expect(writes.dropFirst().map(\.entity) == pushed)
        #expect(moved == [[3], [4]])
    }

    @Test("An insert that moves more than a changeset holds is refused")
    func noRoom() throws {
        var scene = OfficeScene()
        let rows = (1...60).map { Plans.row("S\($0)", sequence: $0) }.joined()
        try scene.load(Plans.header + rows)
        let file = try PlanFile.parse(Array((Plans.header + Plans.row("N", sequence: 1)).utf8))
        let row = try #require(file.rows.first)
        let stops = scene.stops
        #expect(
            refusal { try PlanEdit.insert(row, routeID: row.routeID, others: stops) } == "no_room")
    }

    @Test("A long route is resequenced in changesets of 64 places")
    func resequence() throws {
        var scene = OfficeScene()
        let rows = (1...100).map { Plans.row("S\($0)", sequence: $0) }.joined()
        try scene.load(Plans.header + rows)
        let stops = scene.stops.sorted { $0.sequence > $1.sequence }
        let route = try #require(stops.first?.shown(.route).entity.flatMap { scene.states[$0] })
        let edit = PlanEdit.resequence(route, stops.map { ($0, $0.vector) })
        #expect(edit.changesets.map { $0.flatMap(\.changes).count } == [64, 36])
        for writes in edit.changesets { try scene.write(writes) }
        #expect(try scene.stop("S100").sequence == 1)
        #expect(try scene.stop("S1").sequence == 100)
        let again = PlanEdit.resequence(
            route, scene.stops.sorted { $0.sequence < $1.sequence }.map { ($0, $0.vector) })
        #expect(again.changesets.isEmpty)
    }

    @Test("A failed stop is reopened with the next attempt; no other is")
    func reopen() throws {
        var scene = try scene()
        let id = try scene.stop("S1").id
        #expect(refusal { try PlanEdit.reopen(scene.stop("S1"), context: nil) } == "not_failed")
        try scene.record([.failed(Failure(.absent, attempt: 1))], on: id, by: "drv-1", counter: 1)
        let edit = try PlanEdit.reopen(scene.stop("S1"), context: nil)
        try scene.write(edit.changesets.flatMap(\.self))
        let stop = try scene.stop("S1").stop
        #expect(stop.status == .pending)
        #expect(stop.attempt == 2)
    }

    @Test("A context is read back as it was stated, and nothing else is taken for one")
    func contexts() throws {
        let vector = try scene().stop("S1").vector
        #expect(try VersionVector(base64: vector.base64) == vector)
        for bad in ["?", "AAAA", String(repeating: "A", count: 200_000)] {
            #expect(refusal { try VersionVector(base64: bad) } == "bad_context")
        }
    }

    @Test("Change ids count up from 96 bits")
    func ids() throws {
        let ids = try OfficeIDs("00112233445566778899aabb")
        #expect(ids[0].hex == "00112233445566778899aabb00000000")
        #expect(ids[.max].hex == "00112233445566778899aabbffffffff")
        for bad in ["", "00", "00112233445566778899aabbcc", "zz112233445566778899aabb"] {
            #expect(refusal { try OfficeIDs(bad) } == "bad_request")
        }
    }
}
