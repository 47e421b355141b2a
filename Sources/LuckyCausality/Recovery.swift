/// What a replica is mending by itself. Everything stays on the phone and readable meanwhile, and
/// taps go on; nothing of it needs a person.
public enum Recovery: String, Hashable, Sendable, Codable, CaseIterable {
    /// The file is a copy or was restored: the next write begins a new epoch (L19).
    case newEpoch = "new_epoch"
    /// Changesets of an earlier epoch wait for the hub to say which of them it knows (L19).
    case settling
    /// Another history, first step: what the hub lacks is sent again (L26).
    case pushing = "rebaseline_push"
    /// Second step: what only this phone may still hold is offered.
    case offering = "rebaseline_offer"
    /// Third step: pages from the beginning replace what is shown, one entity after the other.
    case refilling = "rebaseline_refill"

    /// A stable machine-readable word.
    public var code: String { rawValue }
}
