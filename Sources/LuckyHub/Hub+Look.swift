internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// What a request is, as far as one snapshot says: nothing is written for it, and of what is known
// nothing is taken apart.
extension Hub {
    func decode(
        _ body: Data
    ) throws(HubRefusal) -> (request: SyncRequest, names: [EnvelopeName]) {
        do throws(WireError) {
            let request = try SyncRequest(decoding: body)
            var names: [EnvelopeName] = []
            for bytes in request.changesets {
                let name = try EnvelopeName(reading: bytes)
                guard name.dot.replica == request.replica else {
                    throw WireError.invalid("a changeset of another replica")
                }
                names.append(name)
            }
            return (request, names)
        } catch {
            throw Self.unreadable(error)
        }
    }

    private static func unreadable(_ error: WireError) -> HubRefusal {
        HubRefusal(
            status: 400, code: "bad_request", message: "The request is unreadable: \(error).")
    }

    /// What one snapshot says of a request before anything of it is written.
    struct Known {
        /// Of the changesets at the front that got one before.
        var receipts: [Receipt]
        /// The last of them.
        var last: Dot?
        /// Those behind.
        var rest: [Envelope]
        var owner: Identifier
        var replica: ReplicaRow?
        var marks: (sent: UInt64, onPhone: UInt64)
        /// The owner asks as somebody else than when the hub noted it last, from whatever phone.
        var isInNewRole: Bool
        /// What the request says of the hub's log.
        var standing: Standing?
        /// Why it does not follow this history; nil where it does.
        var alarm: HubAlarm.Kind?
        /// The answer, where the request says nothing that is to be written.
        var told: (push: PushResult, read: ReadPage)?

        /// Whether it states a checkpoint that it was sent and did not state before.
        func confirms(_ request: SyncRequest) -> Bool {
            let onPhone = request.checkpoint?.sequence ?? 0
            return marks.onPhone < marks.sent && onPhone > marks.onPhone
        }
    }

    /// Whether a request says anything that the rows do not.
    func saysMore(
        _ request: SyncRequest, than known: Known, as credential: Credential, now: Int64
    ) -> Bool {
        let next = ReplicaRow(
            known.replica, stating: request, of: known.owner, as: credential, depot: depot,
            now: now)
        return known.replica.map { !$0.says(as: next) } ?? true || known.confirms(request)
            || known.isInNewRole || !known.rest.isEmpty || !request.offeredEntities.isEmpty
    }

    /// - Throws: 400 where a changeset that is not known cannot be taken apart; as
    ///   ``owner(of:_:as:in:)``.
    func look(
        at request: SyncRequest, _ names: [EnvelopeName], as credential: Credential, now: Int64
    ) throws -> Known {
        let state = storage.state
        let known = try lookAfresh(at: request, names, as: credential, now: now)
        if let read = known.told?.read {
            recentAnswers.keep(
                read, to: RecentAnswers.Question(request, as: credential), of: request.replica,
                in: state, after: storage.state)
        }
        return known
    }

    /// As ``look(at:_:as:now:)``, of what the rows say alone.
    func lookAfresh(
        at request: SyncRequest, _ names: [EnvelopeName], as credential: Credential, now: Int64
    ) throws -> Known {
        // Receipts and pages are told somebody outside.
        try observe { rows in
            var known = try look(at: request, names, as: credential, in: rows)
            guard known.alarm == nil, isLight(request),
                !saysMore(request, than: known, as: credential, now: now)
            else { return known }
            // What asks only is answered in the same snapshot.
            var push = PushResult(receipts: known.receipts)
            do {
                let read = try readPage(for: request, after: &push, in: rows)
                if push.direction == .carryOn { known.told = (push, read) }
            } catch  where Self.isUnreadable(error) {
                // Looked at again, and mended if that is possible, where something may be written.
            }
            return known
        }
    }

    private func look(
        at request: SyncRequest, _ names: [EnvelopeName], as credential: Credential,
        in rows: any HubRows
    ) throws -> Known {
        let receipts = try receiptsGiven(request.changesets, names, in: rows)
        var rest: [Envelope] = []
        do throws(WireError) {
            for bytes in request.changesets.dropFirst(receipts.count) {
                rest.append(try Envelope(reading: bytes))
            }
        } catch {
            throw Self.unreadable(error)
        }
        let told = Standing(reading: request.standing, key: tags.key)
        let owner = try owner(of: request, rest, as: credential, in: rows)
        return Known(
            receipts: receipts, last: names.prefix(receipts.count).last?.dot, rest: rest,
            owner: owner,
            replica: try rows.replica(request.replica),
            marks: try rows.lastMarks(of: request.replica),
            isInNewRole: try owner == credential.person
                && !rows.isLast(credential.role, of: owner),
            standing: told,
            alarm: try alarm(at: request, told, in: rows))
    }

    /// Whether the request follows this history, to a position that it has. Where it does not,
    /// nothing of it is applied: the device keeps everything (L26).
    private func alarm(
        at request: SyncRequest, _ told: Standing?, in rows: any HubRows
    ) throws -> HubAlarm.Kind? {
        let verdict = try told?.verdict(on: history, rows)
        if verdict == .putBack { return .rolledBack }
        if let history = request.history, history != self.history {
            return verdict == .parallel ? .parallelCopy : .otherHistory
        }
        guard request.phase == .ordinary else {
            return request.history == nil ? .otherHistory : nil
        }
        guard let checkpoint = request.checkpoint else { return nil }
        if checkpoint.history != history || checkpoint.depot != depot { return .otherHistory }
        let tag =
            checkpoint.sequence == 0
            ? LogRow.originTag : try rows.log(sequence: checkpoint.sequence)?.tag
        return tag == checkpoint.tag ? nil : .unknownCheckpoint
    }

    func follows(_ request: SyncRequest, _ known: Known, now: Int64) throws -> Bool {
        guard let alarm = known.alarm else { return true }
        let isGiven = alarm == .unknownCheckpoint && request.checkpoint.map(hasGiven) == true
        if alarm == .rolledBack || isGiven {
            try disprove(
                known.standing, isGiven ? request.checkpoint : nil, by: request.replica, at: now)
            throw HubRefusal.historyDisproved
        }
        try storage.write { rows in
            try rows.raise(alarm, by: request.replica, at: now)
            try note(known.standing, in: rows)
            if alarm != .unknownCheckpoint {
                try rows.noteOlderHistory()
                // It may have seen there what nobody has stated here yet; not at another depot.
                if let seen = request.checkpoint, seen.depot != depot { return }
                return try rows.askAgainWhatIsStated(but: replica)
            }
            // For this device it is another history: it may offer what it holds.
            guard var row = try rows.replica(request.replica) else { return }
            row.following = .notYet
            try rows.save(row)
        }
        return false
    }
}
