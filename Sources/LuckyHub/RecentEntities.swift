internal import LuckyCausality
internal import LuckyModel
internal import Synchronization

/// Entities as the last commits left them: a message merges into what is at hand, and its rows are
/// not read and decoded again.
///
/// The hub is alone with its file, and only what holds ``Hub/committing`` writes entities. Whatever
/// is here equals what the rows say, so that it changes no result whether an entity is found here.
/// What was asked for least recently goes first, by halves.
final class RecentEntities: Sendable {
    private let halves = Mutex(Halves())
    private let limit: Int

    private struct Halves {
        var young: [EntityID: LogWriter.LoadedEntity] = [:]
        var youngRecords = 0
        var old: [EntityID: LogWriter.LoadedEntity] = [:]
    }

    /// - Parameter records: how many plan values and facts it holds at most, about.
    init(records: Int = Bounds.recentRecords) { limit = max(1, records / 2) }

    /// Nil where it is to be read.
    func entity(_ id: EntityID) -> LogWriter.LoadedEntity? {
        halves.withLock { $0.young[id] ?? $0.old[id] }
    }

    /// What a transaction that is committed now has loaded or written.
    /// - Parameter changed: entities whose rows were changed and not read again.
    func keep(_ entities: [EntityID: LogWriter.LoadedEntity], without changed: Set<EntityID>) {
        halves.withLock { halves in
            for id in changed {
                halves.young[id] = nil
                halves.old[id] = nil
            }
            for (id, entity) in entities where entity.row != nil {
                var entity = entity
                // A change is seldom asked for twice; a past can be long.
                entity.written = [:]
                let old = halves.young.updateValue(entity, forKey: id)
                halves.youngRecords += entity.recordCount - (old?.recordCount ?? 0)
            }
            if halves.youngRecords > limit {
                halves.old = halves.young
                halves.young = [:]
                halves.youngRecords = 0
            }
        }
    }

    /// Nobody knows any longer what the rows say.
    func clear() { halves.withLock { $0 = Halves() } }

    /// For a comparison with the rows.
    var all: [EntityID: LogWriter.LoadedEntity] {
        halves.withLock { $0.old.merging($0.young) { $1 } }
    }
}

extension LogWriter {
    /// An entity as its rows are now.
    struct LoadedEntity {
        var state: EntityState
        /// Nil where nobody wrote to it yet.
        var row: EntityRow?
        var sequences: [PlanField: UInt64]
        /// What was read of plan values that were written over.
        var written: [FactRef: Recorded] = [:]
        /// Whether anything of it was ever written over; nil where nobody asked yet.
        var hasPast: Bool?
        /// Where it came into the scope that it is in; nil where nobody asked yet.
        var enteredAt: UInt64?
    }
}

extension LogWriter.LoadedEntity {
    fileprivate var recordCount: Int {
        state.fields.values.reduce(1 + state.facts.count) { $0 + $1.siblings.count }
    }
}
