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
}
