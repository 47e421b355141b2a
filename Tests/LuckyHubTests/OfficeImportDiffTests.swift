import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

@Suite("Plan import as a difference")
struct OfficeImportDiffTests {
    @Test("A new file creates its routes and stops, each in a changeset of its own")
    func creates() throws {
        var scene = OfficeScene()
        let diff = try scene.load(Plans.day)
        #expect(diff.entries.count == 8)
        #expect(diff.entries.allSatisfy { $0.isNew })
        #expect(Set(diff.entries.map(\.count)).count == 8)
        #expect(diff.entries.allSatisfy { $0.write.fields.count <= Bounds.changesPerChangeset })
        let stop = try scene.stop("T3").stop
        #expect(stop.driver == "drv-2")
        #expect(stop.ordered == [.kg16: 1, .kg20: 1])
        #expect(stop.window == TimeWindow(startMinute: 480, endMinute: 600))
        #expect(stop.price == .dollars(1900))
        #expect(stop.coordinate?.latitudeText == "22.7547000")
        let route = try #require(stop.route.flatMap { scene.states[$0] }).route(stops: [])
        #expect(route.code == "R2")
        #expect(route.capacityGrams == 900_000)
    }

    @Test("The same file again changes nothing")
    func idempotent() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let again = try scene.difference(Plans.day)
        #expect(again.entries.isEmpty)
        #expect(again.unchanged == 6)
        #expect(again.vanished.isEmpty)
    }

    @Test("A changed row writes only its changed fields, in the context of what the hub had")
    func edits() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let changed = Plans.day.replacing(
            Plans.row("S2", sequence: 2),
            with: Plans.row("S2", sequence: 2, address: "台東市中正路9號", window: ""))
        let diff = try scene.difference(changed)
        let entry = try #require(diff.entries.first)
        #expect(diff.entries.count == 1)
        #expect(entry.write.words == ["window", "address"])
        #expect(try scene.stop("S2").vector == entry.write.context)
        try scene.write([entry.write])
        #expect(try scene.stop("S2").stop.window == nil)
        #expect(try scene.difference(changed).entries.isEmpty)
    }

    @Test("Texts compare as bytes: a decomposed letter is an edit")
    func bytes() throws {
        var scene = OfficeScene()
        try scene.load(Plans.header + Plans.row("S1", sequence: 1, address: "Caf\u{E9}"))
        let diff = try scene.difference(
            Plans.header + Plans.row("S1", sequence: 1, address: "Cafe\u{301}"))
        #expect(diff.entries.map(\.write.words) == [["address"]])
    }

    @Test("A row keeps its change id, whatever else the hub has taken")
    func countsAreStable() throws {
        var scene = OfficeScene()
        let all = try scene.difference(Plans.day)
        for entry in all.entries.prefix(5) { try scene.write([entry.write]) }
        let rest = try scene.difference(Plans.day)
        #expect(rest.entries.map(\.count) == all.entries.dropFirst(5).map(\.count))
        #expect(rest.entries.map(\.write.entity) == all.entries.dropFirst(5).map(\.write.entity))
    }

    @Test("A stop that the file dropped has vanished; one on another route has not")
    func vanished() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let one = Plans.header + Plans.row("S1", sequence: 1) + Plans.row("S3", sequence: 3)
        let diff = try scene.difference(one)
        #expect(diff.vanished.map(\.stop.code) == ["S2"])
        #expect(diff.vanished.map(\.routeCode) == ["R1"])
        #expect(diff.vanished.allSatisfy { $0.count >= 0x8000_0000 && $0.canBeCancelled })
        try scene.write(diff.vanished.map(\.cancel))
        #expect(try scene.stop("S2").stop.status == .cancelled)
        #expect(try scene.difference(one).vanished.isEmpty)
    }

    @Test("A rejected row has not vanished")
    func rejectedStays() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let broken = Plans.day.replacing(
            Plans.row("S2", sequence: 2), with: Plans.row("S2", sequence: 2, window: "soon"))
        #expect(try scene.difference(broken).vanished.isEmpty)
    }

    @Test("A delivered stop takes edits of its order, not another driver")
    func delivered() throws {
        var scene = OfficeScene()
        try scene.load(Plans.day)
        let id = try scene.stop("S1").id
        try scene.record(
            [.handedOver(HandedOver(Handover(delivered: [.kg20: 2]), attempt: 1))], on: id,
            by: "drv-1", counter: 1)
        let dearer = try scene.difference(
            Plans.day.replacing(
                Plans.row("S1", sequence: 1), with: Plans.row("S1", sequence: 1, price: "2000")))
        #expect(dearer.entries.map(\.write.words) == [["price"]])
        #expect(dearer.entries.map(\.status) == [.delivered])
        let moved = try scene.difference(
            Plans.header + Plans.row("S1", route: "R2", driver: "drv-2", sequence: 4))
        #expect(moved.problems.map(\.reason) == [.alreadyDelivered])
        #expect(moved.entries.isEmpty)
        let gone = try scene.difference(Plans.header + Plans.row("S2", sequence: 2))
        #expect(gone.vanished.map(\.canBeCancelled) == [false, true])
    }

    @Test("A stop of which only a delivery is known, told by a phone, takes the plan")
    func toldByAPhone() throws {
        var other = OfficeScene()
        try other.load(Plans.day)
        let id = try other.stop("S1").id
        var scene = OfficeScene()
        try scene.record(
            [.handedOver(HandedOver(Handover(delivered: [.kg20: 2]), attempt: 1))], on: id,
            by: "drv-1", counter: 1)
        let diff = try scene.load(Plans.day)
        #expect(diff.problems.isEmpty)
        #expect(diff.entries.count == 8)
        #expect(try scene.stop("S1").stop.driver == "drv-1")
        #expect(try scene.stop("S1").stop.status == .delivered)
    }

    @Test("A row of another depot is not taken")
    func wrongDepot() throws {
        let scene = OfficeScene()
        let diff = try scene.difference(
            Plans.header + Plans.row("X1", sequence: 1, depot: "hualien")
                + Plans.row("S1", sequence: 2))
        #expect(diff.problems.map(\.reason) == [.wrongDepot])
        #expect(diff.entries.count == 2)
    }
}
