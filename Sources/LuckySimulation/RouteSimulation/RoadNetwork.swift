internal import Foundation
internal import HeapModule
public import LuckyModel

/// Roads as lines on the map, from a GeoJSON file: LineString and MultiLineString, of a
/// FeatureCollection, a Feature or alone. Lines that share a point join there. `"oneway": "yes"` (or
/// `true`, `1`; `-1` for against the line) in a feature's properties is kept to.
///
/// The shortest way, not the fastest: how fast the truck is says the profile. A place is joined to the
/// nearest point of a road in a straight line, and so is all of the way where the roads do not lead
/// from one place to the other.
public struct RoadNetwork: Sendable {
    private struct Edge {
        var end: Int
        var metres: Double
    }

    private struct Reached: Comparable {
        var metres: Double
        var point: Int

        static func < (a: Self, b: Self) -> Bool {
            a.metres == b.metres ? a.point < b.point : a.metres < b.metres
        }
    }

    /// How far from a road a place may be, metres.
    static let reach = 2_000.0

    private var points: [Coordinate] = []
    private var edges: [[Edge]] = []

    /// Reads a file.
    /// - Throws: ``RouteFault`` where it is no GeoJSON, or has no line.
    public static func read(_ bytes: some Sequence<UInt8>) throws(RouteFault) -> RoadNetwork {
        let lines: [GeoJSON.Line]
        do { lines = try GeoJSON.lines(Data(bytes)) } catch { throw RouteFault(.routeRoadsBad) }
        var network = RoadNetwork()
        var numbers: [Coordinate: Int] = [:]
        for line in lines {
            let places = line.points.map { point in
                if let number = numbers[point] { return number }
                numbers[point] = network.points.count
                network.points.append(point)
                network.edges.append([])
                return network.points.count - 1
            }
            for (from, to) in zip(places, places.dropFirst()) where from != to {
                let metres = RouteMap.metres(network.points[from], network.points[to])
                if line.isForward { network.edges[from].append(Edge(end: to, metres: metres)) }
                if line.isBackward { network.edges[to].append(Edge(end: from, metres: metres)) }
            }
        }
        guard network.edges.contains(where: { !$0.isEmpty }) else {
            throw RouteFault(.routeRoadsBad)
        }
        return network
    }

    /// The places along the shortest way, both ends among them; nil where no road leads there.
    public func way(from start: Coordinate, to end: Coordinate) -> [Coordinate]? {
        guard start != end else { return [start, end] }
        guard let first = nearest(start), let last = nearest(end) else { return nil }
        var best = [Double](repeating: .infinity, count: points.count)
        var before = [Int](repeating: -1, count: points.count)
        var open: Heap<Reached> = [Reached(metres: 0, point: first)]
        best[first] = 0
        while let here = open.popMin(), here.point != last {
            guard here.metres == best[here.point] else { continue }
            for edge in edges[here.point] where here.metres + edge.metres < best[edge.end] {
                best[edge.end] = here.metres + edge.metres
                before[edge.end] = here.point
                open.insert(Reached(metres: best[edge.end], point: edge.end))
            }
        }
        guard best[last].isFinite else { return nil }
        var way = [end]
        var point = last
        while point >= 0 {
            way.append(points[point])
            point = before[point]
        }
        return (way + [start]).reversed()
    }

    private func nearest(_ place: Coordinate) -> Int? {
        var found: (point: Int, metres: Double)?
        for point in points.indices {
            let metres = RouteMap.metres(points[point], place)
            if metres <= Self.reach, metres < found?.metres ?? .infinity { found = (point, metres) }
        }
        return found?.point
    }
}

extension RouteMap {
    /// Metres along a way.
    static func metres(along way: [Coordinate]) -> Double {
        zip(way, way.dropFirst()).reduce(0) { $0 + metres($1.0, $1.1) }
    }

    /// The place at a part of a way's length, 0…1.
    static func place(along way: [Coordinate], at part: Double) -> Coordinate? {
        guard let last = way.last else { return nil }
        var rest = metres(along: way) * min(1, max(0, part))
        for (from, to) in zip(way, way.dropFirst()) {
            let length = metres(from, to)
            if rest < length { return between(from, to, at: rest / length) }
            rest -= length
        }
        return last
    }
}
