public import LuckyModel

/// Distances on the ground, by additions, multiplications and roots alone: the same on every machine,
/// whatever its mathematics library.
public enum RouteMap {
    /// Along a meridian, of 1/10 000 000 of a degree.
    private static let metresPerE7 = 0.0111195

    /// Metres between two places, in a straight line. Good to a few per mille over a day's route.
    public static func metres(_ a: Coordinate, _ b: Coordinate) -> Double {
        let north = Double(b.latitudeE7) - Double(a.latitudeE7)
        let middle = (Double(a.latitudeE7) + Double(b.latitudeE7)) / 2
        let east = (Double(b.longitudeE7) - Double(a.longitudeE7)) * cosine(ofE7: middle)
        return (north * north + east * east).squareRoot() * metresPerE7
    }

    /// By its series; exact to 1e-9 up to 85 degrees.
    static func cosine(ofE7 latitude: Double) -> Double {
        let x = latitude / 1e7 * 0.017_453_292_519_943_295
        let square = x * x
        var (term, sum) = (1.0, 1.0)
        for step in 1...10 {
            term *= -square / Double((2 * step - 1) * (2 * step))
            sum += term
        }
        return sum
    }

    /// How far along a straight line it comes nearest to a place: a part of its length, 0…1.
    static func part(of a: Coordinate, _ b: Coordinate, nearest place: Coordinate) -> Double {
        let east = cosine(ofE7: Double(a.latitudeE7))
        func offset(_ to: Coordinate) -> (x: Double, y: Double) {
            (
                (Double(to.longitudeE7) - Double(a.longitudeE7)) * east,
                Double(to.latitudeE7) - Double(a.latitudeE7)
            )
        }
        let (line, point) = (offset(b), offset(place))
        let square = line.x * line.x + line.y * line.y
        guard square > 0 else { return 0 }
        return min(1, max(0, (line.x * point.x + line.y * point.y) / square))
    }

    /// The place at a part of the way, 0…1.
    static func between(_ a: Coordinate, _ b: Coordinate, at part: Double) -> Coordinate {
        func mix(_ a: Int32, _ b: Int32) -> Int32 {
            Int32((Double(a) + (Double(b) - Double(a)) * min(1, max(0, part))).rounded())
        }
        return Coordinate(
            latitudeE7: mix(a.latitudeE7, b.latitudeE7),
            longitudeE7: mix(a.longitudeE7, b.longitudeE7))
    }
}

/// A circle on the map without network.
public struct DeadZone: Hashable, Sendable, Codable {
    /// Its middle in 1/10 000 000 of a degree.
    public var latE7: Int32
    /// Its middle, likewise.
    public var lngE7: Int32
    /// How far it reaches, metres.
    public var radiusM: Int

    func contains(_ place: Coordinate) -> Bool {
        RouteMap.metres(Coordinate(latitudeE7: latE7, longitudeE7: lngE7), place)
            <= Double(radiusM)
    }
}

extension RouteProfile {
    /// When the truck has driven so far, by the speed of each hour it drives in.
    /// - Parameters:
    ///   - metres: on the road.
    ///   - start: Unix milliseconds.
    func arrival(after metres: Double, from start: Int64) -> Int64 {
        var (rest, now) = (metres, start)
        while rest > 0 {
            let minute = TaipeiTime.minuteOfDay(now)
            let speed = speedKmh.indices.contains(minute / 60) ? speedKmh[minute / 60] : 30
            let metresPerMs = Double(max(1, speed)) / 3_600
            let hourEnd = now - now % 3_600_000 + 3_600_000
            let reach = Double(hourEnd - now) * metresPerMs
            guard reach < rest else { return now + Int64((rest / metresPerMs).rounded(.up)) }
            rest -= reach
            now = hourEnd
        }
        return now
    }
}
