internal import LuckyCausality
public import LuckyModel
internal import LuckyStore

// The route as a whole: set out, in which order, done.
extension Driver {
    /// The driver set out on a route.
    /// - Throws: ``LuckyModel/StopRefusal/alreadySaid`` where he said so before.
    @discardableResult
    public func startRoute(
        _ route: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let driver = try await read { $0.identity.driver }
        return try await commit(change, on: route, asked: [.routeStarted]) {
            state throws(StopRefusal) in
            try DutyRules.checkUnsaid(.routeStarted, by: driver, among: state.factRecords)
            return [.routeStarted]
        }
    }

    /// The driver is done with a route: the office need not ask before it closes the day.
    /// - Throws: ``LuckyModel/StopRefusal/stopsOpen(_:)`` while a stop that this phone knows of is
    ///   open, ``LuckyModel/StopRefusal/alreadySaid`` where he said so and has closed none since.
    @discardableResult
    public func completeRoute(
        _ route: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let (driver, stops, lastVisit) = try await read { store throws(StoreError) in
            let date = try store.state(of: route)?.route(stops: []).date
            let routes =
                try date.map { date throws(StoreError) in try store.routes(on: date) } ?? []
            let stops = (routes.first { $0.id == route }?.stops ?? []).map(\.stop)
            var last: HLC?
            for stop in stops {
                guard let facts = try store.state(of: stop.id)?.facts.values else { continue }
                let kinds: [FactKind] = [.handedOver, .failed, .corrected]
                let visits = facts.filter { $0.fact.map { kinds.contains($0.kind) } ?? false }
                last = ([last] + visits.map(\.stamp.hlc)).compactMap(\.self).max()
            }
            return (store.identity.driver, stops, last)
        }
        return try await commit(change, on: route, asked: [.routeCompleted]) {
            state throws(StopRefusal) in
            // Said before somebody was at a door again, it says nothing of that.
            let said = state.factRecords.filter { record in
                guard let hlc = state.facts[record.ref]?.stamp.hlc, let lastVisit else {
                    return true
                }
                return hlc > lastVisit
            }
            try DutyRules.checkUnsaid(.routeCompleted, by: driver, among: said)
            return [try DutyRules.complete(state.route(stops: stops))]
        }
    }

    /// The order in which the driver means to visit what is open. A preference: the office's plan
    /// stays, and where it says that its order is mandatory, that one is shown.
    /// - Parameters:
    ///   - stops: first to last, each once.
    ///   - route: the route that they are on.
    @discardableResult
    public func prefer(
        order stops: [EntityID], of route: EntityID, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let fact = Fact.suggestedOrder(OrderSuggestion(stops: stops))
        return try await commit(change, on: route, asked: [fact]) { _ throws(StopRefusal) in
            [try DutyRules.prefer(order: stops)]
        }
    }

    /// What the plan says each customer holds, by the stop; stops of whose customer it says nothing are
    /// left out.
    public func holdings(
        at stops: [EntityID]
    ) async throws(DeliveryError) -> [EntityID: Quantities] {
        try await read { store throws(StoreError) in
            var holdings: [EntityID: Quantities] = [:]
            for stop in stops {
                holdings[stop] = try store.state(of: stop)?.shown(.holds).quantities
            }
            return holdings
        }
    }
}
