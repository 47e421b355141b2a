internal import GRDB
internal import GRDBSQLite

extension Database {
    /// Another one after every commit to the file, by this connection or by another; as of the last
    /// look at the file: a transaction that has only begun to read has not looked yet. Nil where
    /// SQLite does not say.
    var dataVersion: UInt32? {
        var version: UInt32 = 0
        let code = sqlite3_file_control(
            sqliteConnection, "main", SQLITE_FCNTL_DATA_VERSION, &version)
        return code == SQLITE_OK ? version : nil
    }

    /// Another file lies in the place of the one that is open, or none.
    var hasMoved: Bool {
        var hasMoved: CInt = 0
        let code = sqlite3_file_control(
            sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        return code != SQLITE_OK || hasMoved != 0
    }
}

extension ReplicaStore {
    /// Nothing was committed to the file since it was opened, and it is the file still.
    public var isAsOpened: Bool {
        guard let versionOpened else { return false }
        let isSame = try? connection.read { db in
            // Makes it look.
            _ = try db.count("SELECT one FROM meta")
            return db.dataVersion == versionOpened && !db.hasMoved
        }
        return isSame == true
    }
}
