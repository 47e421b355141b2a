internal import Foundation
internal import GRDB
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// What names or describes people leaves this device; its hash stays, and with it every digest.

extension ReplicaStore {
    /// L23, L15: once nothing unsent remains of an entity that was handed over, or whose route is
    /// over, what names or describes people in the parts that came by pages goes.
    static func erasePeople(on entity: EntityID, _ db: Database) throws {
        let isGone = try db.count(
            "SELECT count(*) FROM entity WHERE id = ? AND (membership = ? OR retention = ?)",
            [entity.blob, Membership.handedOver.rawValue, Retention.over.rawValue])
        guard isGone == 1, try unsent(on: entity, db) == 0, !Mutant.isOn(.namesStay) else {
            return
        }
        _ = try People.eraseInBase(of: entity, db) { _ in true }
    }

    /// Writes the file anew where a redaction dropped something: SQLite leaves copies in gaps of
    /// pages and in its WAL. Whatever prevents it now, the next page or start tries again.
    func scrub() {
        do {
            let owed = try connection.read { db in
                try db.count("SELECT scrub FROM meta")
            }
            guard owed > 0 else { return }
            if owed == 1 {
                try connection.rewrite()
                try connection.write { try $0.run("UPDATE meta SET scrub = 2") }
            }
            guard try connection.emptyWAL() else { return }
            try connection.write { try $0.run("UPDATE meta SET scrub = 0") }
        } catch {}
    }
}

enum People {
    /// L18: drops the personal bytes of redacted changes from all that is kept of an entity. What
    /// waits for a receipt keeps its own until that is there: nobody else may have them.
    static func drop(_ redacted: Set<FactRef>, on entity: EntityID, _ db: Database) throws {
        guard !redacted.isEmpty else { return }
        let isChanged = [
            try eraseInBase(of: entity, db, where: redacted.contains),
            try eraseInNews(of: entity, db, where: redacted.contains),
            try eraseInParts(of: entity, db, where: redacted.contains),
            try eraseInChangesets(on: entity, redacted, db),
        ].contains(true)
        if isChanged { try db.run("UPDATE meta SET scrub = 1") }
    }

    static func eraseInBase(
        of entity: EntityID, _ db: Database, where isDropped: (FactRef) -> Bool
    ) throws -> Bool {
        var isChanged = false
        // What an older history told is remembered beside the base, and offered again.
        for table in ["sibling", "remembered"] {
            for row in try db.rows(
                "SELECT field, replica, counter, bytes FROM \(table) WHERE entity = ?",
                [entity.blob])
            {
                guard let bytes = try without(row["bytes"], isDropped) else { continue }
                isChanged = true
                try db.run(
                    "UPDATE \(table) SET bytes = ?"
                        + " WHERE entity = ? AND field = ? AND replica = ? AND counter = ?",
                    [
                        bytes, entity.blob, row["field"] as Int64, row["replica"] as [UInt8],
                        row["counter"] as Int64,
                    ])
            }
        }
        for row in try db.rows(
            "SELECT change_id, position, bytes FROM fact WHERE entity = ?", [entity.blob])
        {
            guard let bytes = try without(row["bytes"], isDropped) else { continue }
            isChanged = true
            try db.run(
                "UPDATE fact SET bytes = ? WHERE entity = ? AND change_id = ? AND position = ?",
                [bytes, entity.blob, row["change_id"] as [UInt8], row["position"] as Int64])
        }
        return isChanged
    }

    private static func eraseInNews(
        of entity: EntityID, _ db: Database, where isDropped: (FactRef) -> Bool
    ) throws -> Bool {
        var isChanged = false
        for column in ["before", "after"] {
            for row in try db.rows(
                "SELECT number, \(column) AS bytes FROM news"
                    + " WHERE entity = ? AND \(column) IS NOT NULL", [entity.blob])
            {
                guard let bytes = try without(row["bytes"], isDropped) else { continue }
                isChanged = true
                try db.run(
                    "UPDATE news SET \(column) = ? WHERE number = ?",
                    [bytes, row["number"] as Int64])
            }
        }
        return isChanged
    }

    /// Also in what this build cannot read.
    private static func eraseInParts(
        of entity: EntityID, _ db: Database, where isDropped: (FactRef) -> Bool
    ) throws -> Bool {
        var isChanged = false
        for table in ["parked", "ahead"] {
            for row in try db.rows(
                "SELECT number, part FROM \(table) WHERE entity = ?", [entity.blob])
            {
                let part = row.bytes("part")
                let left = try readable { () throws(WireError) in
                    try EntityPart.redacting(part, isDropped)
                }
                guard let left else { continue }
                isChanged = true
                try db.run(
                    "UPDATE \(table) SET part = ? WHERE number = ?",
                    [left.blob, row["number"] as Int64])
            }
        }
        return isChanged
    }

    /// In the archive, and in what was sealed before a re-issue.
    private static func eraseInChangesets(
        on entity: EntityID, _ redacted: Set<FactRef>, _ db: Database
    ) throws -> Bool {
        var isChanged = false
        for change in Set(redacted.map(\.change)).sorted() {
            let waits = try db.count(
                "SELECT count(*) FROM changeset WHERE change_id = ? AND state = 0", [change.blob])
            guard waits == 0 else { continue }
            for table in ["changeset", "reissued"] {
                for row in try db.rows(
                    "SELECT replica, counter, bytes FROM \(table) WHERE change_id = ?",
                    [change.blob])
                {
                    let (envelope, entities) = try readable { () throws(WireError) in
                        let changeset = try Changeset(reading: row.bytes("bytes"))
                        return (changeset.envelope, try changeset.entities())
                    }
                    let left = envelope.redacting { index in
                        entities[index] == entity
                            && redacted.contains(FactRef(change: change, index: index))
                    }
                    guard left != envelope else { continue }
                    isChanged = true
                    try db.run(
                        "UPDATE \(table) SET bytes = ?"
                            + " WHERE change_id = ? AND replica = ? AND counter = ?",
                        [
                            left.bytes.blob, change.blob, row["replica"] as [UInt8],
                            row["counter"] as Int64,
                        ])
                }
            }
        }
        return isChanged
    }

    /// Nil where nothing of it is dropped.
    private static func without(
        _ bytes: [UInt8], _ isDropped: (FactRef) -> Bool
    ) throws -> [UInt8]? {
        var change = try readable { () throws(WireError) in
            try PageChange(rowBytes: bytes)
        }
        guard change.encoded.personal != nil, isDropped(change.ref) else { return nil }
        change.encoded = change.encoded.redacted
        return change.rowBytes().blob
    }
}
