internal import Foundation
public import LuckyCausality
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
        return try perform(effect, store, at: time, using: &random)
    } catch {
        guard error == .diskFull, store.lendRoom() else { return [.storeFailed(error.code)] }
    }
    // The same again, as after a kill: what is written down already is not written twice.
    do throws(StoreError) {
        return try perform(effect, store, at: time, using: &random)
    } catch {
        return [.storeFailed(error.code)]
    }
}

private func perform(
    _ effect: SyncEffect, _ store: ReplicaStore, at time: DeviceTime,
    using random: inout some RandomNumberGenerator
) throws(StoreError) -> [SyncEvent] {
    switch effect {
    case .prepare(let options):
        try store.proveItself(using: &random)
        return [try prepare(options, store, nonce: random.next())]
    case .absorb(let body, let nonce, let asked):
        try store.proveItself(using: &random)
        return [.absorbed(try absorb(body, nonce: nonce, asked, store, using: &random))]
    case .saveRetry(let attempts, let wait, let error):
        let next = wait > 0 ? time.wallMilliseconds + wait : nil
        try store.save(
            retry: RetryState(attempts: attempts, nextTryAt: next, lastError: error))
        return []
    case .exchange, .abandonExchange, .wake, .needToken, .publish:
        return []
    }
}

extension ReplicaStore {
    /// What the sync machine starts from.
    /// - Parameter wall: the device's clock, Unix milliseconds.
    public func backlog(wall: Int64) throws(StoreError) -> Backlog {
        let position = try position()
        let retry = position.retry
        // Failures that are still counted, and no error: only a success leaves that behind.
        let isOnTrial = retry.attempts > 0 && retry.lastError == nil
        return Backlog(
            pending: position.pendingCount, attempts: retry.attempts,
            isOnTrial: isOnTrial ? true : nil,
            waitMilliseconds: max(0, (retry.nextTryAt ?? wall) - wall),
            recovery: position.recovery, readsPacked: position.readsPacked ? true : nil)
    }
}

/// A request in the name of whoever's turn it is; in a re-baseline, for its step (L26).
private func prepare(
    _ options: PrepareOptions, _ store: ReplicaStore, nonce: UInt64
) throws(StoreError) -> SyncEvent {
    let position = try store.position()
    let turn = try store.turn()
    var asked = Asked(replica: turn.replica.description, recovery: turn.recovery)
    var request = SyncRequest(
        replica: turn.replica, head: turn.head, history: position.history,
        checkpoint: position.checkpoint, responseBytes: options.pageBytes, nonce: nonce,
        wantsDigest: options.wantsDigest, changesets: [])
    request.resume = position.resume
    request.standing = position.standing
    request.driver = store.identity.driver
    if turn.asksFirst {
        asked.asksFirst = true
        // Before pages nothing says that this name follows the hub: it would take no offer (L26).
        if turn.recovery == .pushing || turn.recovery == .offering { request.phase = .push }
        return .prepared(
            Prepared(body: request.encoded(), nonce: nonce, changesets: 0, asked: asked))
    }
    if turn.recovery != .pushing, turn.recovery != .offering {
        asked.comparison = options.comparison
        switch options.comparison {
        case .buckets?: request.wantsBuckets = true
        case .entities(let buckets)?: request.buckets = buckets
        case .repair(let entities)?: request.repair = entities.compactMap(EntityID.init(hex:))
        case nil:
            guard turn.recovery == nil else { break }
            request.repair = try store.wantedWhole(limit: Bounds.repairsPerRequest)
        }
    }
    var packed: [UInt8]?
    if turn.recovery == .offering {
        let batch = try store.offerBatch(
            count: Bounds.offersPerRequest, bytes: options.pushBytes)
        request.phase = .offer
        request.offeredDigests = batch.digests
        request.offeredEntities = batch.states
        asked.digests = batch.digests.count
        asked.states = batch.stateCount
    } else {
        if turn.recovery == .pushing { request.phase = .push }
        let push = try store.push(of: turn.replica, options)
        request.changesets = push.changesets
        packed = push.packed
    }
    return .prepared(
        Prepared(
            body: request.encoded(packed: packed), nonce: nonce,
            changesets: request.changesets.count, asked: asked))
}
