internal import LuckyModel
internal import LuckyWire

extension Page {
    /// The places of its parts, in the order in which they are applied: by routes. Entities have a
    /// number from when they are first heard of, and lie by it, so that a route is read in one go.
    /// The parts of one entity stay in their order.
    var placesByRoute: [Int] {
        var routes: [EntityID: EntityID] = [:]
        for part in parts where part.membership == .enters && part.entity.kind == .stop {
            routes[part.entity] = part.route
        }
        return parts.enumerated().map { place, part in
            (route: routes[part.entity] ?? part.entity, entity: part.entity, place: place)
        }.sorted { ($0.route, $0.entity, $0.place) < ($1.route, $1.entity, $1.place) }.map(\.place)
    }
}

extension EntityPart {
    /// The route that a stop's plan names; nil where it cannot be read or there is none.
    fileprivate var route: EntityID? {
        guard let change = fields.first(where: { $0.field == .route })?.siblings.first,
            case .plan(_, let value)? = try? ChangeCodec.decode(change.encoded).body
        else { return nil }
        return value.entity
    }
}
