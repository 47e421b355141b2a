internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore
internal import LuckySync
internal import LuckyWire

/// Receipts first, each for itself; then whether the hub speaks of the same history and the same
/// store; then the page, or the step of a recovery.
func absorb(
    _ body: Data, nonce: UInt64, _ asked: Asked?, _ store: ReplicaStore,
    using random: inout some RandomNumberGenerator
) throws(StoreError) -> Absorbed {
    let response: SyncResponse
    do throws(WireError) {
        response = try SyncResponse(decoding: body)
    } catch {
        return try store.absorbed(Absorbed(failure: failure(for: error), pending: 0))
    }
    guard response.answer.nonce == nonce else {
        return try store.absorbed(
            Absorbed(failure: .notAHub("the answer to another request"), pending: 0))
    }
    var result = Absorbed(pending: 0)
    if let error = response.failure { result.failure = failure(for: error) }
    try store.absorb(response, asked, &result, using: &random)
    return try store.absorbed(result)
}

private func failure(for error: WireError) -> ExchangeFailure {
    switch error {
    case .truncated, .corrupt, .invalid: .truncated
    case .unsupported(let what): .notAHub("speaks another protocol: \(what)")
    }
}

extension ReplicaStore {
    /// With where the store stands now.
    fileprivate func absorbed(_ result: Absorbed) throws(StoreError) -> Absorbed {
        let position = try position()
        var result = result
        result.pending = position.pendingCount
        result.recovery = position.recovery
        return result
    }

    fileprivate func absorb(
        _ response: SyncResponse, _ asked: Asked?, _ result: inout Absorbed,
        using random: inout some RandomNumberGenerator
    ) throws(StoreError) {
        let answer = response.answer
        // Also of a hub that is not followed yet: what the one before read is no matter.
        result.readsPacked = answer.readsPacked
        let position = try position()
        let turn = try turn()
        let replica = asked.flatMap { ReplicaID(hex: $0.replica) } ?? turn.replica
        let follows: Bool
        if position.history == nil {
            follows = try adopt(history: answer.history, depot: answer.depot)
        } else {
            follows = position.history == answer.history && position.depot == answer.depot
        }
        guard follows, answer.direction != .rebaselineNeeded else {
            try follow(answer, &result, using: &random)
            return
        }
        if answer.ruleVersion > 0, answer.ruleVersion != position.hubRules {
            try save(hubRules: answer.ruleVersion)
        }
        if answer.readsPacked != position.readsPacked {
            try save(readsPacked: answer.readsPacked)
        }
        if asked?.asksFirst == true {
            try confirmHub()
            result.mended = 1
        }
        result.received = try apply(
            receipts: response.receipts, standing: answer.standing)
        // What was asked in another name or for another step says nothing about this one.
        guard asked.map({ $0.replica == turn.replica.description }) ?? true else { return }

        let head = try judge(answer.head, of: replica)
        if turn.recovery != .pushing, head == .forgotten {
            // Below its own receipts: it forgot, whatever it calls its history.
            try follow(answer, &result, using: &random)
            return
        }
        switch answer.direction {
        case .fork(let common):
            try reissue(replica, after: common, using: &random)
            result.mended = 1
            try advance()
            return
        case .sendFrom(let counter):
            return try turnBack(to: counter, turn, &result, using: &random)
        case .carryOn, .rebaselineNeeded: break
        }
        if turn.recovery == .pushing {
            return try push(turn, head, answer.head, response.receipts, &result, using: &random)
        }
        guard head != .foreign else {
            // The page is dropped: nothing of it may be merged under this name.
            if turn.isCurrent {
                try beginEpoch(using: &random)
                result.mended = 1
            }
            return
        }
        if turn.recovery == .offering {
            guard let wanted = response.wanted, asked?.recovery == .offering else { return }
            let hasMoved = try take(
                wanted, digests: asked?.digests ?? 0, states: asked?.states ?? 0)
            if try advance() || hasMoved { result.mended = 1 }
            return
        }
        let wanted = try wantedWhole(limit: Bounds.repairsPerRequest).count
        guard let page = response.page,
            case .applied(let parts, _) = try apply(
                page: page, hubTime: answer.hubTime, standing: answer.standing)
        else { return }
        result.entities = parts
        // A route that is open again: what was erased of it is asked for at once.
        let isOpenAgain = try wantedWhole(limit: Bounds.repairsPerRequest).count > wanted
        result.hasMore = page.hasMore || isOpenAgain
        if turn.recovery == .refilling { result.mended = 1 }
        if !page.hasMore {
            try prune()
            // Housekeeping: what prevents it now must not keep a page from being compared.
            do { try removePurgedPhotos() } catch {}
        }
        if let digest = page.scopeDigest {
            let agree = try scopeDigest().digest == digest
            result.digestsAgree = agree
            if agree { try noteAgreement() }
        }
        if let comparison = asked?.comparison {
            result.compared = try compare(response, page, as: comparison)
        }
    }

    /// Follows another history; another depot only where nothing waits for the one before (L19).
    private func follow(
        _ answer: SyncResponse.Answer, _ result: inout Absorbed,
        using random: inout some RandomNumberGenerator
    ) throws(StoreError) {
        switch try followAnew(answer.history, depot: answer.depot, using: &random) {
        case .begun: result.mended = 1
        case .underWay: break
        case .waits(let count, let depot):
            result.failure = .otherDepot(
                answered: answer.depot.text, waiting: count, depot: depot.text)
        }
    }

    /// How the hub's head for a name stands to what this store knows of it.
    private func judge(_ head: ChainHead?, of replica: ReplicaID) throws(StoreError) -> HubHead {
        if try (head?.counter ?? 0) < lastReceipted(of: replica) { return .forgotten }
        guard let head else { return .own }
        let own = try hash(of: Dot(replica, head.counter))
        return own == head.hash ? .own : .foreign
    }

    /// The hub lacks what comes before: from there, where it is still held; else what is left gets a
    /// new epoch, since a gap that nobody can fill must not block (L26).
    private func turnBack(
        to counter: UInt64, _ turn: Turn, _ result: inout Absorbed,
        using random: inout some RandomNumberGenerator
    ) throws(StoreError) {
        let last = turn.head?.counter ?? 0
        if counter > last + 1 || last == 0 {
            // It has more than was ever written here.
            if turn.isCurrent { try beginEpoch(using: &random) }
            if turn.recovery == .pushing, last == 0 { try confirm(turn.replica) }
            result.mended = 1
            try advance()
            return
        }
        guard let first = try firstHeld(of: turn.replica), counter >= first else {
            try reissue(turn.replica, after: counter - 1, using: &random)
            result.mended = 1
            try advance()
            return
        }
        if turn.recovery == .pushing, try demote(turn.replica, above: counter - 1) > 0 {
            result.mended = 1
        }
        result.sendFrom = min(counter, last)
    }

    /// The first step of a re-baseline, for one name: all that the hub lacks goes to it again.
    private func push(
        _ turn: Turn, _ head: HubHead, _ hubHead: ChainHead?, _ receipts: [Receipt],
        _ result: inout Absorbed, using random: inout some RandomNumberGenerator
    ) throws(StoreError) {
        let last = turn.head
        let isReceipted = receipts.contains {
            $0.replica == turn.replica && $0.counters.upperBound == last?.counter
                && $0.hash == last?.hash
        }
        let holdsAll = last.map { isReceipted || hubHead == $0 } ?? true
        let held = try firstHeld(of: turn.replica)
        // Where all of it left the archive, the hub, which holds its end, may have more.
        if holdsAll || (head == .foreign && held == nil) {
            if let doubted = try firstDoubted(of: turn.replica) {
                result.sendFrom = doubted
                return
            }
            if head == .foreign, turn.isCurrent { try beginEpoch(using: &random) }
            try confirm(turn.replica)
            result.mended = 1
        } else if head == .foreign {
            // Which of them are common is found from the last one back.
            result.sendFrom = last?.counter
        } else if try demote(turn.replica, above: hubHead?.counter ?? 0) > 0 {
            result.mended = 1
        } else if let first = held {
            if first > (hubHead?.counter ?? 0) + 1 {
                try reissue(turn.replica, after: hubHead?.counter ?? 0, using: &random)
                result.mended = 1
            }
        } else {
            // All of it left the archive, and the hub lacks some: the offers bring what is left.
            try confirm(turn.replica)
            result.mended = 1
        }
        try advance()
    }
}

/// The hub's head for a name, as this store sees it.
private enum HubHead {
    /// A changeset of this store, or none yet.
    case own
    /// Not what this store wrote under that name: a copy of it is about, or it was restored.
    case foreign
    /// Below a receipt that this store holds.
    case forgotten
}

extension ReplicaID {
    /// From 24 hexadecimal digits.
    fileprivate init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count == 24 else { return nil }
        let bytes = stride(from: 0, to: 24, by: 2).compactMap {
            UInt8(String(decoding: digits[$0..<$0 + 2], as: UTF8.self), radix: 16)
        }
        self.init(bytes: bytes)
    }
}
