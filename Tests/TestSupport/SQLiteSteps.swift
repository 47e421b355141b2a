internal import GRDBSQLite

/// What a call costs at SQLite, in instructions of its machine: the same on every computer, so that a
/// test can hold a cost to what the call is about, whatever else there is.
public enum SQLiteSteps {
    /// Runs `body` and counts.
    /// - Parameter connection: an open `sqlite3 *`; on others it counts nothing.
    public static func count(
        on connection: OpaquePointer, _ body: () throws -> Void
    ) rethrows -> Int {
        var steps = 0
        try withUnsafeMutablePointer(to: &steps) { steps in
            sqlite3_progress_handler(
                connection, 1,
                { steps in
                    steps?.assumingMemoryBound(to: Int.self).pointee += 1
                    return 0
                }, steps)
            defer { sqlite3_progress_handler(connection, 0, nil, nil) }
            try body()
        }
        return steps
    }
}
