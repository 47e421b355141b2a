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
    /// - Parameters:
    ///   - hubTime: of the answer that brought it, Unix milliseconds.
    ///   - standing: likewise.
    public func apply(
        page: Page, hubTime: Int64, standing: [UInt8] = []
    ) throws(StoreError) -> PageResult {
        guard !isUnproven else { return .ignored(.recovering) }
        if let reason = try connection.read({ Self.whyNot(page, try Meta($0)) }) {
            return .ignored(reason)
        }
        let attempt = try countAttempt(page)
        hasTriedPage = true
        do throws(StoreError) {
            let result = try merge(page, attempt, hubTime: hubTime, standing)
            scrub()
            if !page.hasMore { retrySuspects() }
            return result
        } catch {
            // It failed, and said so: what is looked for is what ends the process without a word. A
            // full disk may not take this either; this process knows.
            if !isEnded {
                try? connection.write {
                    try $0.run("UPDATE meta SET page_low = NULL, page_high = NULL")
                }
            }
            if Mutant.isOn(.failedPageMovesCheckpoint) {
                try? connection.write {
                    try $0.run(
                        "UPDATE meta SET checkpoint_sequence = ?, checkpoint_tag = ?",
                        [page.checkpoint.sequence.stored, page.checkpoint.tag.stored])
                }
            }
            throw error
        }
    }

    private func merge(
        _ page: Page, _ attempt: PageAttempt, hubTime: Int64, _ standing: [UInt8]
    ) throws(StoreError) -> PageResult {
        try connection.write { db in
            let meta = try Meta(db)
            if let reason = Self.whyNot(page, meta) { return .ignored(reason) }
            var clock = meta.clock
            var work = PageWork(meta: meta, hubTime: hubTime, isCareful: attempt.isCareful)
            for index in page.placesByRoute {
                let part = page.parts[index]
                if Mutant.isOn(.cursorPastUnapplied), index > 0, index % 3 == 0 { continue }
                for change in part.changes { clock.see(change.stamp.hlc, hubTime: hubTime) }
                let isSetAside = attempt.setAside.contains(index)
                if !isSetAside { try beforePart?(part) }
                try work.apply(part, isSetAside: isSetAside, db)
            }
            try work.finish(db)
            if meta.step == .refill, !page.hasMore { try Self.finishRefill(hubTime: hubTime, db) }
            if !page.hasMore {
                try Self.endUnconfirmed(hubTime: hubTime, db)
                try Self.endRoutes(hubTime: hubTime, db)
            }
            try Meta.save(clock: clock, db)
            try Meta.save(standing: standing, db)
            var end = page.checkpoint
            if Mutant.isOn(.pageWithoutCheckpoint), let from = page.from { end = from }
            try db.run(
                """
                UPDATE meta SET checkpoint_sequence = ?1, checkpoint_tag = ?2, last_page_at = ?3,
                    hub_time = max(ifnull(hub_time, 0), ?3), loaded = max(loaded, ?4),
                    page_attempts = 0, page_sequence = NULL,
                    page_low = NULL, page_high = NULL, resume = ?5
                """,
                [
                    end.sequence.stored, end.tag.stored, hubTime,
                    !page.hasMore, page.resume.isEmpty ? nil : page.resume.blob,
                ])
            return .applied(parts: work.merged, parked: work.parked)
        }
    }

    private static func whyNot(_ page: Page, _ meta: Meta) -> PageResult.Reason? {
        if meta.step == .push || meta.step == .offer { return .recovering }
        guard page.history == meta.history, page.checkpoint.history == meta.history,
            page.checkpoint.depot == meta.identity.depot
        else { return .otherHistory }
        guard page.replica == meta.identity.replica else { return .otherReplica }
        guard page.from == meta.checkpoint else { return .otherCheckpoint }
        return nil
    }

    /// Written before the page is applied, so that a page which ends the process is known. From the
    /// third time on it is bisected: half of the parts that may be to blame are set aside.
    private func countAttempt(_ page: Page) throws(StoreError) -> PageAttempt {
        // What tells nothing ends nothing.
        if page.parts.isEmpty { return PageAttempt(number: 1, parts: 0, low: nil, high: nil) }
        return try connection.write { db in
            // Its start: where it ends moves as the log grows, and so would the count.
            let sequence = page.from?.sequence.stored ?? -1
            let row = try db.row(
                "SELECT page_sequence, page_attempts, page_low, page_high FROM meta"
            ).orDamaged("meta")
            let known: Int64? = row["page_sequence"]
            let isAgain = known == sequence
            let hasSuspects = isAgain && !hasTriedPage
            let attempt = PageAttempt(
                number: isAgain ? (row["page_attempts"] as Int) + 1 : 1, parts: page.parts.count,
                low: hasSuspects ? row["page_low"] : nil,
                high: hasSuspects ? row["page_high"] : nil)
            try db.run(
                "UPDATE meta SET page_sequence = ?, page_attempts = ?, page_low = ?,"
                    + " page_high = ?",
                [
                    sequence, attempt.number, attempt.suspects.lowerBound,
                    attempt.suspects.upperBound,
                ])
            return attempt
        }
    }
}

/// Which parts of a page are not looked at, this time.
struct PageAttempt: Hashable {
    /// At this page, from 1.
    let number: Int
    /// Should the process end now, the reason is among these.
    let suspects: Range<Int>
    let setAside: Range<Int>

    /// A part that the database refuses is parked instead of failing the page.
    var isCareful: Bool { number >= Bounds.partAttempts }

    /// - Parameters:
    ///   - low, high: the suspects of the attempt before, where it ended without a word.
    init(number: Int, parts: Int, low: Int?, high: Int?) {
        self.number = number
        let all = 0..<parts
        guard number >= Bounds.partAttempts, let low, let high, low < high, high <= parts else {
            (suspects, setAside) = (all, 0..<0)
            return
        }
        guard number > Bounds.partAttempts else {
            (suspects, setAside) = (low..<high, Self.half(of: low..<high))
            return
        }
        guard high - low > 1 else {
            // It was set aside alone, and that was not it: nothing of the page is looked at.
            (suspects, setAside) = (low..<high, all)
            return
        }
        // What was not set aside of them ended the process.
        let rest = low..<Self.half(of: low..<high).lowerBound
        (suspects, setAside) = (rest, Self.half(of: rest))
    }

    /// The upper half; the whole of one.
    private static func half(of range: Range<Int>) -> Range<Int> {
        range.count > 1 ? (range.lowerBound + range.upperBound) / 2..<range.upperBound : range
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
    /// In the order of the first part of each.
    private var touched: [EntityID] = []
    /// Of entities that are this driver's and shown: the base as it lies in the rows now.
    private var atHand: [EntityID: (base: Base, isNew: Bool)] = [:]
    private var entering: [EntityID: News] = [:]

    init(meta: Meta, hubTime: Int64, isCareful: Bool) {
        self.meta = meta
        self.hubTime = hubTime
        self.isCareful = isCareful
    }

    /// - Parameter isSetAside: it may be what ended the process: it is parked unread.
    mutating func apply(_ part: EntityPart, isSetAside: Bool, _ db: Database) throws {
        if part.isPartial {
            // Facts ahead wait for the part that brings the vector: nothing is seen by halves.
            return try Ahead.add(part, db)
        }
        atHand[part.entity] = nil
        let held = try held(part, db)
        if part.membership == .leaves || part.membership == .purged {
            // What came ahead of parked parts is still theirs.
            if held?.needsUpdate != true { try Ahead.forget(part.entity, db) }
            try Remembered.forget(part.entity, db)
            // It came and went between two pages: this device never had it.
            if held == nil { return }
        }
        if part.membership == .purged { return try purge(part, db) }
        var base = held ?? Base(new: part.entity, generation: meta.generation)
        let news = try News(
            part, before: base, driver: meta.identity.driver, hubTime: hubTime, db)
        let isReplaced = base.generation != meta.generation && part.membership != .leaves
        if isReplaced || part.membership == .restated {
            // Of another history, or repaired: it comes whole, and nothing that was here counts.
            if isReplaced, base.membership == .inScope { try Remembered.keep(part.entity, db) }
            try base.forget(generation: meta.generation, db)
        }
        if Mutant.isOn(.leftStopStays), part.membership == .leaves { return }
        base.membership = base.membership.after(part.membership)
        // It comes whole, or goes.
        if part.membership == .enters || part.membership == .leaves { base.retention = .shown }
        try base.saveEntity(db)
        touched.append(part.entity)
        if part.membership != .leaves,
            let reason = isSetAside ? Parked.setAside : try reasonToPark(part, &base, db)
        {
            try Parked.add(part, reason: reason, db)
            parked += 1
        } else {
            // Applied already, and again in its turn when the parts before it can be read.
            if base.needsUpdate { try Parked.add(part, reason: "behind another part", db) }
            merged += 1
            let isShown = base.membership == .inScope && base.retention == .shown
            if isShown, base.isAsStored, !base.needsUpdate {
                atHand[part.entity] = (base, isNew: held == nil)
            }
        }
        if part.membership == .leaves { try news.forgetLeaving(db) }
        guard meta.isLoaded else { return }
        if news.isEntering { entering[part.entity] = news }
        try news.note(after: base, db)
    }

    /// The base as it is; where its rows cannot be read, an empty one for what replaces it or takes
    /// it away.
    private func held(_ part: EntityPart, _ db: Database) throws -> Base? {
        do {
            return try Base(part.entity, db)
        } catch StoreError.damaged
            where [.restated, .enters, .leaves, .purged].contains(part.membership)
        {
            var base = Base(new: part.entity, generation: meta.generation)
            if part.membership != .restated {
                try base.forget(generation: meta.generation, db)
                base.membership = .inScope
            }
            return base
        }
    }

    /// Merges a part; a reason where it cannot be, now.
    private func reasonToPark(
        _ part: EntityPart, _ base: inout Base, _ db: Database
    ) throws -> String? {
        guard !base.needsUpdate else { return "behind another part" }
        let before = base
        do {
            try db.inPart {
                for earlier in try Ahead.take(part.entity, db) { try base.merge(earlier, db) }
                try base.merge(part, db)
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

    /// L9: the copy goes, but for what the hub has not received.
    private mutating func purge(_ part: EntityPart, _ db: Database) throws {
        guard var base = try Base(part.entity, db) else { return }
        let isUnsent = try ReplicaStore.unsent(on: part.entity, db) > 0
        try base.forget(generation: meta.generation, db)
        try Ahead.forget(part.entity, db)
        base.membership = isUnsent ? .handedOver : .never
        try base.saveEntity(db)
        try News.forget(part.entity, db)
        touched.append(part.entity)
        merged += 1
    }

    /// The rows that follow, once all parts are in.
    func finish(_ db: Database) throws {
        var written: Set<EntityID> = []
        for entity in touched where written.insert(entity).inserted {
            let driver = meta.identity.driver
            if let (base, isNew) = atHand[entity] {
                if isNew {
                    // Nothing own is on top of it, and nothing is remembered of it: it is shown as
                    // it came.
                    try DerivedRows.write(base.state, over: nil, on: base, driver: driver, db)
                } else {
                    try Remembered.forgetKnown(entity, db)
                    let state = try base.shown(author: driver, db)
                    try DerivedRows.writeUnlessStored(state, on: base, driver: driver, db)
                }
                continue
            }
            try Remembered.forgetKnown(entity, db)
            try ReplicaStore.erasePeople(on: entity, db)
            try DerivedRows.write(entity, driver: driver, db)
            try ReplicaStore.reconsider(entity, driver: driver, db)
        }
        let routesFirst = entering.sorted {
            ($1.key.kind == .route ? 1 : 0, $0.key) < ($0.key.kind == .route ? 1 : 0, $1.key)
        }
        for (_, news) in routesFirst { try news.noteEntering(db) }
    }
}
