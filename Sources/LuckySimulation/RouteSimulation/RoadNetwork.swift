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

    /// A straight piece of a road, and which ways it may be driven.
    private struct Piece {
        var from: Int
        var to: Int
        var metres: Double
        var isForward: Bool
        var isBackward: Bool
    }

    /// Where a place is joined to the roads.
    private struct Joint {
        var piece: Int
        /// Of the piece's length, 0…1.
        var part: Double
        var at: Coordinate
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
    private var pieces: [Piece] = []

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
                network.pieces.append(
                    Piece(
                        from: from, to: to, metres: metres, isForward: line.isForward,
                        isBackward: line.isBackward))
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
        guard let first = joint(start), let last = joint(end) else { return nil }
        let middle = path(first, last)
        guard let middle else { return nil }
        var way = [start]
        for place in [first.at] + middle + [last.at, end] where place != way.last {
            way.append(place)
        }
        return way
    }

    /// The points between two joints; nil where no road leads from one to the other.
    private func path(_ first: Joint, _ last: Joint) -> [Coordinate]? {
        let (from, to) = (pieces[first.piece], pieces[last.piece])
        var best = [Double](repeating: .infinity, count: points.count)
        var before = [Int](repeating: -1, count: points.count)
        var open: Heap<Reached> = []
        func reach(_ point: Int, _ metres: Double, by previous: Int) {
            guard metres < best[point] else { return }
            (best[point], before[point]) = (metres, previous)
            open.insert(Reached(metres: metres, point: point))
        }
        if from.isForward { reach(from.to, from.metres * (1 - first.part), by: -1) }
        if from.isBackward { reach(from.from, from.metres * first.part, by: -1) }
        // By which point the last piece is entered; -1: it is the first one, driven straight on.
        var found: (metres: Double, point: Int)?
        if first.piece == last.piece {
            let part = last.part - first.part
            if part >= 0 ? from.isForward : from.isBackward {
                found = (abs(part) * from.metres, -1)
            }
        }
        while let here = open.popMin(), here.metres < found?.metres ?? .infinity {
            guard here.metres == best[here.point] else { continue }
            let ends = [
                (to.isForward && here.point == to.from, to.metres * last.part),
                (to.isBackward && here.point == to.to, to.metres * (1 - last.part)),
            ]
            for (isEnd, rest) in ends where isEnd && here.metres + rest < found?.metres ?? .infinity
            {
                found = (here.metres + rest, here.point)
            }
            for edge in edges[here.point] {
                reach(edge.end, here.metres + edge.metres, by: here.point)
            }
        }
        guard let found else { return nil }
        var way: [Coordinate] = []
        var point = found.point
        while point >= 0 {
            way.append(points[point])
            point = before[point]
        }
        return way.reversed()
    }

    /// The nearest point of a road; nil where none is within ``reach``.
    private func joint(_ place: Coordinate) -> Joint? {
        var found: (joint: Joint, metres: Double)?
        for (number, piece) in pieces.enumerated() {
            let part = RouteMap.part(of: points[piece.from], points[piece.to], nearest: place)
            let at = RouteMap.between(points[piece.from], points[piece.to], at: part)
            let metres = RouteMap.metres(at, place)
            if metres <= Self.reach, metres < found?.metres ?? .infinity {
                found = (Joint(piece: number, part: part, at: at), metres)
            }
        }
        return found?.joint
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
