internal import GRDB
internal import LuckyCausality
internal import LuckyModel

/// What the last taps read and wrote, kept in memory: the next tap at the same stop reads none of
/// it again. Only a copy: whatever else is committed to the file, by whichever connection, drops it.
final class Warm {
    /// An entity as the next tap on it finds it.
    struct Entity {
        var base: Base
        /// As ``Base/shown(author:_:)`` reads it.
        var shown: EntityState
        /// As they are stored; nil where they are not known.
        var rows: DerivedRows?
        /// ``LuckyCausality/EntityState/planned`` of it: own taps write no plan field. Nil for what is
        /// no stop.
        var planned: Stop?
        var isOfOtherDepot: Bool
    }

    /// What a tap leaves.
    struct Left {
        var entity: Entity
        var meta: Meta
    }

    /// A driver works stop by stop; what is further back is read again.
    static let limit = 48

    private var version: UInt32?
    private var opening = 0
    private(set) var meta: Meta?
    /// Changesets without a receipt.
    private(set) var pending: Int?
    private var entities: [EntityID: Entity] = [:]
    /// Which were used, the last at the end.
    private var order: [EntityID] = []

    /// Gives an entity away: what is done to it is done in place, and ``keep(_:pending:_:)`` takes it
    /// back. Where that does not come to pass it is read again.
    func take(_ entity: EntityID) -> Entity? { entities.removeValue(forKey: entity) }

    /// Drops everything, unless nothing was committed to the file since ``keep(_:pending:_:)``.
    /// - Parameters:
    ///   - opening: which opening of the connection this is: versions count within one.
    ///   - db: in a transaction: what it reads is as it is now.
    func check(_ db: Database, _ opening: Int) {
        guard version == nil || version != db.dataVersion || opening != self.opening else { return }
        self.opening = opening
        drop()
    }

    func drop() {
        version = nil
        meta = nil
        pending = nil
        entities = [:]
        order = []
    }

    /// Right after the transaction that wrote it was committed.
    func keep(_ left: Left, pending: Int, _ db: Database) {
        version = db.dataVersion
        meta = left.meta
        self.pending = pending
        let id = left.entity.shown.id
        if let place = order.lastIndex(of: id) { order.remove(at: place) }
        // The words of what was redacted went from the file alone. A planted fault stays one.
        guard left.entity.shown.redacted.isEmpty, !Base.hidesOwnTaps else { return }
        entities[id] = left.entity
        order.append(id)
        if order.count > Self.limit { entities[order.removeFirst()] = nil }
    }
}

extension Warm.Entity {
    /// As it is read from the file; nil for an entity this replica has never heard of.
    init?(_ id: EntityID, driver: Identifier, _ db: Database) throws {
        guard let base = try Base(id, db) else { return nil }
        self.base = base
        shown = try base.shown(author: driver, db)
        planned = id.kind == .stop ? shown.planned : nil
        rows = DerivedRows(shown, on: base, driver: driver, planned: planned)
        isOfOtherDepot = try ReplicaStore.isOfOtherDepot(id, db)
    }
}
