internal import GRDB
public import LuckyCausality
public import LuckyModel
internal import LuckyWire

/// What a store is made of: versions and counts, nothing of what is in it.
public struct StoreSchema: Hashable, Sendable {
    /// A table and how many rows it has.
    public struct Table: Hashable, Sendable {
        /// As in `Schemas/sql/store-*.sql`.
        public var name: String
        /// At this moment.
        public var rows: Int
        /// Its rows follow from the others and can be made anew (L11).
        public var isDerived: Bool
    }

    /// Of the file: how many of the scripts have run.
    public var version: Int
    /// Of this build.
    public var knownVersion: Int
    /// The same, without a store.
    public static let ofThisBuild = Connection.formatVersion
    /// Which derivation wrote the derived rows.
    public var derivation: Int
    /// This build's.
    public var knownDerivation: Int
    /// Of SQLite.
    public var sqlite: String
    /// The file without its WAL.
    public var bytes: Int
    /// Names that the store has written under.
    public var epochs: Int
    /// By name.
    public var tables: [Table]
}

extension ReplicaStore {
    /// What holds for stops, routes and reviews as they are shown (`DerivedRows`).
    static let derivedTables: Set = [
        "looked", "review_row", "route_row", "stop_line", "stop_row",
    ]

    /// The versions and sizes of this store, at one moment.
    public func schema() throws(StoreError) -> StoreSchema {
        try connection.read { db in
            let names = try db.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table'"
                    + " AND name NOT LIKE 'sqlite%' ORDER BY name"
            ).map { $0[0] as String }
            return StoreSchema(
                version: try db.count("PRAGMA user_version"),
                knownVersion: Connection.formatVersion, derivation: try Meta(db).derivation,
                knownDerivation: Derivation.ofThisBuild,
                sqlite: try String.fetchOne(db, sql: "SELECT sqlite_version()") ?? "",
                bytes: try db.count("PRAGMA page_count") * db.count("PRAGMA page_size"),
                epochs: try db.count("SELECT count(*) FROM epoch"),
                tables: try names.map { name in
                    StoreSchema.Table(
                        name: name, rows: try db.count("SELECT count(*) FROM \"\(name)\""),
                        isDerived: Self.derivedTables.contains(name))
                })
        }
    }

    /// How far this store has seen each replica: of one entity what was merged into it, own changes
    /// included; of all entities the highest counters, which promises nothing of those below.
    /// - Returns: nil where the entity is not known.
    public func vector(of entity: EntityID?) throws(StoreError) -> VersionVector? {
        try connection.read { db in
            guard let entity else {
                var all = VersionVector()
                for row in try db.rows("SELECT id FROM entity ORDER BY id") {
                    let base = try Base(try row.entity("id"), db)
                    if let base { all.merge(base.state.vector) }
                }
                for epoch in try Epoch.all(db) {
                    if let last = try epoch.last(db) {
                        all.raise(epoch.replica, to: last.counter)
                    }
                }
                return all
            }
            return try Base(entity, db)?.shown(author: identity.driver, db).vector
        }
    }
}
