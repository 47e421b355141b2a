internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// What a push came to.
struct PushResult: Hashable {
    var receipts: [Receipt] = []
    /// Anything but `carryOn` ended the push.
    var direction: SyncResponse.Answer.Direction = .carryOn
    /// The page behind it, where that was read along.
    var snapshot: Hub.Snapshot?
}

/// An envelope with as much of it decoded as can be, before any lock is taken.
struct Arrival {
    var envelope: Envelope
    var content: Content

    enum Content {
        case readable(Admitted)
        /// With the header where that much was readable.
        case refused(QuarantineReason, ChangesetHeader?)

        /// Whether it was looked into, and nothing happened.
        var isReadable: Bool {
            switch self {
            case .readable: true
            case .refused(_, let header): header != nil
            }
        }
    }

    /// - Parameter isDeadly: it is not looked into.
    init(_ envelope: Envelope, isDeadly: Bool, role: Role, now: Int64) {
        self.envelope = envelope
        guard !isDeadly else {
            content = .refused(.undecoded, nil)
            return
        }
        guard envelope.isWithinBounds else {
            content = .refused(.bounds, nil)
            return
        }
        var header: ChangesetHeader?
        do {
            let changeset = try Changeset(envelope)
            header = changeset.header
            content = .readable(try Admitted(changeset, role: role, receivedAt: now))
        } catch {
            content = .refused(.undecodable, header)
        }
    }
}

extension Hub {
    /// Accepts what a device pushed, in counter order, within one transaction (L18, L20).
    /// - Parameters:
    ///   - last: the dot before in the same request, which got a receipt.
    ///   - bearer: whoever brings it.
    func accept(
        _ arrivals: [Arrival], after last: Dot?, as bearer: Bearer, in writer: inout LogWriter
    ) throws -> PushResult {
        var result = PushResult()
        guard let name = arrivals.first?.envelope.dot.replica else { return result }
        guard var replica = try writer.rows.replica(name) else {
            throw HubRefusal(status: 503, code: "storage", message: "The replica has no row.")
        }
        let head = replica.head
        let mark = backups?.mark(of: name) ?? 0
        var last = last
        for arrival in arrivals where result.direction == .carryOn {
            switch try accept(arrival, of: &replica, after: last, as: bearer, in: &writer) {
            case .receipt(let row):
                result.receipts.append(try receipt(for: row, backupMark: mark, in: writer.rows))
            case .turn(let direction): result.direction = direction
            }
            last = arrival.envelope.dot
        }
        // Nothing that is looked at meanwhile asks how far this replica has come.
        if replica.head != head { try writer.rows.save(replica) }
        return result
    }

    private enum Step {
        case receipt(for: ChangesetRow)
        case turn(SyncResponse.Answer.Direction)
    }

    /// - Parameters:
    ///   - replica: whose changeset it is; moved to it.
    ///   - last: the dot before in this request, which got a receipt.
    private func accept(
        _ arrival: Arrival, of replica: inout ReplicaRow, after last: Dot?, as bearer: Bearer,
        in writer: inout LogWriter
    ) throws -> Step {
        let envelope = arrival.envelope
        let dot = envelope.dot
        if let known = try writer.rows.changeset(dot) {
            if known.hash == envelope.hash || Mutant.isOn(.forkUnnoticed) {
                return .receipt(for: known)
            }
            try writer.rows.raise(.fork, by: dot.replica, at: writer.now)
            return .turn(try fork(envelope, in: writer.rows))
        }
        let next = (replica.head?.counter ?? 0) + 1
        guard dot.counter == next else { return .turn(.sendFrom(next)) }
        if Mutant.isOn(.quarantineBlocks), !arrival.content.isReadable {
            return .turn(.sendFrom(next))
        }
        let follows = envelope.previous == replica.head?.hash ?? .zero
        // Sent right behind the dot before it, which fits: then it is this one that is broken.
        let isBroken = !follows && (dot.counter == 1 || last?.counter == dot.counter - 1)
        if !follows, !isBroken { return .turn(.sendFrom(dot.counter - 1)) }

        replica.head = ChainHead(counter: dot.counter, hash: envelope.hash)
        replica.stated = max(replica.stated, dot.counter)
        return .receipt(
            for: try settle(
                isBroken ? .refused(.undecodable, nil) : arrival.content, envelope,
                isReadable: arrival.content.isReadable, as: bearer, in: &writer))
    }

    /// Applies a changeset, or keeps it with the reason why not.
    /// - Parameter isReadable: what is kept may be looked into.
    private func settle(
        _ content: Arrival.Content, _ envelope: Envelope, isReadable: Bool, as bearer: Bearer,
        in writer: inout LogWriter
    ) throws -> ChangesetRow {
        var row = ChangesetRow(
            dot: envelope.dot, hash: envelope.hash, result: .accepted, receivedAt: writer.now,
            bytes: envelope.bytes)
        switch content {
        case .refused(let reason, let header):
            row.result = .quarantined(reason.rawValue)
            (row.change, row.author) = (header?.changeID, header?.author)
            if isReadable { row.bytes = try writer.redacting(envelope) }
        case .readable(var admitted):
            (row.change, row.author) = (admitted.change, admitted.author)
            if admitted.author != bearer.person { row.carriedBy = bearer.person }
            switch try judge(&admitted, as: bearer, in: &writer) {
            case .accepted:
                try writer.searchAgain(Set(admitted.changes.map(\.entity)))
                row.sequence = try writer.append(admitted)
                return row
            case let other:
                row.result = other
                try writer.redact(&admitted)
                row.bytes = admitted.bytes
            }
        }
        try writer.keep(row)
        return row
    }

    private func judge(
        _ admitted: inout Admitted, as bearer: Bearer, in writer: inout LogWriter
    ) throws -> Receipt.Result {
        func quarantined(_ reason: QuarantineReason) -> Receipt.Result {
            .quarantined(reason.rawValue)
        }
        guard bearer.mayCarry(for: admitted.author) else { return quarantined(.author) }
        if let reason = try writer.faultInBeginning(of: admitted) { return quarantined(reason) }
        if let other = try writer.rows.dot(of: admitted.change), !Mutant.isOn(.dedupeDropped) {
            let row = try writer.rows.changeset(other)
            return row?.author == admitted.author ? .already(other) : quarantined(.authority)
        }
        guard try writer.authorise(&admitted, as: bearer) else { return quarantined(.authority) }
        if try writer.namesUnknownDot(admitted.contexts, writtenBy: admitted.dot) {
            return quarantined(.unknownContext)
        }
        if try writer.overflowsSiblings(admitted.changes) { return quarantined(.siblingsFull) }
        return .accepted
    }

    /// A dot that the hub has with another hash: where the changesets before them agree, that is
    /// the last common one; else the search goes one back.
    func fork(
        _ envelope: Envelope, in rows: any HubRows
    ) throws -> SyncResponse.Answer.Direction {
        let before = envelope.dot.counter - 1
        guard before > 0 else { return .fork(lastCommon: 0) }
        let common = try rows.changeset(Dot(envelope.dot.replica, before))
        return common?.hash == envelope.previous ? .fork(lastCommon: before) : .sendFrom(before)
    }

    /// - Parameter mark: of the changeset's replica. It is asked of the file system: once for many.
    func receipt(
        for row: ChangesetRow, backupMark mark: UInt64, in rows: any HubRows
    ) throws -> Receipt {
        var sequence = row.sequence
        if case .already(let other) = row.result {
            sequence = try rows.changeset(other)?.sequence
        }
        return Receipt(
            history: history, replica: row.dot.replica,
            counters: row.dot.counter...row.dot.counter, hash: row.hash, result: row.result,
            sequences: sequence.map { [.init(depot: depot, sequence: $0)] } ?? [],
            receivedAt: row.receivedAt, backupMark: mark)
    }
}

extension [Receipt] {
    /// Neighbours with equal results and consecutive sequences as one receipt (L12).
    func asRuns() -> [Receipt] {
        var runs: [Receipt] = []
        for receipt in self {
            if let last = runs.last, last.isContinued(by: receipt) {
                var run = last
                run.counters = last.counters.lowerBound...receipt.counters.upperBound
                run.hash = receipt.hash
                runs[runs.count - 1] = run
            } else {
                runs.append(receipt)
            }
        }
        return runs
    }
}

extension Receipt {
    fileprivate func isContinued(by next: Receipt) -> Bool {
        let length = counters.upperBound - counters.lowerBound + 1
        guard result == next.result, receivedAt == next.receivedAt,
            next.counters.lowerBound == counters.upperBound + 1,
            sequences.count == next.sequences.count
        else { return false }
        if case .already = result { return false }
        return zip(sequences, next.sequences).allSatisfy {
            $0.depot == $1.depot && $0.sequence + length == $1.sequence
        }
    }
}
