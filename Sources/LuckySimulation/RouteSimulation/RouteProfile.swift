public import Foundation
public import LuckyModel
internal import LuckySchemas

/// How a day on the road goes: how fast the truck is, how long a door takes, what goes wrong how
/// often, where there is no network. Read from JSON; the project's own is
/// `Schemas/profiles/route_taitung.json`.
///
/// Shares are per mille of the stops. Nothing here is drawn: a seed draws from it.
public struct RouteProfile: Decodable, Hashable, Sendable {
    /// A place in degrees, WGS 84.
    public struct Place: Decodable, Hashable, Sendable {
        /// Latitude.
        public var lat: Double
        /// Longitude.
        public var lng: Double

        var coordinate: Coordinate {
            Coordinate(latitudeE7: e7(lat), longitudeE7: e7(lng))
        }

        private func e7(_ degrees: Double) -> Int32 { Int32((degrees * 1e7).rounded()) }
    }

    /// A circle without network.
    public struct Zone: Decodable, Hashable, Sendable {
        /// Its middle.
        public var lat: Double
        /// Its middle.
        public var lng: Double
        /// How far it reaches, metres.
        public var radiusM: Int
    }

    /// When the driver eats, at the next chance after it.
    public struct Lunch: Decodable, Hashable, Sendable {
        /// `12:00`.
        public var from: String
        /// How long; 0: no lunch.
        public var minutes: Int
    }

    /// How long a door takes.
    public struct Service: Decodable, Hashable, Sendable {
        /// With nothing to carry, seconds.
        public var baseS: Int
        /// For each cylinder, seconds.
        public var perCylinderS: Int
        /// Up to so much more or less.
        public var spreadPercent: Int
    }

    /// Where the truck begins and ends; nil: at its first and last stop.
    public var depot: Place?
    /// `07:30`.
    public var start: String
    /// The break at noon.
    public var lunch: Lunch
    /// How much longer the road is than the straight line: 135 is a third and a bit.
    public var detourPercent: Int
    /// For each hour of the day, 24 of them.
    public var speedKmh: [Int]
    /// At the door.
    public var service: Service
    /// By ``FailureReason/word``.
    public var failuresPerMille: [String: Int]
    /// By ``EditKind``.
    public var officeEditsPerMille: [String: Int]
    /// Of those who should pay at the door.
    public var cashUncollectedPerMille: Int
    /// Of those who should give an empty back.
    public var emptiesMissingPerMille: Int
    /// Of the deliveries: with a photo, which stays on the phone.
    public var photosPerMille: Int
    /// Of the stops, where ``deadZones`` is absent: the seed draws which.
    public var noCoveragePerMille: Int
    /// Around such a stop, metres.
    public var deadZoneRadiusM: Int
    /// Drawn by hand; nil: by the seed.
    public var deadZones: [Zone]?
    /// Where there is a network.
    public var linkKbitS: Int
    /// One way, milliseconds.
    public var latencyMs: Int
    /// How long a phone with a flat battery is off.
    public var batteryChargeMinutes: Int
    /// Change money in the morning, NT$.
    public var floatNtd: Int

    /// What the office may do to a stop during the day.
    public enum EditKind: String, CaseIterable, Hashable, Sendable {
        /// It is not to be delivered; another note; another window; another price.
        case cancel, note, window, price
    }

    /// Reads a profile.
    /// - Throws: ``RouteFault`` naming the key that is missing, no number or out of its range.
    public static func read(_ bytes: Data) throws(RouteFault) -> RouteProfile {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let profile: RouteProfile
        do {
            profile = try decoder.decode(RouteProfile.self, from: bytes)
        } catch let error as DecodingError {
            let place = Self.place(of: error)
            throw RouteFault(
                place.isEmpty ? .routeProfileNoJSON : .routeProfileBad, ["detail": place])
        } catch {
            throw RouteFault(.routeProfileNoJSON)
        }
        if let wrong = profile.firstWrong {
            throw RouteFault(.routeProfileBad, ["detail": wrong])
        }
        return profile
    }

    /// The project's own.
    /// - Throws: never, unless the file in the repository was broken.
    public static func standard() throws(RouteFault) -> RouteProfile {
        try read(Data(LuckySchemas.routeProfileJSON.utf8))
    }

    private static func place(of error: DecodingError) -> String {
        let (path, key): ([any CodingKey], String?) =
            switch error {
            case .keyNotFound(let key, let context): (context.codingPath, key.stringValue)
            case .typeMismatch(_, let context), .valueNotFound(_, let context),
                .dataCorrupted(let context):
                (context.codingPath, nil)
            @unknown default: ([], nil)
            }
        let names = (path.map(\.stringValue) + [key].compactMap { $0 }).map(snake)
        return names.joined(separator: ".")
    }

    private static func snake(_ name: String) -> String {
        name.reduce(into: "") { $0 += $1.isUppercase ? "_" + $1.lowercased() : String($1) }
    }

    /// The first key whose value cannot be meant.
    private var firstWrong: String? {
        let shares = failuresPerMille.values.reduce(0, Self.capped)
        let edits = officeEditsPerMille.values.reduce(0, Self.capped)
        let perMille = 0...1_000
        let checks: [(String, Bool)] = [
            ("depot", depot.map { Self.isPlace($0.lat, $0.lng) } ?? true),
            ("start", startMinute != nil), ("lunch.from", lunchMinute != nil),
            ("lunch.minutes", (0...240).contains(lunch.minutes)),
            ("detour_percent", (100...400).contains(detourPercent)),
            ("speed_kmh", speedKmh.count == 24 && speedKmh.allSatisfy((1...150).contains)),
            ("service.base_s", (0...7_200).contains(service.baseS)),
            ("service.per_cylinder_s", (0...3_600).contains(service.perCylinderS)),
            ("service.spread_percent", (0...90).contains(service.spreadPercent)),
            (
                "failures_per_mille",
                perMille.contains(shares)
                    && failuresPerMille.allSatisfy {
                        FailureReason(word: $0.key) != nil && perMille.contains($0.value)
                    }
            ),
            (
                "office_edits_per_mille",
                perMille.contains(edits)
                    && officeEditsPerMille.allSatisfy {
                        EditKind(rawValue: $0.key) != nil && perMille.contains($0.value)
                    }
            ),
            ("cash_uncollected_per_mille", perMille.contains(cashUncollectedPerMille)),
            ("empties_missing_per_mille", perMille.contains(emptiesMissingPerMille)),
            ("photos_per_mille", perMille.contains(photosPerMille)),
            ("no_coverage_per_mille", perMille.contains(noCoveragePerMille)),
            ("dead_zone_radius_m", (0...50_000).contains(deadZoneRadiusM)),
            (
                "dead_zones",
                (deadZones ?? []).allSatisfy {
                    Self.isPlace($0.lat, $0.lng) && (0...50_000).contains($0.radiusM)
                }
            ),
            ("link_kbit_s", (1...1_000_000).contains(linkKbitS)),
            ("latency_ms", (0...60_000).contains(latencyMs)),
            ("battery_charge_minutes", (1...600).contains(batteryChargeMinutes)),
            ("float_ntd", (0...100_000).contains(floatNtd)),
        ]
        return checks.first { !$0.1 }?.0
    }

    private static func capped(_ sum: Int, _ next: Int) -> Int {
        min(10_000, max(-10_000, sum)) + min(10_000, max(-10_000, next))
    }

    private static func isPlace(_ lat: Double, _ lng: Double) -> Bool {
        (-85...85).contains(lat) && (-180...180).contains(lng)
    }

    /// The minute of the day at which the driver sets off; nil where the text is none.
    var startMinute: Int? { ClockTime.minute(start) }
    /// When the driver sets off on a day, Unix milliseconds.
    public func start(on date: CivilDate) -> Int64 {
        date.startUnixMilliseconds + Int64(startMinute ?? 450) * 60_000
    }
    /// The minute of the day from which the driver eats.
    var lunchMinute: Int? { ClockTime.minute(lunch.from) }
}

/// A time of day as people type it.
public enum ClockTime {
    /// `07:30` → 450; nil for anything else.
    public static func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
            parts.allSatisfy({ $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hours = Int(parts[0]), let minutes = Int(parts[1]), hours < 24, minutes < 60
        else { return nil }
        return hours * 60 + minutes
    }

    /// `13:00-14:30` → 780…870; nil for anything else.
    public static func range(_ text: String) -> ClosedRange<Int>? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let from = minute(String(parts[0])),
            let to = minute(String(parts[1])), from < to
        else { return nil }
        return from...to
    }
}
