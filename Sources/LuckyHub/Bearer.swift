internal import LuckyCausality
internal import LuckyModel

/// Whoever brings changesets to the hub.
struct Bearer {
    var person: Identifier
    var role: Role
    /// Whose changesets they may bring besides their own (L20).
    var carriesFor: Set<Identifier> = []

    init(_ person: Identifier, _ role: Role) {
        self.person = person
        self.role = role
    }

    init(_ credential: Credential) {
        self.init(credential.person, credential.role)
        if credential.role == .supervisor { carriesFor = credential.carriesFor }
    }

    func mayCarry(for author: Identifier) -> Bool {
        author == person || carriesFor.contains(author)
    }
}
