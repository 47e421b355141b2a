internal import LuckyModel
internal import LuckyWire

/// What the seed drew for one stop: each from a generator of its own, so that a dead battery or
/// another network changes nothing of what happens at the doors.
struct RouteDraw {
    struct Edit {
        var kind: RouteProfile.EditKind
        /// After the driver set off, milliseconds.
        var after: Int64
    }

    var failure: FailureReason?
    /// Percent of the usual time at the door.
    var pace: Int
    var paysNothing: Bool
    var givesNoEmpty: Bool
    var edit: Edit?
    var takesPhoto: Bool

    init(_ profile: RouteProfile, _ random: SeededGenerator, place: Int) {
        var seeds = random
        var draw = SeededGenerator(seed: seeds.next() &+ UInt64(place) &* 0x9E37_79B9)
        func perMille() -> Int { Int.random(in: 0..<1_000, using: &draw) }
        var rest = perMille()
        for (word, share) in profile.failuresPerMille.sorted(by: { $0.key < $1.key }) {
            if rest >= 0, rest < share { failure = FailureReason(word: word) }
            rest -= share
        }
        let spread = profile.service.spreadPercent
        pace = 100 + (spread > 0 ? Int.random(in: -spread...spread, using: &draw) : 0)
        paysNothing = perMille() < profile.cashUncollectedPerMille
        givesNoEmpty = perMille() < profile.emptiesMissingPerMille
        rest = perMille()
        let after = Int64.random(in: 0..<28_800_000, using: &draw)
        for kind in RouteProfile.EditKind.allCases {
            let share = profile.officeEditsPerMille[kind.rawValue] ?? 0
            if rest >= 0, rest < share { edit = Edit(kind: kind, after: after) }
            rest -= share
        }
        takesPhoto = perMille() < profile.photosPerMille
    }

    static func stops(
        _ plan: RoutePlan, _ profile: RouteProfile, _ random: SeededGenerator
    ) -> [RouteStopRun] {
        plan.rows.enumerated().map { place, row in
            let name = [Identifier.simulation, Identifier(row.date.text), row.stop]
            return RouteStopRun(
                row: row, entity: .planned(.stop, name),
                draw: RouteDraw(profile, random, place: place))
        }
    }

    /// Where there is no network: as drawn by hand, else around some of the stops.
    static func zones(
        _ plan: RoutePlan, _ settings: RouteSettings, _ random: SeededGenerator
    ) -> [DeadZone] {
        guard settings.net == nil else { return [] }
        let profile = settings.profile
        if let drawn = profile.deadZones {
            return drawn.map { zone in
                let middle = RouteProfile.Place(lat: zone.lat, lng: zone.lng).coordinate
                return DeadZone(
                    latE7: middle.latitudeE7, lngE7: middle.longitudeE7, radiusM: zone.radiusM)
            }
        }
        var draw = random
        let places = plan.rows.map { row in
            let isDark = Int.random(in: 0..<1_000, using: &draw) < profile.noCoveragePerMille
            return (place: row.coordinate, isDark: isDark)
        }
        let lit = places.filter { !$0.isDark }.compactMap(\.place)
        return places.filter(\.isDark).compactMap(\.place).map { place in
            // Where doors are close together a zone reaches no door that it was not drawn for.
            let nearest = lit.map { RouteMap.metres($0, place) }.min() ?? .infinity
            let reach = min(Double(profile.deadZoneRadiusM), nearest * 0.9)
            return DeadZone(
                latE7: place.latitudeE7, lngE7: place.longitudeE7, radiusM: Int(reach))
        }
    }
}
