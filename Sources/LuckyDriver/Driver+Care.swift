public import LuckyCausality
public import LuckyModel
public import LuckyStore

// Looking after a phone's data: copies of it, and what it is made of.
extension Driver {
    /// Copies a replica to a new file, also while it is used; photos lie in a folder beside it.
    /// Tokens are not in it.
    /// - Parameter marks: as it was created with.
    /// - Throws: where there is a file of that name, or the replica is damaged.
    public static func backUp(
        _ path: String, to copy: String, marks: String? = marksFolder
    ) throws(DeliveryError) -> StoreBackup {
        do throws(StoreError) {
            return try ReplicaStore.backUp(path, to: copy, marks: marks)
        } catch {
            throw DeliveryError(error)
        }
    }

    /// Puts a backup in the place of a replica, while nothing uses it. What was there is moved
    /// aside. What the depot has since comes with the next sync; what waits in the backup is sent
    /// and taken once.
    /// - Parameter now: Unix milliseconds; names what is moved aside.
    /// - Throws: where changes on this device are neither at the depot nor in the backup, where it is
    ///   another driver's, in use, or damaged.
    public static func restore(
        _ backup: String, to path: String, now: Int64
    ) throws(DeliveryError) -> StoreRestore {
        do throws(StoreError) {
            return try ReplicaStore.restore(backup, to: path, now: now)
        } catch {
            throw DeliveryError(error)
        }
    }

    /// What ``restore(_:to:now:)`` would come to, with all that it judges and throws; nothing is moved.
    /// - Parameter folder: an empty one for a copy of the backup; the caller removes it.
    public static func rehearseRestore(
        _ backup: String, to path: String, in folder: String
    ) throws(DeliveryError) -> StoreRestore {
        do throws(StoreError) {
            return try ReplicaStore.rehearseRestore(backup, to: path, in: folder)
        } catch {
            throw DeliveryError(error)
        }
    }

    /// Versions and sizes of this phone's replica.
    public func schema() async throws(DeliveryError) -> StoreSchema {
        try await read { store throws(StoreError) in try store.schema() }
    }

    /// How far this phone has seen each replica: of one entity, or the highest counters of all.
    /// - Returns: nil where the entity is not known.
    public func vector(of entity: EntityID?) async throws(DeliveryError) -> VersionVector? {
        try await read { store throws(StoreError) in try store.vector(of: entity) }
    }

    /// Every name this phone's replica has written under, oldest first; the last is its own now.
    public func epochs() async throws(DeliveryError) -> [ReplicaID] {
        try await read { store throws(StoreError) in try store.epochs() }
    }

    /// Changes whose ids begin with these hexadecimal digits, sorted: own taps and what pages brought.
    public func changes(beginning digits: String) async throws(DeliveryError) -> [ChangeID] {
        try await read { store throws(StoreError) in try store.changes(beginning: digits) }
    }

    /// All that this phone holds of a change, its own or another's, without redacted words; nil where
    /// it holds nothing of it.
    public func change(_ id: ChangeID) async throws(DeliveryError) -> StoredChange? {
        try await read { store throws(StoreError) in try store.change(id) }
    }
}
