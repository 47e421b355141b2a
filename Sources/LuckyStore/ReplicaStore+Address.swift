internal import GRDB

// Where the hub is, and whether whoever answers there is the one that is followed.
extension ReplicaStore {
    /// Where the hub is from now on, as text; what is saved here, and the history that it follows,
    /// stay as they are. What answers at another address may be another depot's: it is asked first,
    /// with nothing that waits (L19).
    public func save(hub: String) throws(StoreError) {
        let meta = try connection.write { db in
            try db.run(
                """
                UPDATE meta SET reads_packed = reads_packed AND hub IS ?1, hub = ?1,
                    asks_first = max(asks_first, hub IS NOT ?1 AND history IS NOT NULL)
                """, [hub.blob])
            return try Meta(db)
        }
        refresh(meta)
    }

    /// The depot that is followed has answered: what waits may go there.
    public func confirmHub() throws(StoreError) {
        try connection.write { try $0.run("UPDATE meta SET asks_first = 0") }
    }

    /// By which version of the rules the hub that is followed opens reviews (L26).
    public func save(hubRules version: Int) throws(StoreError) {
        try connection.write { try $0.run("UPDATE meta SET hub_rules = ?", [version]) }
    }

    /// Whether it reads changesets packed.
    public func save(readsPacked: Bool) throws(StoreError) {
        try connection.write { try $0.run("UPDATE meta SET reads_packed = ?", [readsPacked]) }
    }
}
