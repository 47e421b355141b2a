package import LuckyModel

/// Seeds played until a checker finds something: how soon the swarm notices a fault that was planted
/// (``Mutant``), or that it finds none where there is none.
package struct SwarmHunt: Hashable, Sendable {
    /// How many were played.
    package private(set) var seeds = 0
    /// Names of the checkers that found something in the last, sorted; none: nobody did.
    package private(set) var checkers: [String] = []
    /// What they found, one sentence each.
    package private(set) var found: [Phrase] = []

    /// Brief runs (``SwarmSettings/brief(seed:)``) of the seeds from `first` on, at most so many.
    package init(from first: UInt64 = 1, most: Int) throws {
        for place in 0..<most {
            let outcome = try Swarm.play(.brief(seed: first &+ UInt64(place)))
            seeds += 1
            guard !outcome.violations.isEmpty else { continue }
            checkers = Set(outcome.violations.map(\.checker)).sorted()
            found = outcome.violations.map(\.line)
            return
        }
    }
}
