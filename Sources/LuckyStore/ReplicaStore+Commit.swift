internal import GRDB
public import LuckyCausality
public import LuckyModel
internal import LuckyWire

extension ReplicaStore {
    /// The tap (L11): the facts, the outbox, the counter, the clock and the rows that screens read
    /// are one transaction. When this returns, it is on disk.
    /// - Parameters:
    ///   - id: made by the caller before the call. The same id again is the same tap: nothing is
    ///     written, and the first result comes back with ``CommitResult/isRepeat``.
    ///   - entity: a stop or route on this device.
    ///   - isNew: the tap makes the entity known: it is this driver's from here on (L23).
    ///   - time: what the device's clocks say.
    ///   - random: for the salt of what is personal.
    ///   - rule: from what the driver sees now to 1…64 facts, or a refusal. It runs in the
    ///     transaction and must not call the store.
    /// - Throws: ``StoreError/refused(_:)`` (with ``StopRefusal/handedOver`` for a stop that went
    ///   to another driver: only looks are taken there), ``StoreError/unknownEntity(_:)``,
    ///   ``StoreError/outOfBounds(_:)``, ``StoreError/diskFull``;
    ///   ``StoreError/unknownOutcome(_:)`` where a failing disk does not say what became of it.
    public func commit(
        _ id: ChangeID, on entity: EntityID, isNew: Bool = false, time: DeviceTime,
        using random: inout some RandomNumberGenerator,
        _ rule: (EntityState) throws(StopRefusal) -> [Fact]
    ) throws(StoreError) -> CommitResult {
        var makesRoom = false
        var result: CommitResult
        do throws(StoreError) {
            try proveItself(using: &random)
            result = try attempt(
                id, on: entity, isNew: isNew, time: time, using: &random, &makesRoom, rule)
        } catch {
            // What happened at a doorstep may have the room that was kept free for it (L16).
            guard error == .diskFull, makesRoom, ballast.release() else { throw error }
            result = try attempt(
                id, on: entity, isNew: isNew, time: time, using: &random, &makesRoom, rule)
        }
        if result.isRepeat { try syncWhatIsRead() }
        return result
    }

    /// - Parameter makesRoom: becomes true for facts that a full disk must not refuse.
    private func attempt(
        _ id: ChangeID, on entity: EntityID, isNew: Bool, time: DeviceTime,
        using random: inout some RandomNumberGenerator, _ makesRoom: inout Bool,
        _ rule: (EntityState) throws(StopRefusal) -> [Fact]
    ) throws(StoreError) -> CommitResult {
        do {
            return try connection.transact { db -> (CommitResult, Warm.Left?) in
                if let first = try Self.committed(id, isRepeat: true, db) { return (first, nil) }
                warm.check(db, connection.openings)
                return try write(
                    id, on: entity, isNew: isNew, time: time, using: &random, &makesRoom, rule, db)
            } committed: { db, tap in
                if let left = tap.1 { warm.keep(left, pending: tap.0.pending, db) }
            }.0
        } catch let failure as Connection.CommitFailure {
            return try outcome(of: id, after: failure.cause)
        } catch {
            throw Connection.mapped(error)
        }
    }

    /// Everything that a tap writes, within its transaction.
    /// - Returns: also what is left to be kept in memory where it is committed; nil for nothing.
    private func write(
        _ id: ChangeID, on entity: EntityID, isNew: Bool, time: DeviceTime,
        using random: inout some RandomNumberGenerator, _ makesRoom: inout Bool,
        _ rule: (EntityState) throws(StopRefusal) -> [Fact], _ db: Database
    ) throws -> (CommitResult, Warm.Left?) {
        var meta = try warm.meta ?? Meta(db)
        if isNew { try Self.begin(entity, meta: meta, db) }
        let known = try warm.take(entity) ?? Warm.Entity(entity, driver: meta.identity.driver, db)
        guard var tapped = consume known else { throw StoreError.unknownEntity(entity) }
        // What was not known before has no rows yet.
        if isNew { tapped.rows = nil }
        let facts = try Self.judge(tapped, rule)
        makesRoom = facts.contains { if case .photoTaken = $0 { false } else { true } }
        let changeset = try Self.seal(facts, id, on: &tapped, time: time, &meta, &random, db)
        try Self.insert(changeset, about: entity, facts: facts.count, db)
        tapped.rows = try DerivedRows.write(
            tapped.shown, over: tapped.rows, on: tapped.base, driver: meta.identity.driver,
            planned: tapped.planned, db)
        let isOver = tapped.base.retention == .over
        if isOver { try Self.reconsider(entity, driver: meta.identity.driver, db) }
        let pending = try warm.pending.map { $0 + 1 } ?? Self.pendingCount(db)
        let result = CommitResult(
            change: id, dot: changeset.dot, hash: changeset.hash, pending: pending,
            isRepeat: false)
        return (result, isOver ? nil : Warm.Left(entity: tapped, meta: meta))
    }

    /// A commit that threw is unknown, not no: the file, opened again, decides.
    private func outcome(
        of id: ChangeID, after cause: StoreError
    ) throws(StoreError) -> CommitResult {
        do {
            try connection.reopen()
        } catch {
            throw .unknownOutcome(cause.code)
        }
        if let result = try connection.read({ try Self.committed(id, isRepeat: false, $0) }) {
            try syncWhatIsRead()
            return result
        }
        throw cause
    }

    /// A tap that is found, rather than written, may have been written by a process that ended
    /// before it was synced. Where it cannot be synced now, its outcome is unknown: it is there, and
    /// may be gone after a power cut.
    private func syncWhatIsRead() throws(StoreError) {
        do throws(StoreError) {
            try syncOnce()
        } catch {
            guard error == .diskFull, ballast.release() else {
                throw .unknownOutcome(error.code)
            }
            do throws(StoreError) { try syncOnce() } catch { throw .unknownOutcome(error.code) }
        }
    }

    private func syncOnce() throws(StoreError) {
        try connection.sync { db in
            // There and back: SQLite writes no page for a value that is the same.
            try db.run("UPDATE meta SET retry_attempts = retry_attempts + 1")
            try db.run("UPDATE meta SET retry_attempts = retry_attempts - 1")
        }
    }

    /// Nothing is known of it yet but that it is this driver's; the tap that follows says the rest.
    private static func begin(_ entity: EntityID, meta: Meta, _ db: Database) throws {
        guard try Base(entity, db) == nil else { return }
        var base = Base(new: entity, generation: meta.generation)
        base.membership = .inScope
        try base.saveEntity(db)
    }

    private static func judge(
        _ tapped: Warm.Entity, _ rule: (EntityState) throws(StopRefusal) -> [Fact]
    ) throws(StoreError) -> [Fact] {
        let (base, state) = (tapped.base, tapped.shown)
        guard base.membership != .never, !state.isHidden else { throw .unknownEntity(state.id) }
        let isLocked = base.membership == .handedOver
        let facts: [Fact]
        do throws(StopRefusal) {
            facts = try rule(state)
        } catch {
            throw .refused(isLocked ? .handedOver : error)
        }
        // A shift is its driver's, also where the store follows another depot by now.
        if isLocked, state.id.kind != .shift, facts.contains(where: \.isDoorstep) {
            throw .refused(.handedOver)
        }
        return facts
    }

    /// One changeset of the own chain: next counter, next clock reading, hash of the one before. It
    /// is the head then, and shown.
    private static func seal(
        _ facts: [Fact], _ id: ChangeID, on tapped: inout Warm.Entity, time: DeviceTime,
        _ meta: inout Meta, _ random: inout some RandomNumberGenerator, _ db: Database
    ) throws -> Changeset {
        let entity = tapped.shown.id
        let hlc = meta.clock.tick(wall: time.wallMilliseconds)
        let encoded = facts.map { fact in
            ChangeCodec.encode(Change(entity, .fact(fact))) {
                (0..<ChangeCodec.saltBytes).map { _ in
                    UInt8(truncatingIfNeeded: random.next() >> 56)
                }
            }
        }
        // Of what another depot told, the one followed knows nothing.
        let isElsewhere = tapped.isOfOtherDepot
        let context = isElsewhere ? VersionVector() : tapped.shown.vector
        let dot = Dot(meta.identity.replica, (meta.head?.counter ?? 0) + 1)
        let header = ChangesetHeader(
            changeID: id, author: meta.identity.driver, time: time, hlc: hlc,
            // The page that the entity was last told by.
            checkpoint: isElsewhere ? meta.checkpoint : tapped.base.checkpoint(meta),
            contexts: [entity: context],
            predecessor: dot.counter == 1 ? try Epoch(dot.replica, db).before : nil)
        do throws(WireError) {
            let changeset = try Changeset(
                laying: encoded, header: header, dot: dot, previous: meta.head?.hash ?? .zero)
            // What does not read back here would be quarantined there.
            let recorded = try changeset.recorded(stamp: changeset.ownStamp(receivedAt: nil))
            tapped.shown.apply(
                recorded, dot: dot, context: changeset.header.contexts[entity] ?? VersionVector())
            meta.head = ChainHead(counter: dot.counter, hash: changeset.hash)
            return changeset
        } catch {
            throw StoreError.outOfBounds("\(error)")
        }
    }

    private static func insert(
        _ changeset: Changeset, about entity: EntityID, facts: Int, _ db: Database
    ) throws {
        let isKept = !Mutant.isOn(.clockNotKept)
        let hlc = isKept ? changeset.header.hlc : .zero
        try db.run(
            "INSERT INTO changeset (replica, counter, change_id, hash, bytes, written_at, entity,"
                + " facts, hlc_ms, hlc_logical) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                changeset.dot.replica.blob, changeset.dot.counter.stored,
                changeset.header.changeID.blob, changeset.hash.blob, changeset.bytes.blob,
                changeset.header.time.wallMilliseconds, entity.blob, facts,
                hlc.milliseconds, Int64(hlc.logical),
            ])
    }

    static func committed(
        _ id: ChangeID, isRepeat: Bool, _ db: Database
    ) throws -> CommitResult? {
        guard
            let row = try db.row(
                "SELECT replica, counter, hash FROM changeset WHERE change_id = ?1 UNION ALL"
                    + " SELECT replica, counter, hash FROM pruned WHERE change_id = ?1",
                [id.blob])
        else { return nil }
        return CommitResult(
            change: id, dot: Dot(try row.replica("replica"), row.unsigned("counter")),
            hash: try row.hash("hash"),
            pending: try pendingCount(db), isRepeat: isRepeat)
    }

    /// Changesets without a receipt.
    static func pendingCount(_ db: Database) throws -> Int {
        try db.count("SELECT count(*) FROM changeset WHERE state = 0")
    }
}
