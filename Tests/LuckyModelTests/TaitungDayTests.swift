import LuckyModel
import LuckySchemas
import Testing

@Suite struct TaitungDayTests {
    @Test func theDemosDay() throws {
        let file = try PlanFile.parse(LuckySchemas.taitungDayCSV.utf8)
        #expect(file.rejected == [])
        #expect(file.warnings.isEmpty)
        #expect(file.rows.count == 60)
        let routes = Dictionary(grouping: file.rows, by: \.route)
        #expect(Set(routes.keys) == ["海線", "市區", "縱谷"])
        for stops in routes.values {
            #expect((18...22).contains(stops.count))
            #expect(stops.map(\.sequence) == Array(1...stops.count))
        }
        #expect(Set(file.rows.map(\.driver)) == ["drv-01", "drv-02", "drv-03"])
        for row in file.rows {
            #expect(row.depot == "TTT" && row.date.text == "2026-11-22")
            #expect(row.phone.hasPrefix("0900-000-0"))
            // Taitung county's mainland.
            let place = try #require(row.coordinate)
            #expect((222_000_000...235_000_000).contains(place.latitudeE7))
            #expect((1_207_000_000...1_216_000_000).contains(place.longitudeE7))
            // Orders at list price, on a truck that can carry the route.
            let cents = row.quantities.pairs.map { pair in
                (pair.product.info?.listPriceCents ?? 0) * Int64(pair.count)
            }
            #expect(row.priceCents == cents.reduce(0, +))
            #expect(row.quantities.isCovered(by: row.holding))
        }
    }
}
