internal import GRDB
internal import LuckyCausality
internal import LuckyModel
public import LuckyWire

extension ReplicaStore {
    /// Merges a page into the base and sets the checkpoint to the page's, in one transaction; or
    /// does nothing at all, where the page is not for this replica as it stands now (L14).
    ///
    /// What this build cannot read is parked with its bytes, its entity is marked, and the page
    /// moves on.
    /// - Parameter hubTime: of the response that brought it, Unix milliseconds.
    public func apply(page: Page, hubTime: Int64) throws(StoreError) -> PageResult {
        guard !isCopied else { return .ignored(.trouble) }
        if let reason = try connection.read({ Self.whyNot(page, try Meta($0)) }) {
            return .ignored(reason)
        }
        let attempts = try countAttempt(page)
        return try connection.write { db in
            let meta = try Meta(db)
            if let reason = Self.whyNot(page, meta) { return .ignored(reason) }
            var clock = meta.clock
            var work = PageWork(meta: meta, hubTime: hubTime, isCareful: attempts >= Self.carefulAt)
            for part in page.parts {
                for change in part.changes { clock.see(change.stamp.hlc, hubTime: hubTime) }
                try work.apply(part, db)
            }
            try work.finish(db)
            try Meta.save(clock: clock, db)
            try db.run(
                """
                UPDATE meta SET checkpoint_sequence = ?, checkpoint_tag = ?, last_page_at = ?,
                    loaded = max(loaded, ?), page_attempts = 0, page_sequence = NULL
                """,
                [
                    page.checkpoint.sequence.stored, page.checkpoint.tag.stored, hubTime,
                    !page.hasMore,
                ])
            return .applied(parts: work.merged, parked: work.parked)
        }
    }

    /// From this attempt on a part that the database refuses is parked instead of failing its page.
    private static let carefulAt = 3

    private static func whyNot(_ page: Page, _ meta: Meta) -> PageResult.Reason? {
        if meta.savedTrouble != nil { return .trouble }
        guard page.history == meta.history, page.checkpoint.history == meta.history,
            page.checkpoint.depot == meta.identity.depot
        else { return .otherHistory }
        guard page.replica == meta.identity.replica else { return .otherReplica }
        guard page.from == meta.checkpoint else { return .otherCheckpoint }
        return nil
    }

    /// Written before the page is applied, so that a page which kills the process is known.
    private func countAttempt(_ page: Page) throws(StoreError) -> Int {
        try connection.write { db in
            // Its start: where it ends moves as the log grows, and so would the count.
            let sequence = page.from?.sequence.stored ?? -1
            try db.run(
                """
                UPDATE meta SET page_sequence = ?1,
                    page_attempts = CASE WHEN page_sequence = ?1 THEN page_attempts + 1 ELSE 1 END
                """, [sequence])
            return try db.count("SELECT page_attempts FROM meta")
        }
    }
}

/// One page on its way into the base.
struct PageWork {
    let meta: Meta
    let hubTime: Int64
    /// The page failed again and again: a part that the database refuses is parked too.
    let isCareful: Bool
    private(set) var merged = 0
    private(set) var parked = 0
    private var touched: Set<EntityID> = []
    private var entering: [EntityID: News] = [:]

    init(meta: Meta, hubTime: Int64, isCareful: Bool) {
        self.meta = meta
        self.hubTime = hubTime
        self.isCareful = isCareful
    }

    mutating func apply(_ part: EntityPart, _ db: Database) throws {
        let held = try Base(part.entity, db)
        // It came and went between two pages: this device never had it.
        if part.membership == .leaves, held == nil { return }
        var base = held ?? Base(new: part.entity)
        let news = try News(
            part, before: base, driver: meta.identity.driver, hubTime: hubTime, db)
        base.membership = base.membership.after(part.membership)
        try base.saveEntity(db)
        touched.insert(part.entity)
        if part.membership != .leaves, let reason = try reasonToPark(part, &base, db) {
            try Parked.add(part, reason: reason, db)
            parked += 1
        } else {
            // Applied already, and again in its turn when the parts before it can be read.
            if base.needsUpdate { try Parked.add(part, reason: "behind another part", db) }
            merged += 1
        }
        guard meta.isLoaded else { return }
        if news.isEntering { entering[part.entity] = news }
        try news.note(after: base, db)
    }

    /// Merges a part; a reason where it cannot be, now.
    private func reasonToPark(
        _ part: EntityPart, _ base: inout Base, _ db: Database
    ) throws -> String? {
        guard !base.needsUpdate else { return "behind another part" }
        let before = base
        do {
            try db.inSavepoint {
                try base.merge(part, db)
                return .commit
            }
            return nil
        } catch PartFailure.unreadable(let error) {
            base = before
            return "\(error)"
        } catch PartFailure.failed(let error) {
            base = before
            guard isCareful, Connection.isRefusal(error) else { throw error }
            return "\(error)"
        }
    }

    /// The rows that follow, once all parts are in.
    func finish(_ db: Database) throws {
        for entity in touched.sorted() {
            try ReplicaStore.erasePeople(on: entity, db)
            try DerivedRows.write(entity, driver: meta.identity.driver, db)
        }
        let routesFirst = entering.sorted {
            ($1.key.kind == .route ? 1 : 0, $0.key) < ($0.key.kind == .route ? 1 : 0, $1.key)
        }
        for (_, news) in routesFirst { try news.noteEntering(db) }
    }
}
