internal import LuckyModel

/// What a simulated day is played with, besides its plan.
public struct RouteSettings: Sendable {
    /// Everything that is drawn is drawn from it.
    public var seed: UInt64
    /// How a day goes.
    public var profile: RouteProfile
    /// The network as measured; nil: by the profile's dead zones.
    public var net: NetTrace?
    /// The roads; nil: straight lines, longer by the profile's detour.
    public var roads: RoadNetwork?
    /// The minute of the day at which the phone's battery is flat; nil: it lasts.
    public var batteryDeath: Int?
    /// The minute of the day from which the driver goes on with another phone; nil: never.
    public var phoneSwap: Int?
    /// The minutes of the day in which the hub does not run; nil: it always does.
    public var hubOutage: ClosedRange<Int>?

    /// A day on which only what the profile says goes wrong.
    public init(
        seed: UInt64, profile: RouteProfile, net: NetTrace? = nil,
        roads: RoadNetwork? = nil, batteryDeath: Int? = nil, phoneSwap: Int? = nil,
        hubOutage: ClosedRange<Int>? = nil
    ) {
        self.seed = seed
        self.profile = profile
        self.net = net
        self.roads = roads
        self.batteryDeath = batteryDeath
        self.phoneSwap = phoneSwap
        self.hubOutage = hubOutage
    }
}

/// How a truck drives from one place to another.
struct RouteWay {
    /// Both ends among them.
    var places: [Coordinate]
    var metres: Double
}

struct RouteEnds: Hashable {
    var start: Coordinate
    var end: Coordinate
}

extension RouteSettings {
    /// Along the roads where they lead there, else straight, and as much longer as the profile says.
    func way(from start: Coordinate, to end: Coordinate) -> RouteWay {
        if let road = roads?.way(from: start, to: end) {
            return RouteWay(places: road, metres: RouteMap.metres(along: road))
        }
        return RouteWay(
            places: [start, end],
            metres: RouteMap.metres(start, end) * Double(profile.detourPercent) / 100)
    }
}
