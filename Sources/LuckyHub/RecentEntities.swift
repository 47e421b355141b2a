internal import LuckyCausality
internal import LuckyModel
internal import Synchronization

/// Entities as the last commits left them: a message merges into what is at hand, and its rows are
/// not read and decoded again.
///
/// The hub is alone with its file, and only what holds ``Hub/committing`` writes entities. Whatever
/// is here equals what the rows say, so that it changes no result whether an entity is found here.
/// Each is here once, or with the one transaction that has taken it; where that is undone, it is read
/// again. Nothing goes while there is room for all. Then what was written or loaded least recently
/// goes, the older part at once.
final class RecentEntities: Sendable {
    private let parts = Mutex(Parts())
    private let limit: Int

    private struct Parts {
        var young = Part()
        var old = Part()
    }

    private struct Part {
        private(set) var entities: [EntityID: LogWriter.LoadedEntity] = [:]
        private(set) var records = 0

        mutating func put(_ entity: LogWriter.LoadedEntity, _ id: EntityID) {
            records += entity.recordCount
            if let old = entities.updateValue(entity, forKey: id) { records -= old.recordCount }
        }

        @discardableResult
        mutating func remove(_ id: EntityID) -> LogWriter.LoadedEntity? {
            let old = entities.removeValue(forKey: id)
            if let old { records -= old.recordCount }
            return old
        }
    }

    /// - Parameter records: how many plan fields and facts it holds at most, about.
    init(records: Int = Bounds.recentRecords) { limit = records }

    /// Taken out, for whoever changes it and keeps it again; nil where it is to be read.
    func take(_ id: EntityID) -> LogWriter.LoadedEntity? {
        parts.withLock { $0.young.remove(id) ?? $0.old.remove(id) }
    }

    /// What a transaction that is committed now has loaded or written.
    /// - Parameter changed: entities whose rows were changed and not read again.
    func keep(_ entities: [EntityID: LogWriter.LoadedEntity], without changed: Set<EntityID>) {
        parts.withLock { parts in
            for id in changed {
                parts.young.remove(id)
                parts.old.remove(id)
            }
            for (id, entity) in entities where entity.row != nil {
                var entity = entity
                // A change is seldom asked for twice; a past can be long.
                if !entity.written.isEmpty { entity.written = [:] }
                parts.old.remove(id)
                parts.young.put(entity, id)
            }
            guard parts.young.records + parts.old.records > limit else { return }
            parts.old = parts.young.records > limit ? Part() : parts.young
            parts.young = Part()
        }
    }

    /// Nobody knows any longer what the rows say.
    func clear() { parts.withLock { $0 = Parts() } }

    /// For a comparison with the rows.
    var all: [EntityID: LogWriter.LoadedEntity] {
        parts.withLock { $0.old.entities.merging($0.young.entities) { $1 } }
    }
}

extension LogWriter.LoadedEntity {
    /// A field counts once, though it may have as many as ``Bounds/siblings`` values.
    fileprivate var recordCount: Int { 1 + state.fields.count + state.facts.count }
}
