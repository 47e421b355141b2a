internal import GRDB

extension ReplicaStore {
    /// Where the hub is from now on, as text; what is saved here, and the history that it follows,
    /// stay as they are.
    public func save(hub: String) throws(StoreError) {
        let meta = try connection.write { db in
            try db.run("UPDATE meta SET hub = ?", [hub.blob])
            return try Meta(db)
        }
        refresh(meta)
    }
}
