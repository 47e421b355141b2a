public import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension Hub {
    /// One round trip of a device (L17): receipts for what it pushed, then the next page of its
    /// scope.
    ///
    /// The answer's ``SyncAnswer/hasNews`` is false where waiting may help: no receipt, no entity,
    /// no first page, no digest.
    public func sync(
        _ body: Data, as credential: Credential, now: Int64
    ) throws(HubRefusal) -> SyncAnswer {
        let (request, envelopes) = try decode(body)
        guard credential.depot == depot else { throw Self.wrongDepot(credential) }
        return try refusing {
            guard try knows(request, as: credential) else {
                let turn = PushResult(direction: .rebaselineNeeded)
                return answer(request, turn, Snapshot(), now: now)
            }
            var push = try take(request, envelopes, as: credential, now: now)
            if push.direction != .carryOn { try intake.flush(storage) }
            let snapshot = try storage.read { rows in
                Snapshot(
                    head: try rows.replica(request.replica)?.head,
                    page: try page(for: request, of: credential.person, after: &push, in: rows))
            }
            if let page = snapshot.page, !page.parts.isEmpty {
                try storage.write {
                    try $0.mark(
                        request.replica, .sent, sequence: page.checkpoint.sequence, at: now)
                }
            }
            return answer(request, push, snapshot, now: now)
        }
    }

    /// What one read gave: the replica's head and the page that goes with it (L18).
    private struct Snapshot {
        var head: ChainHead?
        var page: Page?
    }

    private func decode(
        _ body: Data
    ) throws(HubRefusal) -> (request: SyncRequest, envelopes: [Envelope]) {
        do {
            let request = try SyncRequest(decoding: body)
            var envelopes: [Envelope] = []
            for bytes in request.changesets {
                let envelope = try Envelope(reading: bytes)
                guard envelope.dot.replica == request.replica else {
                    throw WireError.invalid("a changeset of another replica")
                }
                envelopes.append(envelope)
            }
            return (request, envelopes)
        } catch {
            throw HubRefusal(
                status: 400, code: "bad_request", message: "The request is unreadable: \(error).")
        }
    }

    /// Whether the request follows this history, to a position that it has. Where it does not,
    /// nothing of it is applied: the device keeps everything (L26).
    private func knows(_ request: SyncRequest, as credential: Credential) throws -> Bool {
        try storage.read { rows in
            try checkReplica(rows.replica(request.replica), of: request, as: credential)
            if let history = request.history, history != self.history { return false }
            guard let checkpoint = request.checkpoint else { return true }
            guard checkpoint.history == history, checkpoint.depot == depot else { return false }
            if checkpoint.sequence == 0 { return checkpoint.tag == LogRow.originTag }
            return try rows.log(sequence: checkpoint.sequence)?.tag == checkpoint.tag
        }
    }

    private func checkReplica(
        _ row: ReplicaRow?, of request: SyncRequest, as credential: Credential
    ) throws {
        guard request.replica != replica,
            row.map({ $0.person == credential.person && $0.depot == credential.depot }) ?? true
        else {
            throw HubRefusal(
                status: 403, code: "foreign_replica",
                message: "The replica \(request.replica) is not \(credential.person)'s.")
        }
    }

    /// Notes what the request says of its replica, and accepts its changesets.
    private func take(
        _ request: SyncRequest, _ envelopes: [Envelope], as credential: Credential, now: Int64
    ) throws -> PushResult {
        let known = try storage.read { rows in
            (try rows.replica(request.replica), try rows.lastMarks(of: request.replica))
        }
        let onPhone = request.checkpoint?.sequence ?? 0
        let confirms = known.1.onPhone < known.1.sent && onPhone > known.1.onPhone
        let isNew =
            known.0.map {
                !$0.hasSpoken || $0.role != credential.role
                    || $0.stated < request.head?.counter ?? 0
            } ?? true
        guard isNew || confirms || !envelopes.isEmpty else { return PushResult() }

        let notes = envelopes.map(IntakeRow.init)
        func state(_ writer: LogWriter) throws {
            let row = try writer.rows.replica(request.replica)
            try checkReplica(row, of: request, as: credential)
            try writer.rows.save(
                ReplicaRow(
                    id: request.replica, person: credential.person, depot: depot,
                    role: credential.role, head: row?.head,
                    stated: max(
                        row?.stated ?? 0, row?.head?.counter ?? 0, request.head?.counter ?? 0),
                    hasSpoken: true, lastSeen: now))
            if confirms {
                try writer.rows.mark(request.replica, .onPhone, sequence: onPhone, at: now)
            }
        }

        var result = PushResult()
        var last: Dot?
        for part in intake.parts(notes) where result.direction == .carryOn {
            let step = try intake.noting(Array(notes[part]), in: storage) {
                let arrivals = zip(envelopes[part], notes[part]).map {
                    Arrival($0, isDeadly: intake.isDeadly($1), role: credential.role, now: now)
                }
                return try append(now) { writer in
                    try state(writer)
                    return try accept(arrivals, after: last, as: credential, in: &writer)
                }
            }
            result.receipts += step.receipts
            result.direction = step.direction
            last = notes[part].last?.dot
        }
        return result
    }

    /// The next page, in one snapshot with the replica's head.
    /// - Parameter push: its direction turns where the hub has another changeset under the head
    ///   that the request states: a copied store, which gets no page (L18).
    private func page(
        for request: SyncRequest, of driver: Identifier, after push: inout PushResult,
        in rows: any HubRows
    ) throws -> Page? {
        if case .fork = push.direction { return nil }
        if let head = request.head,
            let known = try rows.changeset(Dot(request.replica, head.counter)),
            known.hash != head.hash
        {
            if push.direction == .carryOn { push.direction = .sendFrom(head.counter) }
            return nil
        }
        var reader = PageReader(rows, of: self, driver: driver, request: request)
        return try reader.page()
    }

    private func answer(
        _ request: SyncRequest, _ push: PushResult, _ snapshot: Snapshot, now: Int64
    ) -> SyncAnswer {
        let response = SyncResponse(
            answer: SyncResponse.Answer(
                history: history, depot: depot, nonce: request.nonce, hubTime: now,
                head: snapshot.head, direction: push.direction),
            receipts: push.receipts.asRuns(), page: snapshot.page)
        let isFirst = request.history == nil || request.checkpoint == nil
        let hasNews =
            !push.receipts.isEmpty || push.direction != .carryOn || isFirst || request.wantsDigest
            || snapshot.page.map { !$0.parts.isEmpty } ?? false
        return SyncAnswer(body: response.encoded(), hasNews: hasNews)
    }
}
