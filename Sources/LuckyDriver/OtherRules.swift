internal import LuckyCausality
internal import LuckyModel
public import LuckyStore

/// The rules by which the depot's hub opens reviews, where they are not this build's (L26): it may
/// open others than this phone shows early, and these two stay apart until one of them is updated.
public struct OtherRules: Hashable, Sendable {
    /// The hub's ``ReviewRules/version``, as it said last.
    public var theirs: Int
    /// This build's.
    public var ours: Int

    /// Nil where both are the same, or no hub has said.
    public init?(_ position: SyncPosition) {
        guard let theirs = position.hubRules, theirs != ReviewRules.version else { return nil }
        self.theirs = theirs
        ours = ReviewRules.version
    }

    /// Whether the phone is to be updated.
    public var areNewer: Bool { theirs > ours }

    /// The blanks of the phrases that say so, by name.
    public var words: [String: String] { ["theirs": "\(theirs)", "ours": "\(ours)"] }
}

extension Checkup {
    /// The hub's version counts (L4). Nil where it is this phone's, or no hub has said.
    static func rules(_ seen: Evidence) -> Finding? {
        guard let other = OtherRules(seen.position) else { return nil }
        return Finding(
            check: "rules", level: other.areNewer ? .degraded : .well,
            phrase: other.areNewer ? .doctorRulesNewer : .doctorRulesOlder,
            arguments: other.words)
    }
}
