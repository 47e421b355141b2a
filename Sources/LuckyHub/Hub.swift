public import LuckyCausality
public import LuckyModel
internal import LuckyWire
internal import Synchronization

/// Why a hub did not open. Nothing was changed.
public enum HubOpenError: Error, Hashable, Sendable {
    /// Another process has this file open.
    case inUse
    /// The database does not sync its commits: a receipt would be no promise.
    case notDurable
    /// The file keeps another depot.
    case otherDepot(Identifier)
    /// A new file needs a depot.
    case depotMissing
    /// The file cannot be used; one sentence says why.
    case unusable(String)
}

/// A hub: accepts, orders, keeps and serves the changes of one depot.
///
/// Synchronous and safe to call from any thread. It has no clock and no randomness of its own:
/// calls bring the time, `open` the generator.
/// ```swift
/// let hub = try Hub.open(at: "taitung.sqlite", depot: "taitung", random: generator)
/// let answer = try hub.sync(body, as: credential, now: milliseconds)
/// ```
public final class Hub: HubDoor {
    /// The one depot whose changes it keeps; a credential of another is refused with 403.
    public let depot: Identifier
    /// Minted with the database and at every start that cannot prove it continues (L26).
    public let history: HistoryID
    /// The hub's own replica, under which office edits and reviews are written.
    public let replica: ReplicaID
    /// Whether nothing was there when this history began: then every replica is known (L7).
    let beganEmpty: Bool
    let storage: any HubStorage
    let random: RandomSource
    let intake: Intake
    private let lease: Lease?
    private let continuity: Continuity?
    private let lastSequence: Atomic<UInt64>

    /// Opens a hub's file, or creates it, readable by its owner only. Beside it stand `-wal`,
    /// `-shm`, `-intake`, `.nonce` and `.lease`.
    /// - Parameters:
    ///   - depot: may be nil for a file that exists.
    ///   - random: for tags, salts and a new history's id.
    public static func open(
        at path: String, depot: Identifier?, random: some RandomNumberGenerator & Sendable
    ) throws(HubOpenError) -> Hub {
        try opening {
            let lease = try Lease(beside: path)
            return try Hub(
                SQLiteStorage(at: path), depot: depot, random: RandomSource(random), lease: lease,
                continuity: Continuity(beside: path))
        }
    }

    /// A hub in memory: the same code over SQLite's `:memory:`.
    public static func inMemory(
        depot: Identifier, random: some RandomNumberGenerator & Sendable
    ) throws(HubOpenError) -> Hub {
        try opening {
            try Hub(SQLiteStorage(at: nil), depot: depot, random: RandomSource(random))
        }
    }

    init(
        _ storage: any HubStorage, depot: Identifier?, random: RandomSource, lease: Lease? = nil,
        continuity: Continuity? = nil
    ) throws {
        let known = try storage.identity()
        if let known, let depot, known.depot != depot { throw HubOpenError.otherDepot(known.depot) }
        guard let depot = depot ?? known?.depot else { throw HubOpenError.depotMissing }
        let (end, isProven) = try storage.read { rows in
            let isProven = try known.map { known in
                try continuity?.proves(known.nonce) { try rows.log(sequence: $0)?.tag } ?? true
            }
            return (try rows.logEnd(), isProven ?? false)
        }
        let nonce: Bits128<HistoryPurpose> = random.bits()
        var identity =
            known
            ?? HubIdentity(history: random.bits(), depot: depot, beganEmpty: true, nonce: "")
        if known != nil, !isProven {
            identity.history = random.bits()
            identity.beganEmpty = end == nil
        }
        let oldNonce = identity.nonce
        identity.nonce = nonce.hex
        try continuity?.save((isProven ? [oldNonce] : []) + [identity.nonce], end: end)
        try storage.setIdentity(identity, beginsHistory: !isProven)
        try continuity?.save([identity.nonce], end: end)

        self.storage = storage
        self.depot = depot
        self.random = random
        self.lease = lease
        self.continuity = continuity
        history = identity.history
        beganEmpty = identity.beganEmpty
        replica = .hub(depot: depot, history: identity.history)
        intake = try Intake(storage)
        lastSequence = Atomic(end?.sequence ?? 0)
    }

    /// Ends all work on the file. Calls after it throw 503.
    public func close() throws(HubRefusal) {
        try refusing {
            try intake.flush(storage)
            try storage.close()
            continuity?.release()
            lease?.release()
        }
    }

    /// True where a write transaction on the file succeeds now.
    public func isReady() -> Bool {
        (try? storage.write { try $0.clock() }) != nil
    }

    /// The log's last position, from memory; 0 when empty and for another depot.
    public func sequence(of depot: Identifier) -> UInt64 {
        depot == self.depot ? lastSequence.load(ordering: .acquiring) : 0
    }

    /// One transaction that may lengthen the log.
    func append<T>(_ now: Int64, _ body: (inout LogWriter) throws -> T) throws -> T {
        let (result, end) = try storage.write { rows in
            var writer = try LogWriter(rows, of: self, now: now)
            let result = try body(&writer)
            return (result, writer.end)
        }
        try continuity?.mark(end.sequence, end.tag)
        lastSequence.max(end.sequence, ordering: .acquiringAndReleasing)
        return result
    }

    private static func opening(_ body: () throws -> Hub) throws(HubOpenError) -> Hub {
        do {
            return try body()
        } catch let error as HubOpenError {
            throw error
        } catch {
            throw .unusable("\(error)")
        }
    }
}
