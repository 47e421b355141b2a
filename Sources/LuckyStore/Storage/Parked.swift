internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// Parts of pages that wait for a build that can read them, in order per entity (L14).
enum Parked {
    /// The reason of what was not looked at, since it may be what ended the process.
    static let setAside = "set aside"

    static func add(_ part: EntityPart, reason: String, _ db: Database) throws {
        try db.run(
            "INSERT INTO parked (entity, part, reason) VALUES (?, ?, ?)",
            [part.entity.blob, part.rowBytes().blob, reason])
        try db.run("UPDATE entity SET needs_update = 1 WHERE id = ?", [part.entity.blob])
    }

    /// As they came, in order.
    static func parts(of entity: EntityID, _ db: Database) throws -> [EntityPart] {
        try db.rows(
            "SELECT part FROM parked WHERE entity = ? ORDER BY number", [entity.blob]
        ).map { row in
            try readable { () throws(WireError) in try EntityPart(rowBytes: row.bytes("part")) }
        }
    }

    /// Applies what can be read now of one entity, in order, up to the first that still cannot.
    /// - Returns: whether anything of it changed.
    static func retry(
        _ entity: EntityID, beforePart: ((EntityPart) throws -> Void)?, _ db: Database
    ) throws -> Bool {
        var base = try Base(entity, db).orDamaged("entity")
        var membership = base.membership
        var isBlocked = false
        var isChanged = false
        for row in try db.rows(
            "SELECT number, part FROM parked WHERE entity = ? ORDER BY number", [entity.blob])
        {
            let part = try readable { () throws(WireError) in
                try EntityPart(rowBytes: row.bytes("part"))
            }
            // Of all of them, also behind a part that still cannot be read: the last one counts.
            membership = membership.after(part.membership)
            guard !isBlocked else { continue }
            try beforePart?(part)
            do {
                try db.inPart {
                    for ahead in try Ahead.take(entity, db) { try base.merge(ahead, db) }
                    try base.merge(part, db)
                }
            } catch PartFailure.failed(let error) where !Connection.isRefusal(error) {
                throw error
            } catch let failure as PartFailure {
                isBlocked = true
                try db.run(
                    "UPDATE parked SET reason = ? WHERE number = ?",
                    ["\(failure.cause)", row["number"] as Int64])
                continue
            }
            try db.run("DELETE FROM parked WHERE number = ?", [row["number"] as Int64])
            isChanged = true
        }
        if membership != (try Base(entity, db)?.membership) {
            try db.run(
                "UPDATE entity SET membership = ? WHERE id = ?",
                [membership.rawValue, entity.blob])
            isChanged = true
        }
        if isBlocked {
            // It cannot be read, and that is all: it ended nothing.
            try db.run("UPDATE parked SET attempts = 0 WHERE entity = ?", [entity.blob])
        } else if isChanged {
            try db.run("UPDATE entity SET needs_update = 0 WHERE id = ?", [entity.blob])
        }
        return isChanged
    }
}

extension ReplicaStore {
    /// At each start: all of them. Whatever prevents it now, the store is as good as before.
    func retryParked() {
        do {
            guard try hasParked() else { return }
            try applyParked(where: "attempts < \(Bounds.partAttempts)")
            try retryLeftAlone(isStart: true)
        } catch {}
    }

    /// Behind each last page: what may have been suspected for something that stood beside it, such
    /// as a full disk or a phone that was switched off.
    func retrySuspects() {
        do {
            guard try hasParked() else { return }
            try applyParked(
                where: "attempts < \(Bounds.partAttempts) AND reason = '\(Parked.setAside)'")
            try retryLeftAlone(isStart: false)
        } catch {}
    }

    private func hasParked() throws(StoreError) -> Bool {
        try connection.read { try $0.row("SELECT 1 FROM parked LIMIT 1") } != nil
    }

    /// Those that ended the process too often are tried more and more seldom: where their occasions
    /// come to a power of two. That is written before; those at which none is tried are written with
    /// it, or forgotten with the process, and cost no sync of the disk.
    private func retryLeftAlone(isStart: Bool) throws(StoreError) {
        let leftAlone = "attempts >= \(Bounds.partAttempts)"
        let counts = try connection.read { db in
            try db.rows("SELECT DISTINCT attempts FROM parked WHERE \(leftAlone)").map {
                $0["attempts"] as Int
            }
        }
        guard !counts.isEmpty else { return }
        let more = missedOccasions + 1
        guard isStart || counts.contains(where: { ($0 + more) & ($0 + more - 1) == 0 }) else {
            missedOccasions = more
            return
        }
        try connection.write {
            try $0.run("UPDATE parked SET attempts = attempts + ? WHERE \(leftAlone)", [more])
        }
        missedOccasions = 0
        try applyParked(
            where: "attempts > \(Bounds.partAttempts) AND attempts & (attempts - 1) = 0")
    }

    /// Entity by entity. That it is tried is written first, where it was not counted as an occasion.
    /// - Parameter condition: of the first part of an entity's.
    private func applyParked(where condition: String) throws(StoreError) {
        let entities = try connection.read { db in
            try db.rows(
                "SELECT entity, attempts FROM parked AS p WHERE \(condition)"
                    + " AND number = (SELECT min(number) FROM parked WHERE entity = p.entity)"
                    + " ORDER BY number"
            ).map { (attempts: $0["attempts"] as Int, entity: try $0.entity("entity")) }
        }
        for (attempts, entity) in entities {
            if attempts < Bounds.partAttempts { try setAttempts(attempts + 1, of: entity) }
            do throws(StoreError) {
                try applyParked(entity)
            } catch {
                // A row that cannot be read keeps nobody else waiting.
                if case .damaged = error { continue }
                // It failed, and said so: what is looked for is what ends the process without a word.
                if !isEnded { try setAttempts(attempts, of: entity) }
                throw error
            }
        }
    }

    private func setAttempts(_ count: Int, of entity: EntityID) throws(StoreError) {
        try connection.write {
            try $0.run("UPDATE parked SET attempts = ? WHERE entity = ?", [count, entity.blob])
        }
    }

    private func applyParked(_ entity: EntityID) throws(StoreError) {
        try connection.write { db in
            let driver = try Meta(db).identity.driver
            guard try Parked.retry(entity, beforePart: beforePart, db) else { return }
            try Remembered.forgetKnown(entity, db)
            try Self.erasePeople(on: entity, db)
            try DerivedRows.write(entity, driver: driver, db)
        }
    }

    /// Rows that another version of the derivation wrote are written anew, some at a time (L11).
    func rebuildRows() throws(StoreError) {
        guard try connection.read({ try Meta($0).derivation }) != Derivation.ofThisBuild else {
            return
        }
        // Another build may read what this one could not.
        try connection.write { try $0.run("UPDATE parked SET attempts = 0") }
        var after: [UInt8] = []
        while true {
            let step = try connection.write { db in
                let driver = try Meta(db).identity.driver
                let ids = try db.rows(
                    "SELECT id FROM entity WHERE id > ? ORDER BY id LIMIT 200", [after]
                ).map { try $0.entity("id") }
                for id in ids { try DerivedRows.write(id, driver: driver, db) }
                return ids.last?.blob
            }
            guard let step else { break }
            after = step
        }
        try connection.write {
            try $0.run("UPDATE meta SET derivation = ?", [Derivation.ofThisBuild])
        }
    }

    /// Own changesets with facts on an entity that the hub has not received: as many as the outbox
    /// lists of it.
    static func unsent(on entity: EntityID, _ db: Database) throws -> Int {
        try db.count(
            "SELECT count(*) FROM changeset WHERE entity = ? AND state = 0 AND facts > 0",
            [entity.blob])
    }

    /// Own changesets on an entity that the hub did not accept.
    static func notAccepted(on entity: EntityID, _ db: Database) throws -> Int {
        try db.count(
            "SELECT count(*) FROM changeset WHERE entity = ? AND state = 3", [entity.blob])
    }
}
