internal import Foundation
public import LuckyCausality
package import LuckyFiles
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
    /// What was simulated is kept in no file: ``LuckyModel/Identifier/simulation`` is no depot.
    case simulated
    /// The file is a hub's of no version: another program's, or none that SQLite can read.
    case notAHub
    /// No room to open it, or to bring it up to this version; free some, and open it again.
    case diskFull
    /// A newer build wrote it; its version of the tables.
    case newer(Int)
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
    let storage: any HubStorage
    let random: RandomSource
    let tags: PlaceTags
    let intake: Intake
    private let lease: Lease?
    let continuity: Continuity?
    /// Nil for a hub in memory: nothing of it could be restored.
    let backups: BackupRegistry?
    let pageLimits: PageLimits
    /// How often each replica may ask for whole entities.
    let repairs = RepairLimit()
    /// What contradicts what, and the version of it.
    let rules: RuleTable
    let ruleVersion: Int
    /// Whether an entity may be left that only older rules searched; and whether requests look for
    /// such ones.
    let mayBeUnsearched = Atomic(true)
    let searches = Atomic(true)
    /// The last place of the log that is committed and marked.
    let lastSequence: Atomic<UInt64>
    /// Personal bytes were dropped, and the file may still have them where nobody looks (L18).
    let owesScrub = Atomic(true)
    /// What writes need not read again.
    let recent = RecentEntities()
    /// What need not be read to be answered once more.
    let recentReceipts = RecentReceipts()
    /// What need not be taken apart to be answered once more.
    let recentMessages = RecentMessages()
    /// What need not be read to be said once more.
    let recentAnswers = RecentAnswers()
    /// What need not be signed again.
    let lastStanding = LastStanding()
    /// Held from before a commit until its mark is written.
    let committing = NSLock()
    /// Who waits for that.
    let queue = CommitQueue()
    /// A device showed that the log was put back: the database has the mark of it.
    let disproved = Atomic(false)

    /// Opens a hub's file, or creates it, readable by its owner only. Beside it stand `-wal`,
    /// `-shm`, `-intake`, `.nonce`, `.lease`, and `.backups` where copies were made.
    /// - Parameters:
    ///   - depot: may be nil for a file that exists.
    ///   - random: for tags, salts and a new history's id.
    public static func open(
        at path: String, depot: Identifier?, random: some RandomNumberGenerator & Sendable
    ) throws(HubOpenError) -> Hub {
        guard depot != .simulation else { throw .simulated }
        return try open(at: path, depot: depot, random: random, files: SystemFiles())
    }

    /// As ``open(at:depot:random:)``, on other files than the system's.
    package static func open(
        at path: String, depot: Identifier?, random: some RandomNumberGenerator & Sendable,
        files: any FileCalls
    ) throws(HubOpenError) -> Hub {
        try opening {
            // Beside a file that is no hub's nothing is made; beside a hub's there is a lease, and
            // who has that may have the file open here: it is not to be opened twice.
            func check() throws {
                if FileHeader(of: path, files).isNoHub { throw HubOpenError.notAHub }
            }
            let isLeased = files.status(path + ".lease") != nil
            if !isLeased { try check() }
            let lease = try Lease(beside: path, files)
            if isLeased { try check() }
            return try Hub(
                SQLiteStorage(at: path, files), depot: depot, random: RandomSource(random),
                lease: lease, continuity: Continuity(beside: path, files),
                backups: BackupRegistry(beside: path, files))
        }
    }

    /// A hub in memory: the same code over SQLite's `:memory:`.
    public static func inMemory(
        depot: Identifier, random: some RandomNumberGenerator & Sendable
    ) throws(HubOpenError) -> Hub {
        try opening {
            try Hub(
                SQLiteStorage(at: nil, SystemFiles()), depot: depot, random: RandomSource(random))
        }
    }

    init(
        _ storage: any HubStorage, depot: Identifier?, random: RandomSource, lease: Lease? = nil,
        continuity: Continuity? = nil, backups: BackupRegistry? = nil,
        pageLimits: PageLimits = PageLimits(), rules: RuleTable = .standard,
        ruleVersion: Int = ReviewRules.version
    ) throws {
        let known = try storage.identity()
        if let known, let depot, known.depot != depot { throw HubOpenError.otherDepot(known.depot) }
        guard let depot = depot ?? known?.depot else { throw HubOpenError.depotMissing }
        let (mark, isProven) = try storage.read { rows in
            let isProven = try known.map { known in
                if Mutant.isOn(.restoreGoesOn) { return true }
                return try continuity?.proves(known.nonce, receipts: rows.receiptCount()) {
                    try rows.log(sequence: $0)?.tag
                } ?? true
            }
            return (try Continuity.Mark(rows), isProven == true && known?.isDisproved == false)
        }
        let nonce: Bits128<HistoryPurpose> = random.bits()
        var identity =
            known
            ?? HubIdentity(history: random.bits(), depot: depot, beganEmpty: true)
        if known != nil, !isProven {
            identity.history = random.bits()
            identity.beganEmpty = mark == Continuity.Mark()
        }
        if identity.tagKey.isEmpty {
            identity.tagKey = random.salt() + random.salt()
        }
        identity.isDisproved = false
        let oldNonce = identity.nonce
        identity.nonce = nonce.hex
        try continuity?.save((isProven ? [oldNonce] : []) + [identity.nonce], mark)
        try storage.setIdentity(identity, beginsHistory: !isProven)
        try continuity?.save([identity.nonce], mark)

        self.storage = storage
        self.depot = depot
        self.random = random
        tags = PlaceTags(history: identity.history, key: identity.tagKey)
        self.lease = lease
        self.continuity = continuity
        self.backups = backups
        self.pageLimits = pageLimits
        self.rules = rules
        self.ruleVersion = ruleVersion
        history = identity.history
        replica = .hub(depot: depot, history: identity.history)
        intake = try Intake(storage)
        lastSequence = Atomic(mark.sequence)
        scrub()
    }

    /// Whatever prevents it, what was committed stands: it is tried again after the next commit.
    func scrub() {
        guard owesScrub.load(ordering: .acquiring) else { return }
        let isDone = (try? storage.scrub()) ?? false
        owesScrub.store(!isDone, ordering: .releasing)
    }

    /// Ends all work on the file. Calls after it throw 503.
    public func close() throws(HubRefusal) {
        committing.lock()
        defer { committing.unlock() }
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

    /// One snapshot for somebody outside, who must not hear of a commit before it is marked: a
    /// restored copy without it would not be noticed (L26).
    func observe<T>(_ body: (any HubRows) throws -> T) throws -> T {
        let (result, end) = try storage.read { rows in
            (try body(rows), try rows.logEnd()?.sequence ?? 0)
        }
        guard end > lastSequence.load(ordering: .acquiring) else { return result }
        committing.lock()
        committing.unlock()
        guard end <= lastSequence.load(ordering: .acquiring) else {
            throw HubRefusal(
                status: 503, code: "storage", message: "The hub's last commit is not marked yet.")
        }
        return result
    }

    private static func opening(_ body: () throws -> Hub) throws(HubOpenError) -> Hub {
        do {
            return try body()
        } catch {
            throw HubOpenError(error)
        }
    }
}
