internal import Foundation
internal import LuckyModel

/// As much of GeoJSON (RFC 7946) as a road network is written in: an object of any kind.
struct GeoJSON: Decodable {
    /// A line with its direction.
    struct Line {
        var points: [Coordinate]
        var isForward = true
        var isBackward = true
    }

    struct Unreadable: Error {}

    private let type: String
    private let features: [GeoJSON]?
    private let geometries: [GeoJSON]?
    /// A feature's; of one in a list, so that a type may hold itself.
    private let geometry: [GeoJSON]
    private let coordinates: Nested?
    private let oneway: Word?

    private enum Key: String, CodingKey {
        case type, features, geometries, geometry, coordinates, properties
    }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Key.self)
        type = try object.decode(String.self, forKey: .type)
        features = try object.decodeIfPresent([GeoJSON].self, forKey: .features)
        geometries = try object.decodeIfPresent([GeoJSON].self, forKey: .geometries)
        geometry = [try object.decodeIfPresent(GeoJSON.self, forKey: .geometry)].compactMap { $0 }
        coordinates = try object.decodeIfPresent(Nested.self, forKey: .coordinates)
        oneway = try object.decodeIfPresent(Properties.self, forKey: .properties)?.oneway
    }

    /// All lines, in the file's order. What is no line is passed over.
    /// - Throws: where it is no GeoJSON, or a line's place is none.
    static func lines(_ data: Data) throws -> [Line] {
        try JSONDecoder().decode(GeoJSON.self, from: data).lines()
    }

    private func lines() throws -> [Line] {
        switch type {
        case "LineString": return [try Self.line(coordinates)]
        case "MultiLineString":
            guard case .list(let lines) = coordinates else { throw Unreadable() }
            return try lines.map(Self.line)
        case "Feature":
            let (isForward, isBackward) = oneway?.direction ?? (true, true)
            return try geometry.flatMap { try $0.lines() }.map {
                Line(points: $0.points, isForward: isForward, isBackward: isBackward)
            }
        default: return try ((features ?? []) + (geometries ?? [])).flatMap { try $0.lines() }
        }
    }

    private static func line(_ nested: Nested?) throws -> Line {
        guard case .list(let places) = nested else { throw Unreadable() }
        return Line(points: try places.map(point))
    }

    /// Longitude first; a height behind is not looked at.
    private static func point(_ place: Nested) throws -> Coordinate {
        guard case .list(let numbers) = place, numbers.count >= 2,
            case .number(let lng) = numbers[0], case .number(let lat) = numbers[1],
            (-180...180).contains(lng), (-85...85).contains(lat)
        else { throw Unreadable() }
        return Coordinate(
            latitudeE7: Int32((lat * 1e7).rounded()), longitudeE7: Int32((lng * 1e7).rounded()))
    }

    /// Lists of lists of numbers, as deep as the kind of shape has them.
    private enum Nested: Decodable {
        case number(Double)
        case list([Nested])

        init(from decoder: any Decoder) throws {
            if let number = try? decoder.singleValueContainer().decode(Double.self) {
                self = .number(number)
            } else {
                self = .list(try decoder.singleValueContainer().decode([Nested].self))
            }
        }
    }

    private struct Properties: Decodable { var oneway: Word? }

    /// As maps write it: `yes`, `true`, `1`, or `-1` for against the line.
    private struct Word: Decodable {
        let direction: (forward: Bool, backward: Bool)

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            let text =
                (try? value.decode(String.self)) ?? (try? value.decode(Bool.self)).map { "\($0)" }
                ?? (try? value.decode(Int.self)).map { "\($0)" } ?? "no"
            switch text {
            case "yes", "true", "1": direction = (true, false)
            case "-1", "reverse": direction = (false, true)
            default: direction = (true, true)
            }
        }
    }
}
