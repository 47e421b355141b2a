public import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension Hub {
    /// One round trip of a device (L17): receipts for what it pushed, then the next page of its
    /// scope; in the first steps of a re-baseline no page, but what the step asks for (L26).
    ///
    /// The answer's ``SyncAnswer/hasNews`` is false where waiting may help: no receipt, no entity,
    /// no first page, no digest.
    public func sync(
        _ body: Data, as credential: Credential, now: Int64
    ) throws(HubRefusal) -> SyncAnswer {
        let cover = RequestCover(body)
        // What is known whole was taken apart once.
        let repeated = cover.flatMap(recentMessages.entry)
        let arrived = repeated == nil ? try decode(body) : nil
        guard credential.depot == depot else { throw Self.wrongDepot(credential) }
        try requireTrust()
        searchSome(now)
        return try refusing {
            if let cover, let repeated,
                let told = toldAgain(cover.request, repeated, as: credential)
            {
                return answer(cover.request, told.push, told.read.snapshot, now: now)
            }
            let (request, names) = try arrived ?? decode(body)
            let known = try look(at: request, names, as: credential, now: now)
            if let told = known.told {
                if let cover { recentMessages.keep(told.push.receipts, of: cover) }
                if told.read.isNoted {
                    try storage.write { try told.read.note(for: request, in: $0, at: now) }
                }
                return answer(request, told.push, told.read.snapshot, now: now)
            }
            guard try follows(request, known, now: now) else {
                let turn = PushResult(direction: .rebaselineNeeded)
                return answer(request, turn, Snapshot(), now: now)
            }
            var push = try take(request, known, as: credential, now: now)
            if push.direction != .carryOn { try intake.flush(storage) }
            let snapshot: Snapshot
            switch request.phase {
            case .ordinary:
                snapshot =
                    try push.snapshot ?? nextPage(for: request, after: &push, now: now)
            case .push: snapshot = try whatIsMissing(of: request, after: &push)
            case .offer: snapshot = try answerToOffer(request, after: &push)
            }
            return answer(request, push, snapshot, now: now)
        }
    }

    /// Where it cannot be read, what was pushed gets its receipts all the same: they are the device's,
    /// whatever the page behind them is (L17).
    private func nextPage(
        for request: SyncRequest, after push: inout PushResult, now: Int64
    ) throws -> Snapshot {
        let page: ReadPage
        do {
            page = try pageMended(for: request, after: &push, now: now)
        } catch  where Self.isUnreadable(error) && !push.receipts.isEmpty {
            return try observe {
                Snapshot(head: try $0.replica(request.replica)?.head, standing: try standing($0))
            }
        }
        if page.isNoted { try storage.write { try page.note(for: request, in: $0, at: now) } }
        return page.snapshot
    }

    /// What cannot be made good is raised as an alarm, and refused.
    private func pageMended(
        for request: SyncRequest, after push: inout PushResult, now: Int64
    ) throws -> ReadPage {
        let wanted = try repairsGranted(to: request, now: now)
        func read() throws -> ReadPage {
            try observe { try readPage(for: request, repairs: wanted, after: &push, in: $0) }
        }
        do { return try read() } catch let damage as DamagedRecord {
            try mend([damage.entity], for: request.replica, now: now)
            return try read()
        }
    }

    /// Whether rows, or what stands in them, cannot be read: a page is refused for it, nothing else.
    static func isUnreadable(_ error: any Error) -> Bool {
        error is DamagedRecord || error is WireError || SQLiteStorage.isTorn(error)
    }

    /// What is sent whole now: what goes on in parts before anything else, which was granted when it
    /// began.
    private func repairsGranted(to request: SyncRequest, now: Int64) throws -> [EntityID] {
        let resume = PageResume(of: request)
        let begun = request.repair.filter(resume.hasBegunRepair)
        guard begun.isEmpty else { return begun }
        let granted = repairs.grant(request.repair.count, to: request.replica, now: now)
        let wanted = Array(request.repair.prefix(granted))
        try mend(wanted, for: request.replica, now: now)
        return wanted
    }

    /// Whether the next page may be read with the push: what comes is little, and a reader who has
    /// much to read lets the others write meanwhile.
    func isLight(_ request: SyncRequest) -> Bool {
        request.phase == .ordinary && request.checkpoint != nil && request.repair.isEmpty
            && !request.wantsDigest && !request.wantsBuckets && request.buckets.isEmpty
    }

    /// The page behind a push, read and noted in the push's own transaction, which makes one sync of
    /// the disk of two. Nil where a row cannot be read: what was pushed is accepted all the same, and
    /// the page is tried for once more by itself.
    private func pageAtOnce(
        for request: SyncRequest, after push: inout PushResult, in writer: inout LogWriter
    ) throws -> Snapshot? {
        // What the device is told counts the receipts that it gets.
        try writer.countReceipts()
        var after = push
        let read: ReadPage
        do {
            read = try readPage(
                for: request, after: &after, in: writer.rows, justWritten: writer.justWritten)
        } catch  where Self.isUnreadable(error) {
            return nil
        }
        if read.isNoted { try read.note(for: request, in: writer.rows, at: writer.now) }
        push = after
        return read.snapshot
    }

    /// A page as it was read.
    struct ReadPage: Hashable {
        var snapshot: Snapshot
        /// The log's end in its snapshot.
        var reach: UInt64
        var isNoted: Bool

        func note(
            for request: SyncRequest, in rows: any HubTransaction, at now: Int64
        ) throws {
            guard let page = snapshot.page else { return }
            try rows.mark(
                request.replica, .sent, sequence: page.checkpoint.sequence, reach: reach, at: now)
        }
    }

    func readPage(
        for request: SyncRequest, repairs: [EntityID] = [],
        after push: inout PushResult, in rows: any HubRows, justWritten: JustWritten? = nil
    ) throws -> ReadPage {
        let row = try rows.replica(request.replica)
        let page = try page(
            for: request, of: row?.person, repairs: repairs, after: &push, in: rows, justWritten)
        var snapshot = Snapshot(head: row?.head, page: page, standing: try standing(rows))
        if let driver = row?.person, page?.hasMore == false {
            try snapshot.addDigests(for: request, of: driver, in: rows)
        }
        return ReadPage(
            snapshot: snapshot, reach: try rows.logEnd()?.sequence ?? 0,
            isNoted: try page.map { try isToBeNoted($0, for: row, in: rows) } ?? false)
    }

    /// A page that shows something opens what is judged by it (L23); one that passes a change of its
    /// person's role tells how that is judged which is written after it (L12).
    private func isToBeNoted(
        _ page: Page, for replica: ReplicaRow?, in rows: any HubRows
    ) throws -> Bool {
        guard page.parts.isEmpty else { return true }
        guard let replica else { return false }
        let last = try rows.lastPage(of: replica.id)
        guard page.checkpoint.sequence > last else { return false }
        return try rows.hasRoleChange(of: replica.person, in: last...page.checkpoint.sequence)
    }

    /// What one read gave: the replica's head and what goes with it (L18).
    struct Snapshot: Hashable {
        var head: ChainHead?
        var page: Page?
        var wanted: Wanted?
        var buckets: [Hash256]?
        var bucketDigests: [EntityDigest]?
        /// See ``Standing``.
        var standing: [UInt8] = []
    }

    /// Notes what the request says of its replica, and accepts its changesets.
    private func take(
        _ request: SyncRequest, _ known: Known, as credential: Credential, now: Int64
    ) throws -> PushResult {
        var result = PushResult(receipts: known.receipts)
        let rest = known.rest
        let onPhone = request.checkpoint?.sequence ?? 0
        let confirms = known.confirms(request)
        guard saysMore(request, than: known, as: credential, now: now) else { return result }

        let notes = rest.map(IntakeRow.init)
        func state(_ writer: LogWriter) throws {
            let owner = try self.owner(of: request, rest, as: credential, in: writer.rows)
            let stated = ReplicaRow(
                try writer.rows.replica(request.replica), stating: request, of: owner,
                as: credential, depot: depot, now: now)
            try writer.rows.save(stated)
            if owner == credential.person {
                try writer.rows.note(credential.role, of: owner, from: writer.end.sequence)
            }
            if request.phase != .ordinary { try writer.rows.noteOlderHistory() }
            if confirms {
                try writer.rows.mark(
                    request.replica, .onPhone, sequence: onPhone, reach: 0, at: now)
            }
        }

        var last = known.last
        for part in intake.parts(notes) where result.direction == .carryOn {
            let isSuspect = notes[part].contains(where: intake.isSuspect)
            let step = try intake.noting(Array(notes[part]), in: storage) {
                let arrivals = zip(rest[part], notes[part]).map {
                    Arrival($0, isDeadly: intake.isDeadly($1), role: credential.role, now: now)
                }
                return try append(now, isAlone: isSuspect) { writer in
                    try state(writer)
                    var step = try accept(
                        arrivals, after: last, as: Bearer(credential), in: &writer)
                    if step.direction == .carryOn { try join(request, in: &writer) }
                    // What may have ended a process is stored before anything else can.
                    if part.upperBound == notes.count, !part.isEmpty, isLight(request),
                        !isSuspect
                    {
                        step.snapshot = try pageAtOnce(for: request, after: &step, in: &writer)
                    }
                    return step
                }
            }
            recentReceipts.keep(step.receipts, of: rest[part], notes[part])
            result.receipts += step.receipts
            result.direction = step.direction
            result.snapshot = step.snapshot
            last = notes[part].last?.dot ?? last
        }
        return result
    }

    /// The next page, in one snapshot with the replica's head.
    /// - Parameter push: its direction turns where the hub has another changeset under the head
    ///   that the request states: a copied store, which gets no page (L18).
    private func page(
        for request: SyncRequest, of driver: Identifier?, repairs: [EntityID],
        after push: inout PushResult, in rows: any HubRows, _ justWritten: JustWritten?
    ) throws -> Page? {
        guard let driver else { return nil }
        if case .fork = push.direction { return nil }
        if let head = request.head,
            let known = try hash(of: Dot(request.replica, head.counter), in: rows),
            known != head.hash
        {
            if push.direction == .carryOn { push.direction = .sendFrom(head.counter) }
            return nil
        }
        var reader = PageReader(
            rows, of: self, driver: driver, request: request, justWritten: justWritten)
        return try reader.page(repairs: repairs)
    }

    private func answer(
        _ request: SyncRequest, _ push: PushResult, _ snapshot: Snapshot, now: Int64
    ) -> SyncAnswer {
        var response = SyncResponse(
            answer: SyncResponse.Answer(
                history: history, depot: depot, nonce: request.nonce, hubTime: now,
                head: snapshot.head, direction: push.direction, ruleVersion: ruleVersion),
            receipts: push.receipts.asRuns(), page: snapshot.page)
        response.answer.readsPacked = true
        if !push.receipts.isEmpty || snapshot.page.map({ !$0.parts.isEmpty }) ?? false {
            response.answer.standing = snapshot.standing
        }
        response.wanted = snapshot.wanted
        response.buckets = snapshot.buckets
        response.bucketDigests = snapshot.bucketDigests
        let isFirst = request.history == nil || request.checkpoint == nil
        let hasNews =
            !push.receipts.isEmpty || push.direction != .carryOn || isFirst || request.wantsDigest
            || request.wantsBuckets || !request.buckets.isEmpty
            || request.phase != .ordinary || snapshot.page.map { !$0.parts.isEmpty } ?? false
        return SyncAnswer(body: response.encoded(), hasNews: hasNews)
    }
}

extension Hub.Snapshot {
    /// What a device compares with its own, at the page's checkpoint (L21).
    fileprivate mutating func addDigests(
        for request: SyncRequest, of driver: Identifier, in rows: any HubRows
    ) throws {
        guard request.wantsBuckets || !request.buckets.isEmpty else { return }
        let scope = try rows.digests(of: driver)
        if request.wantsBuckets { buckets = Digest.buckets(scope) }
        if !request.buckets.isEmpty {
            bucketDigests = scope.filter {
                request.buckets.contains(Digest.bucket(of: $0.entity))
            }
        }
    }
}
