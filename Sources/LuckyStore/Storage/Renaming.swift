internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// Which dots became which when changesets were issued again under a new epoch: each old replica is
/// cut to its last common dot, and the renamed dots take the place of what was cut (L19).
struct Renaming {
    let target: ReplicaID
    /// Per replica: the last counter that stands.
    private var cuts: [ReplicaID: UInt64] = [:]
    private var renamed: [ReplicaID: [(old: UInt64, new: UInt64)]] = [:]

    init(to target: ReplicaID) { self.target = target }

    /// What is beyond `counter` of a replica no longer stands for this store's changesets.
    mutating func cut(_ replica: ReplicaID, after counter: UInt64) {
        cuts[replica] = min(counter, cuts[replica] ?? counter)
    }

    /// - Parameter dot: above all that were renamed of its replica before.
    mutating func rename(_ dot: Dot, to counter: UInt64) {
        cut(dot.replica, after: dot.counter - 1)
        renamed[dot.replica, default: []].append((dot.counter, counter))
    }

    func callAsFunction(_ dot: Dot) -> Dot {
        let pair = renamed[dot.replica]?.first { $0.old == dot.counter }
        return pair.map { Dot(target, $0.new) } ?? dot
    }

    /// - Parameter isCutOnly: what was cut is left out, not renamed.
    func callAsFunction(_ vector: VersionVector, isCutOnly: Bool = false) -> VersionVector {
        var result = VersionVector()
        for entry in vector.entries {
            guard let cut = cuts[entry.replica], entry.counter > cut else {
                result.raise(entry.replica, to: entry.counter)
                continue
            }
            result.raise(entry.replica, to: cut)
            let last = renamed[entry.replica]?.last { $0.old <= entry.counter }
            if let last, !isCutOnly { result.raise(target, to: last.new) }
        }
        return result
    }

    /// Renames in an entity's base: vector, covers, and each change's dot and context.
    /// - Returns: whether anything was.
    func apply(to entity: EntityID, _ vector: VersionVector, _ db: Database) throws -> Bool {
        let new = self(vector)
        guard new != vector else { return false }
        try db.run("UPDATE entity SET vector = ? WHERE id = ?", [new.blob, entity.blob])
        for row in try db.rows(
            "SELECT field, cover FROM field_cover WHERE entity = ?", [entity.blob])
        {
            try db.run(
                "UPDATE field_cover SET cover = ? WHERE entity = ? AND field = ?",
                [self(try row.vector("cover")).blob, entity.blob, row["field"] as Int64])
        }
        for row in try db.rows(
            "SELECT field, replica, counter, bytes FROM sibling WHERE entity = ?", [entity.blob])
        {
            let change = try changed(row)
            try db.run(
                "UPDATE sibling SET replica = ?, counter = ?, bytes = ?"
                    + " WHERE entity = ? AND field = ? AND replica = ? AND counter = ?",
                [
                    change.dot.replica.blob, change.dot.counter.stored, change.rowBytes().blob,
                    entity.blob, row["field"] as Int64, row["replica"] as [UInt8],
                    row["counter"] as Int64,
                ])
        }
        for row in try db.rows(
            "SELECT change_id, position, bytes FROM fact WHERE entity = ?", [entity.blob])
        {
            try db.run(
                "UPDATE fact SET bytes = ? WHERE entity = ? AND change_id = ? AND position = ?",
                [
                    try changed(row).rowBytes().blob, entity.blob, row["change_id"] as [UInt8],
                    row["position"] as Int64,
                ])
        }
        return true
    }

    private func changed(_ row: StoredRow) throws -> PageChange {
        var change = try readable { () throws(WireError) in
            try PageChange(rowBytes: row.bytes("bytes"))
        }
        change.dot = self(change.dot)
        change.context = self(change.context)
        return change
    }
}
