internal import LuckyModel

/// Where sync requests wait for a depot's log to grow. A waiter is a row here, not a thread.
///
/// Whoever makes the log grow in this process rings; growth by other processes on the same
/// database is found by polling, once per depot that somebody waits on.
actor Doorbell {
    /// Why a wait ended.
    enum Waking: Hashable, Sendable {
        /// The log is at least here.
        case grown(to: UInt64)
        case timeout
        /// The client went away, or its task was cancelled.
        case left
        case closing
        /// Too many wait already.
        case full
    }

    private struct Waiter {
        var depot: Identifier
        var since: UInt64
        var continuation: CheckedContinuation<Waking, Never>
        var timer: Task<Void, Never>
    }

    private let maximumWaiters: Int
    private let pollMilliseconds: Int
    private let sequence: @Sendable (Identifier) async -> UInt64?
    private var waiters: [UInt64: Waiter] = [:]
    private var lastTicket: UInt64 = 0
    /// The highest sequence seen of each depot.
    private var known: [Identifier: UInt64] = [:]
    private var poll: Task<Void, Never>?
    private(set) var isClosed = false

    /// - Parameter sequence: a depot's log position; nil when it cannot be read just now.
    init(limits: HTTPLimits, sequence: @escaping @Sendable (Identifier) async -> UInt64?) {
        maximumWaiters = limits.waiters
        pollMilliseconds = max(limits.pollMilliseconds, 1)
        self.sequence = sequence
    }

    var waiterCount: Int { waiters.count }

    /// Says where a depot's log is, and wakes those who wait for more than they knew of.
    func ring(_ depot: Identifier, at sequence: UInt64) {
        guard sequence > known[depot] ?? 0 else { return }
        known[depot] = sequence
        let woken = waiters.filter { $0.value.depot == depot && $0.value.since < sequence }
        for ticket in woken.keys.sorted() { wake(ticket, .grown(to: sequence)) }
    }

    /// Returns when the depot's log is past `since`, at the timeout, when the client has gone,
    /// or when the hub closes, whichever is first.
    func wait(
        on depot: Identifier, past since: UInt64, for timeout: Duration, client: ClientPresence
    ) async -> Waking {
        if isClosed { return .closing }
        if let known = known[depot], known > since { return .grown(to: known) }
        guard waiters.count < maximumWaiters else { return .full }
        lastTicket += 1
        let ticket = lastTicket
        let waking = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                enter(ticket, on: depot, past: since, for: timeout, continuation)
                client.onLeaving { Task { await self.wake(ticket, .left) } }
            }
        } onCancel: {
            Task { await self.wake(ticket, .left) }
        }
        client.forget()
        return waking
    }

    /// Lets everybody go, now and from now on.
    func close() {
        isClosed = true
        for ticket in waiters.keys.sorted() { wake(ticket, .closing) }
        poll?.cancel()
    }

    private func enter(
        _ ticket: UInt64, on depot: Identifier, past since: UInt64, for timeout: Duration,
        _ continuation: CheckedContinuation<Waking, Never>
    ) {
        let timer = Task {
            do { try await Task.sleep(for: timeout) } catch { return }
            self.wake(ticket, .timeout)
        }
        waiters[ticket] = Waiter(
            depot: depot, since: since, continuation: continuation, timer: timer)
        if Task.isCancelled { wake(ticket, .left) }
        if poll == nil { poll = Task { await self.pollWhileAnybodyWaits() } }
    }

    private func wake(_ ticket: UInt64, _ waking: Waking) {
        guard let waiter = waiters.removeValue(forKey: ticket) else { return }
        waiter.timer.cancel()
        waiter.continuation.resume(returning: waking)
    }

    private func pollWhileAnybodyWaits() async {
        while !waiters.isEmpty, !isClosed {
            do { try await Task.sleep(for: .milliseconds(pollMilliseconds)) } catch { break }
            for depot in Set(waiters.values.map(\.depot)).sorted() {
                if let now = await sequence(depot) { ring(depot, at: now) }
            }
        }
        poll = nil
    }
}
