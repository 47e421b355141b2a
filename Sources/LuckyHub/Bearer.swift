internal import LuckyCausality
internal import LuckyModel

/// Whoever brings changesets to the hub.
struct Bearer {
    var person: Identifier
    var role: Role
    /// Whose changesets they may bring besides their own (L20).
    var carriesFor: Set<Identifier> = []
    /// How far the replica they speak for follows the hub's history.
    var following = ReplicaRow.Following.follows

    init(_ person: Identifier, _ role: Role) {
        self.person = person
        self.role = role
    }

    init(_ credential: Credential, following: ReplicaRow.Following) {
        self.init(credential.person, credential.role)
        if credential.role == .supervisor { carriesFor = credential.carriesFor }
        self.following = following
    }

    func mayCarry(for author: Identifier) -> Bool {
        author == person || carriesFor.contains(author)
    }
}
