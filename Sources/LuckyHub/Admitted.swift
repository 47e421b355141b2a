internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// A changeset that has its dot and passed every check.
struct Admitted {
    var dot: Dot
    var hash: Hash256
    var change: ChangeID
    var author: Identifier
    /// Of the writer, for the scope of what it makes known.
    var role: Role
    var contexts: [EntityID: VersionVector]
    /// The last page that its writer had applied.
    var checkpoint: Checkpoint?
    /// Where the chain of the epoch before ended; only in the first of an epoch.
    var predecessor: ChangesetHeader.Predecessor?
    /// Who brought it for its author; nil: the author.
    var carriedBy: Identifier?
    var bytes: [UInt8]
    var changes: [AdmittedChange]
}

extension Admitted {
    /// Where among its changes those of each entity are, sorted by entity. Changes are large, and
    /// stay where they are.
    var placesByEntity: [(entity: EntityID, places: [Int])] {
        let sorted = changes.indices.map { (entity: changes[$0].entity, place: $0) }
            .sorted { ($0.entity, $0.place) < ($1.entity, $1.place) }
        var groups: [(entity: EntityID, places: [Int])] = []
        for (entity, place) in sorted {
            if let last = groups.last, last.entity == entity {
                groups[groups.count - 1].places.append(place)
            } else {
                groups.append((entity, [place]))
            }
        }
        return groups
    }
}

struct AdmittedChange {
    var entity: EntityID
    var encoded: EncodedChange
    var recorded: Recorded
    /// The stamp that travels, where `recorded` stands for a released fact of another author.
    var outer: Stamp?
}
