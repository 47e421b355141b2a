public import LuckyStore

// Contradictions, as this phone knows them. The office decides; what it decided comes as a fact.
extension Driver {
    /// Every review of what is or was on this phone, decided ones too, sorted by the stop's code.
    public func reviews() async throws(DeliveryError) -> [StoredReview] {
        try await read { store throws(StoreError) in try store.reviews() }
    }
}
