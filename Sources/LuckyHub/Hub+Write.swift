public import LuckyCausality
public import LuckyModel
internal import LuckyWire

/// What became of an office changeset.
public struct WriteResult: Hashable, Sendable {
    /// The id that its client made.
    public var change: ChangeID
    /// Its counter in the hub's own replica.
    public var dot: Dot
    /// Its place in the depot's log.
    public var sequence: UInt64
    /// The hub had this change id already: nothing was written now.
    public var isRepeat: Bool

    /// Of one changeset that is in the log now.
    public init(change: ChangeID, dot: Dot, sequence: UInt64, isRepeat: Bool) {
        self.change = change
        self.dot = dot
        self.sequence = sequence
        self.isRepeat = isRepeat
    }
}

/// One office changeset to be written.
public struct OfficeChangeset: Hashable, Sendable {
    /// 1…64; one plan write per field and entity.
    public var changes: [Change]
    /// What the client had seen of each entity; a missing one counts as nothing seen.
    public var contexts: [EntityID: VersionVector]
    /// Made by the client; the same id again gives the first result.
    public var id: ChangeID

    /// Not judged here: the write throws for bounds, contexts and rights.
    public init(_ changes: [Change], contexts: [EntityID: VersionVector], id: ChangeID) {
        self.changes = changes
        self.contexts = contexts
        self.id = id
    }
}

extension Hub {
    /// Writes one office changeset under the hub's own replica, with the reviews that it opens; as
    /// ``write(_:by:now:)``.
    public func write(
        _ changes: [Change], contexts: [EntityID: VersionVector], id: ChangeID,
        by author: Credential, now: Int64
    ) throws(HubRefusal) -> WriteResult {
        let changeset = OfficeChangeset(changes, contexts: contexts, id: id)
        return try refusing {
            guard author.depot == depot else { throw Self.wrongDepot(author) }
            return try append(now) { try $0.write(changeset, by: author) }
        }
    }

    /// Writes office changesets under the hub's own replica, all or none, with the reviews that
    /// they open.
    /// - Parameters:
    ///   - author: whose edits they are: office or supervisor.
    ///   - now: Unix milliseconds.
    /// - Returns: one result each, in order.
    /// - Throws: 409 `siblings_full`, 409 `unknown_context`, 409 `change_id_taken`,
    ///   403 `not_allowed`, 422 `out_of_bounds`, 503: nothing is stored then.
    public func write(
        _ changesets: [OfficeChangeset], by author: Credential, now: Int64
    ) throws(HubRefusal) -> [WriteResult] {
        try write(changesets, by: author, now: now) { results, _ in results }
    }

    /// As ``write(_:by:now:)``.
    /// - Parameters:
    ///   - isTrial: to see what would come of it: nothing is stored.
    ///   - look: reads what is there behind the writes, in their transaction.
    func write<T>(
        _ changesets: [OfficeChangeset], by author: Credential, now: Int64, isTrial: Bool = false,
        _ look: ([WriteResult], HubReader) throws -> T
    ) throws(HubRefusal) -> T {
        if changesets.isEmpty { return try read { try look([], $0) } }
        return try refusing {
            guard author.depot == depot else { throw Self.wrongDepot(author) }
            return try append(now, isAlone: changesets.count > 1, isTrial: isTrial) { writer in
                let results = try changesets.map { try writer.write($0, by: author) }
                return try look(
                    results, HubReader(depot: depot, history: history, rows: writer.rows))
            }
        }
    }

    /// Reads in one snapshot.
    public func read<T>(_ body: (HubReader) throws -> T) throws(HubRefusal) -> T {
        try refusing {
            try storage.read { rows in
                try body(HubReader(depot: depot, history: history, rows: rows))
            }
        }
    }

    static func wrongDepot(_ credential: Credential) -> HubRefusal {
        HubRefusal(
            status: 403, code: "wrong_depot",
            message: "This hub does not keep the depot \(credential.depot).")
    }
}

extension LogWriter {
    fileprivate mutating func write(
        _ changeset: OfficeChangeset, by author: Credential
    ) throws -> WriteResult {
        let id = changeset.id
        if let dot = try rows.dot(of: id) {
            guard let row = try rows.changeset(dot), let sequence = row.sequence,
                row.author == author.person, !Mutant.isOn(.editAgainRefused)
            else {
                throw HubRefusal.changeIDTaken
            }
            return WriteResult(change: id, dot: dot, sequence: sequence, isRepeat: true)
        }
        let (dot, sequence) = try write(
            changeset.changes, contexts: changeset.contexts, id: id, author: author.person,
            role: author.role)
        return WriteResult(change: id, dot: dot, sequence: sequence, isRepeat: false)
    }
}
