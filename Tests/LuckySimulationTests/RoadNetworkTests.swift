import Foundation
import LuckyModel
import Testing

@testable import LuckySimulation

/// Roads from a file, and a day that is driven along them.
struct RoadNetworkTests {
    private static func place(_ lng: Double, _ lat: Double) -> Coordinate {
        Coordinate(
            latitudeE7: Int32((lat * 1e7).rounded()), longitudeE7: Int32((lng * 1e7).rounded()))
    }

    private static func feature(_ line: [[Double]], _ properties: String = "{}") -> String {
        "{\"type\":\"Feature\",\"properties\":\(properties),"
            + "\"geometry\":{\"type\":\"LineString\",\"coordinates\":\(line)}}"
    }

    private static func roads(_ features: String...) throws -> RoadNetwork {
        try RoadNetwork.read(
            "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
                .utf8)
    }

    @Test("The shortest way is taken, around a corner where there is no straight one")
    func shortest() throws {
        let roads = try Self.roads(
            Self.feature([[121.0, 22.7], [121.0, 22.8], [121.1, 22.8]]),
            Self.feature([[121.0, 22.7], [120.8, 22.7], [120.8, 22.9], [121.1, 22.8]]))
        let way = try #require(
            roads.way(from: Self.place(121.0, 22.7), to: Self.place(121.1, 22.8)))
        #expect(way.contains(Self.place(121.0, 22.8)) && !way.contains(Self.place(120.8, 22.7)))
        let straight = RouteMap.metres(Self.place(121.0, 22.7), Self.place(121.1, 22.8))
        let metres = RouteMap.metres(along: way)
        #expect(metres > straight * 1.3 && metres < straight * 1.5)
        let middle = try #require(RouteMap.place(along: way, at: 0.5))
        #expect(roads.way(from: way[0], to: middle) != nil)
        #expect(RouteMap.place(along: way, at: 0) == way.first)
        #expect(RouteMap.place(along: way, at: 1) == way.last)
    }

    @Test("Against a one-way road there is no way", arguments: ["\"yes\"", "true", "1"])
    func oneway(_ word: String) throws {
        let roads = try Self.roads(
            Self.feature([[121.0, 22.7], [121.1, 22.7]], "{\"oneway\":\(word)}"))
        let (west, east) = (Self.place(121.0, 22.7), Self.place(121.1, 22.7))
        #expect(roads.way(from: west, to: east) != nil)
        #expect(roads.way(from: east, to: west) == nil)
    }

    @Test("A place is joined where the road comes nearest, not at its next bend")
    func nearest() throws {
        // One straight piece of ten kilometres; doors a hundred metres beside it.
        let roads = try Self.roads(Self.feature([[121.0, 22.7], [121.1, 22.7]]))
        let (near, far) = (Self.place(121.04, 22.701), Self.place(121.06, 22.701))
        for (start, end) in [(near, far), (far, near)] {
            let way = try #require(roads.way(from: start, to: end))
            #expect(way.count == 4)
            let metres = RouteMap.metres(along: way)
            #expect(abs(metres - RouteMap.metres(near, far) - 222) < 10, "\(metres)")
        }
        // Along a one-way street there is only one direction, also within one piece of it.
        let street = try Self.roads(
            Self.feature([[121.0, 22.7], [121.1, 22.7]], "{\"oneway\":true}"),
            Self.feature([[121.1, 22.7], [121.1, 22.71], [121.0, 22.71], [121.0, 22.7]]))
        let there = RouteMap.metres(along: try #require(street.way(from: near, to: far)))
        let back = RouteMap.metres(along: try #require(street.way(from: far, to: near)))
        #expect(there < 2_400 && back > 15_000, "\(there) \(back)")
    }

    @Test("A way is never longer than by any point of the roads: compared with plain relaxation")
    func shortestOfAll() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<40 {
            // A grid with holes, each line a street of one or two directions.
            var features: [String] = []
            for row in 0..<4 {
                for column in 0..<4 where Int.random(in: 0..<4, using: &random) > 0 {
                    let (x, y) = (121 + Double(column) / 100, 22.7 + Double(row) / 100)
                    let end = Bool.random(using: &random) ? [x + 0.01, y] : [x, y + 0.01]
                    let oneway = Int.random(in: 0..<4, using: &random) == 0
                    features.append(
                        Self.feature([[x, y], end], "{\"oneway\":\(oneway)}"))
                }
            }
            let text =
                "{\"type\":\"FeatureCollection\",\"features\":[\(features.joined(separator: ","))]}"
            let roads = try RoadNetwork.read(text.utf8)
            func draw() -> Coordinate {
                Self.place(
                    121 + Double(Int.random(in: 0...400, using: &random)) / 10_000,
                    22.7 + Double(Int.random(in: 0...400, using: &random)) / 10_000)
            }
            let (a, b, c) = (draw(), draw(), draw())
            // Never longer than by way of a third place on the roads.
            if let ab = roads.way(from: a, to: b), let ac = roads.way(from: a, to: c),
                let cb = roads.way(from: c, to: b), ac.count > 3, cb.count > 3
            {
                let detour = RouteMap.metres(along: ac) + RouteMap.metres(along: cb)
                #expect(RouteMap.metres(along: ab) <= detour + 1)
            }
            if let there = roads.way(from: a, to: b) {
                #expect(there.first == a && there.last == b)
                #expect(RouteMap.metres(along: there) >= RouteMap.metres(a, b) - 1)
            }
        }
    }

    @Test("A place far from every road has no way")
    func faraway() throws {
        let roads = try Self.roads(Self.feature([[121, 22], [121.5, 22]]))
        #expect(roads.way(from: Self.place(121, 22), to: Self.place(121, 23)) == nil)
    }

    @Test(
        "What is no road network is refused",
        arguments: [
            "", "[]", "{}", "{\"type\":\"Point\",\"coordinates\":[1,2]}",
            "{\"type\":\"LineString\",\"coordinates\":[[1,2]]}",
            "{\"type\":\"LineString\",\"coordinates\":[[1,2],[\"x\",3]]}",
            "{\"type\":\"LineString\",\"coordinates\":[[1,2],[1,1e400]]}",
            "{\"type\":\"LineString\",\"coordinates\":[[500,2],[1,3]]}",
            "{\"type\":\"MultiLineString\",\"coordinates\":[1,2]}",
        ])
    func refused(_ text: String) {
        #expect(throws: RouteFault.self) { try RoadNetwork.read(text.utf8) }
    }

    @Test("A day drives as far as its roads are long, and the page shows them")
    func day() throws {
        let plan = try RoutePlan.demo()
        let profile = try RouteProfile.standard()
        let places = plan.rows.compactMap(\.coordinate)
        // Each stop to the next by way of a corner.
        let lines = zip(places, places.dropFirst()).map { from, to in
            [from, Coordinate(latitudeE7: from.latitudeE7, longitudeE7: to.longitudeE7), to].map {
                [Double($0.longitudeE7) / 1e7, Double($0.latitudeE7) / 1e7]
            }
        }
        let roads = try RoadNetwork.read(
            "{\"type\":\"MultiLineString\",\"coordinates\":\(lines)}".utf8)
        func play(_ roads: RoadNetwork?) throws -> RouteResult {
            let day = try RouteSimulation(
                plan, RouteSettings(seed: 3, profile: profile, roads: roads))
            while !day.isOver { try day.advance(by: 600_000) }
            return try day.result()
        }
        let result = try play(roads)
        #expect(result.verdict == .ok)
        let way = try #require(result.way)
        let driven = RouteMap.metres(along: way.map { Self.place($0.lng, $0.lat) })
        // From the depot and back there is no road: there the detour counts.
        #expect(driven / 1_000 <= result.km && driven / 1_000 > result.km * 0.6)
        #expect(result.km != (try play(nil)).km)
        #expect(try play(nil).way == nil)
        #expect(try play(roads).json == result.json)
        let page = RoutePage(result, .en).html
        let points = try #require(page.firstMatch(of: /polyline points="([^"]*)"/)).1
        #expect(points.split(separator: " ").count == way.count)
    }
}
