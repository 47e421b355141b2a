import LuckyDriver
import LuckyModel

/// Opens a store of 10,000 stops that nothing of is in memory, and shows one route.
struct OpenColdRow: BenchRow {
    let name = "open_cold"
    let unit = "ms"
    let better = Better.lower
    let referenceName = "the same of one plain table"
    let isShort = true

    private static let perRoute = 40

    func measure(_ workplace: Workplace) async throws -> Measurement {
        let stops = workplace.isShort ? 2_000 : 10_000
        let day = try TaitungDay()
        var depot = Depot(day, perRoute: Self.perRoute)
        let folder = try workplace.folder("open", on: .disk)
        let path = try depot.makeStore(in: folder, stops: 0..<stops)
        let plain = folder + "/plain.sqlite"
        _ = try ByHand(at: plain, day: day, stops: 0..<stops, perRoute: Self.perRoute)
        let routes = stops / Self.perRoute
        var result = Measurement()
        for round in 0..<workplace.rounds * 3 {
            let route = round * 7 % routes
            dropFromCache(path)
            var driver: Driver?
            var shown = 0
            let ours = try await secondsWaited {
                let opened = try await Driver.open(
                    at: path, as: Depot.driver, hub: .none, marks: folder)
                if let date = Depot.date(ofRoute: route) {
                    shown = try await opened.stops(on: .on(date)).count
                }
                driver = opened
            }
            await driver?.close()
            guard shown == Self.perRoute else { throw BenchError("\(shown) stops shown") }
            dropFromCache(plain)
            let reference = try seconds {
                let byHand = try ByHand(
                    at: plain, day: day, stops: 0..<0, perRoute: Self.perRoute)
                shown = try byHand.show(route: route)
            }
            guard shown == Self.perRoute else { throw BenchError("\(shown) stops by hand") }
            result.rounds.append(.init(ours: ours * 1_000, reference: reference * 1_000))
        }
        result.note = """
            \(stops) stops. What waits is the disk. What was tried and what is left: DeviceSpeed, \
            beside the store's sources
            """
        return result
    }
}
