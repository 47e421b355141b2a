internal import Foundation
internal import GRDB
internal import GRDBSQLite
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// The hub's rows within one SQLite transaction, by statements that are compiled once.
struct SQLiteRows: HubRows {
    let db: Database
    /// Nil where something may be written meanwhile.
    var said: Said?

    /// What a snapshot said already, and says for as long as it is read.
    final class Said {
        var end: LogRow??
        var replica: (id: ReplicaID, row: ReplicaRow?)?
    }

    func all<T>(
        _ sql: String, _ arguments: [(any Bindable)?] = [], _ body: (Columns) throws -> T
    ) throws -> [T] {
        try stepping(sql, arguments) { statement, step in
            var result: [T] = []
            while try step() { result.append(try body(Columns(statement))) }
            return result
        }
    }

    func first<T>(
        _ sql: String, _ arguments: [(any Bindable)?] = [], _ body: (Columns) throws -> T
    ) throws -> T? {
        try stepping(sql, arguments) { statement, step in
            try step() ? try body(Columns(statement)) : nil
        }
    }

    func run(_ sql: String, _ arguments: [(any Bindable)?]) throws {
        try stepping(sql, arguments) { _, step in while try step() {} }
    }

    /// - Parameter body: gets the statement, and what takes it to its next row: false at the end.
    private func stepping<T>(
        _ sql: String, _ arguments: [(any Bindable)?],
        _ body: (SQLiteStatement, () throws -> Bool) throws -> T
    ) throws -> T {
        let compiled = try db.cachedStatement(sql: sql)
        let statement = compiled.sqliteStatement
        defer { sqlite3_reset(statement) }
        assert(sqlite3_bind_parameter_count(statement) == arguments.count, sql)
        for (index, value) in arguments.enumerated() {
            let place = Int32(index + 1)
            try check(
                value?.put(in: statement, at: place) ?? sqlite3_bind_null(statement, place), sql)
        }
        return try body(statement) {
            let code = sqlite3_step(statement)
            if code == SQLITE_ROW { return true }
            try check(code == SQLITE_DONE ? SQLITE_OK : code, sql)
            return false
        }
    }

    private func check(_ code: Int32, _ sql: String) throws {
        guard code != SQLITE_OK else { return }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code), message: db.lastErrorMessage, sql: sql)
    }

    // MARK: The log

    private static let logColumns = """
        SELECT sequence, tag, replica, counter, change_id, author, received_ms, kind FROM log
        """
    // Put together once, not at each call.
    private static let lastLog = logColumns + " ORDER BY sequence DESC LIMIT 1"
    private static let logAt = logColumns + " WHERE sequence = ?"

    private func logRow(_ columns: Columns) throws -> LogRow {
        let entry: LogRow.Entry =
            switch try columns.integer(7) {
            case 0: .changeset(try columns.dot(2), try columns.id(4))
            case 1: .offer(try columns.replica(2))
            case 2: .purge
            default: .unpurge
            }
        return LogRow(
            sequence: try columns.count(0), tag: UInt64(bitPattern: try columns.integer(1)),
            entry: entry, author: try columns.name(5), receivedAt: try columns.integer(6))
    }

    func logEnd() throws -> LogRow? {
        if let end = said?.end { return end }
        let end = try first(Self.lastLog, [], logRow)
        said?.end = end
        return end
    }

    func log(sequence: UInt64) throws -> LogRow? {
        try first(Self.logAt, [Int64(clamping: sequence)], logRow)
    }

    func clock() throws -> HLC {
        try first("SELECT clock_ms, clock_logical FROM hub") {
            HLC(
                milliseconds: try $0.integer(0), logical: UInt32(clamping: try $0.integer(1)))
        } ?? .zero
    }

    // MARK: Replicas and dots

    private static let replicaColumns = """
        SELECT id, person, depot, role, head_counter, head_hash, stated, has_spoken, last_seen,
          following, took_up FROM replica
        """
    private static let replicaNamed = replicaColumns + " WHERE id = ?"

    private func replicaRow(_ columns: Columns) throws -> ReplicaRow {
        ReplicaRow(
            id: try columns.replica(0), person: try columns.name(1), depot: try columns.name(2),
            role: Role(rawValue: UInt8(clamping: try columns.integer(3))),
            head: columns.isNull(5)
                ? nil : ChainHead(counter: try columns.count(4), hash: try columns.hash(5)),
            stated: try columns.count(6), hasSpoken: try columns.integer(7) == 1,
            following: ReplicaRow.Following(rawValue: try columns.integer(9)) ?? .notYet,
            tookUp: try columns.integer(10) == 1, lastSeen: try columns.integer(8))
    }

    func replica(_ id: ReplicaID) throws -> ReplicaRow? {
        if let known = said?.replica, known.id == id { return known.row }
        let row = try first(Self.replicaNamed, [id.bytes], replicaRow)
        said?.replica = (id, row)
        return row
    }

    func person(ofInstall install: UInt64) throws -> Identifier? {
        let lowest = ReplicaID(install: install, epoch: 0)
        let highest = ReplicaID(install: install, epoch: .max)
        return try first(
            """
            SELECT person FROM replica WHERE id BETWEEN ? AND ? ORDER BY last_seen DESC, id LIMIT 1
            """, [lowest.bytes, highest.bytes]
        ) { try $0.name(0) }
    }

    func replicas() throws -> [ReplicaRow] {
        try all(Self.replicaColumns + " ORDER BY id", [], replicaRow)
    }

    private static let changesetColumns = """
        SELECT replica, counter, hash, result, reason, other_replica, other_counter, sequence,
          received_ms, change_id, author, bytes, carried_by, decision, decided_by, decided_ms,
          released_as FROM changeset
        """
    private static let changesetAt = changesetColumns + " WHERE replica = ? AND counter = ?"

    private func changesetRow(_ columns: Columns) throws -> ChangesetRow {
        let result: Receipt.Result =
            switch try columns.integer(3) {
            case 0: .accepted
            case 1: .already(try columns.dot(5))
            default: .quarantined(try columns.text(4))
            }
        return ChangesetRow(
            dot: try columns.dot(0), hash: try columns.hash(2), result: result,
            sequence: columns.isNull(7) ? nil : try columns.count(7),
            receivedAt: try columns.integer(8), change: columns.isNull(9) ? nil : try columns.id(9),
            author: columns.isNull(10) ? nil : try columns.name(10),
            carriedBy: columns.isNull(12) ? nil : try columns.name(12),
            decision: try columns.integer(13) == 0
                ? nil
                : ChangesetRow.Decision(
                    releasedAs: columns.isNull(16) ? nil : try columns.id(16),
                    by: try columns.name(14), at: try columns.integer(15)),
            bytes: try columns.bytes(11))
    }

    func changeset(_ dot: Dot) throws -> ChangesetRow? {
        try first(
            Self.changesetAt,
            [dot.replica.bytes, Int64(clamping: dot.counter)], changesetRow)
    }

    func changesets(of change: ChangeID) throws -> [ChangesetRow] {
        try all(
            Self.changesetColumns + " WHERE change_id = ? ORDER BY replica, counter",
            [change.bytes], changesetRow)
    }

    func quarantined() throws -> [ChangesetRow] {
        try all(
            Self.changesetColumns + " WHERE result = 2 ORDER BY replica, counter", [], changesetRow)
    }

    func dot(of change: ChangeID) throws -> Dot? {
        try first(
            "SELECT replica, counter FROM change_dot WHERE change_id = ?", [change.bytes]
        ) { try $0.dot(0) }
    }

    func isQuarantined(_ change: ChangeID) throws -> Bool {
        try first(
            "SELECT 1 FROM changeset WHERE change_id = ? AND result = 2 AND decision <> 1",
            [change.bytes]
        ) { try $0.integer(0) } != nil
    }

    func marks(
        of replica: ReplicaID, from sequence: UInt64
    ) throws -> (sentAt: Int64?, onPhoneAt: Int64?) {
        let at = try [Mark.sent, .onPhone].map { mark in
            try first(
                """
                SELECT min(at_ms) FROM mark WHERE replica = ? AND kind = ? AND sequence >= ?
                """, [replica.bytes, mark.rawValue, Int64(clamping: sequence)]
            ) { $0.isNull(0) ? nil : try $0.integer(0) } ?? nil
        }
        return (at[0], at[1])
    }

    func lastMarks(of replica: ReplicaID) throws -> (sent: UInt64, onPhone: UInt64) {
        try first(Self.lastMarksSQL, [replica.bytes, Mark.sent.rawValue, Mark.onPhone.rawValue]) {
            ($0.isNull(0) ? 0 : try $0.count(0), $0.isNull(1) ? 0 : try $0.count(1))
        } ?? (0, 0)
    }

    private static let lastMarksSQL = """
        SELECT (SELECT max(sequence) FROM mark WHERE replica = ?1 AND kind = ?2),
          (SELECT max(sequence) FROM mark WHERE replica = ?1 AND kind = ?3)
        """

    func lastPage(of replica: ReplicaID) throws -> UInt64 {
        try first(Self.lastPageSQL, replica.epochs) {
            $0.isNull(0) ? 0 : try $0.count(0)
        } ?? 0
    }

    /// The last of each epoch, not all that there are.
    static let lastPageSQL = """
        SELECT max((SELECT max(sequence) FROM mark WHERE replica = id AND kind = 0))
        FROM replica WHERE id BETWEEN ? AND ?
        """

    func tookUp(_ replica: ReplicaID, of person: Identifier) throws -> Bool {
        try first(
            "SELECT 1 FROM replica WHERE id BETWEEN ? AND ? AND person = ? AND took_up = 1",
            replica.epochs + [person.utf8]
        ) { try $0.integer(0) } != nil
    }

    func reach(of replica: ReplicaID, upTo checkpoint: UInt64) throws -> UInt64? {
        try first(
            """
            SELECT max(reach), min(reach) FROM mark
            WHERE replica BETWEEN ? AND ? AND kind = 0 AND sequence <= ? HAVING count(*) > 0
            """, replica.epochs + [Int64(clamping: checkpoint)]
        ) { try $0.count(1) == 0 ? 0 : try $0.count(0) }
    }
}

extension ReplicaID {
    /// The first and the last name that its install can have.
    fileprivate var epochs: [(any Bindable)?] {
        [0, UInt32.max].map { ReplicaID(install: install, epoch: $0).bytes }
    }
}
