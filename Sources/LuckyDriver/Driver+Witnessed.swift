public import LuckyCausality
public import LuckyModel

extension Driver {
    /// What happened at a stop and is not proven: the depot's database was restored or replaced, and
    /// only a phone tells of it since. In display order; empty for a stop that is not on this phone.
    public func witnessed(at stop: EntityID) async throws(DeliveryError) -> [WitnessedFact] {
        try await read { store throws(StoreError) in try store.state(of: stop)?.witnessed ?? [] }
    }
}
