public import LuckyCausality
internal import Foundation
internal import LuckyModel
public import LuckyStore
public import LuckySync
internal import LuckyWire

/// Does the store's part of a sync effect, synchronously: the one piece of code that the app's loop
/// and the simulator both run.
/// - Returns: events to feed back to the machine, in order; none for an effect that is the loop's.
public func perform(
    _ effect: SyncEffect, on store: ReplicaStore, at time: DeviceTime,
    using random: inout some RandomNumberGenerator
) -> [SyncEvent] {
    do throws(StoreError) {
        switch effect {
        case .prepare(let options):
            return [try prepare(options, store, nonce: random.next())]
        case .absorb(let body, let nonce):
            return [.absorbed(try absorb(body, nonce: nonce, store))]
        case .saveRetry(let attempts, let wait, let error):
            let next = wait > 0 ? time.wallMilliseconds + wait : nil
            try store.save(
                retry: RetryState(attempts: attempts, nextTryAt: next, lastError: error))
            return []
        case .exchange, .abandonExchange, .wake, .needToken, .publish:
            return []
        }
    } catch {
        return [.storeFailed(error.code)]
    }
}

extension ReplicaStore {
    /// What the sync machine starts from.
    /// - Parameter wall: the device's clock, Unix milliseconds.
    public func backlog(wall: Int64) throws(StoreError) -> Backlog {
        let position = try position()
        return Backlog(
            pending: position.pendingCount, attempts: position.retry.attempts,
            waitMilliseconds: max(0, (position.retry.nextTryAt ?? wall) - wall),
            trouble: position.trouble)
    }
}

private func prepare(
    _ options: PrepareOptions, _ store: ReplicaStore, nonce: UInt64
) throws(StoreError) -> SyncEvent {
    let position = try store.position()
    if let trouble = position.trouble { return .troubled(trouble) }
    let envelopes = try store.envelopes(
        from: options.fromCounter, count: Bounds.changesetsPerRequest, bytes: options.pushBytes)
    let request = SyncRequest(
        replica: position.replica, head: position.head, history: position.history,
        checkpoint: position.checkpoint, responseBytes: options.pageBytes, nonce: nonce,
        wantsDigest: options.wantsDigest, changesets: envelopes.map(\.bytes))
    return .prepared(
        Prepared(body: request.encoded(), nonce: nonce, changesets: envelopes.count))
}

/// Receipts first, each for itself; then whether the hub speaks of the same store and history; then
/// the page.
private func absorb(
    _ body: Data, nonce: UInt64, _ store: ReplicaStore
) throws(StoreError) -> Absorbed {
    let response: SyncResponse
    do throws(WireError) {
        response = try SyncResponse(decoding: body)
    } catch {
        return Absorbed(failure: failure(for: error), pending: try store.position().pendingCount)
    }
    guard response.answer.nonce == nonce else {
        return Absorbed(
            failure: .notAHub("the answer to another request"),
            pending: try store.position().pendingCount)
    }
    if try store.position().history == nil,
        try !store.adopt(history: response.answer.history, depot: response.answer.depot)
    {
        try store.save(trouble: .foreignHistory)
        return Absorbed(
            pending: try store.position().pendingCount, trouble: .foreignHistory)
    }
    let received = try store.apply(receipts: response.receipts)
    var result = Absorbed(received: received, pending: try store.position().pendingCount)
    if let trouble = try trouble(in: response.answer, store) {
        try store.save(trouble: trouble)
        result.trouble = trouble
        return result
    }
    if case .sendFrom(let counter) = response.answer.direction { result.sendFrom = counter }
    if let page = response.page {
        if case .applied(let parts, _) = try store.apply(
            page: page, hubTime: response.answer.hubTime)
        {
            result.entities = parts
            result.hasMore = page.hasMore
            if let digest = page.scopeDigest {
                result.digestsAgree = try store.scopeDigest().digest == digest
            }
        }
    }
    if let error = response.failure { result.failure = failure(for: error) }
    return result
}

/// What the hub's answer says about this store being a copy, or about another history.
private func trouble(
    in answer: SyncResponse.Answer, _ store: ReplicaStore
) throws(StoreError) -> Trouble? {
    let position = try store.position()
    if let history = position.history, history != answer.history { return .foreignHistory }
    switch answer.direction {
    case .fork(let lastCommon): return .forked(lastCommon: lastCommon)
    case .rebaselineNeeded: return .foreignHistory
    case .carryOn, .sendFrom: break
    }
    // A head below what the hub has receipted: it forgot, whatever it calls its history (L26).
    guard (answer.head?.counter ?? 0) >= (try lastReceipted(position, store)) else {
        return .foreignHistory
    }
    guard let head = answer.head else { return nil }
    guard let own = try store.hash(at: head.counter), own == head.hash else {
        return .forked(lastCommon: min(position.head?.counter ?? 0, head.counter - 1))
    }
    return nil
}

private func failure(for error: WireError) -> ExchangeFailure {
    switch error {
    case .truncated, .corrupt, .invalid: .truncated
    case .unsupported(let what): .notAHub("speaks another protocol: \(what)")
    }
}

/// The counter of the last own changeset that the hub has receipted; 0: none.
private func lastReceipted(
    _ position: SyncPosition, _ store: ReplicaStore
) throws(StoreError) -> UInt64 {
    guard position.pendingCount > 0 else { return position.head?.counter ?? 0 }
    let first = try store.envelopes(from: nil, count: 1, bytes: 1).first
    return first.map { $0.counter - 1 } ?? 0
}
