internal import LuckyCausality
public import LuckyModel
internal import LuckyStore

extension Driver {
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
