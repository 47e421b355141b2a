internal import LuckyModel
internal import LuckyStore
internal import LuckySync
internal import Synchronization

/// Sends each value to all who listen; a slow listener gets the newest only.
final class Broadcast<Value: Sendable>: Sendable {
    private struct State {
        var listeners: [Int: AsyncStream<Value>.Continuation] = [:]
        var next = 0
        var isFinished = false
    }

    private let state = Mutex(State())

    func send(_ value: Value) {
        let listeners = state.withLock { Array($0.listeners.values) }
        for listener in listeners { listener.yield(value) }
    }

    /// - Parameter first: sent to the new listener at once.
    func listen(first: Value) -> AsyncStream<Value> {
        let (stream, listener) = AsyncStream<Value>.makeStream(
            bufferingPolicy: .bufferingNewest(1))
        listener.yield(first)
        let number = state.withLock { state -> Int? in
            if state.isFinished { return nil }
            state.next += 1
            state.listeners[state.next] = listener
            return state.next
        }
        guard let number else {
            listener.finish()
            return stream
        }
        listener.onTermination = { [weak self] _ in
            _ = self?.state.withLock { $0.listeners.removeValue(forKey: number) }
        }
        return stream
    }

    func finish() {
        let listeners = state.withLock { state in
            state.isFinished = true
            defer { state.listeners = [:] }
            return Array(state.listeners.values)
        }
        for listener in listeners { listener.finish() }
    }
}

/// Rings whenever rows may have changed.
final class Bell: Sendable {
    private let broadcast = Broadcast<Void>()
    func ring() { broadcast.send(()) }
    func rings() -> AsyncStream<Void> { broadcast.listen(first: ()) }
    func finish() { broadcast.finish() }
}

/// The sync's last status.
final class StatusBoard: Sendable {
    private let last: Mutex<SyncStatus>
    private let broadcast = Broadcast<SyncStatus>()

    init(_ keeper: StoreKeeper) async throws(StoreError) {
        let pending = try await keeper.read { store throws(StoreError) in
            try store.pendingCount()
        }
        last = Mutex(SyncStatus(phase: .paused, pending: pending))
    }

    var current: SyncStatus { last.withLock { $0 } }

    func post(_ status: SyncStatus) {
        last.withLock { $0 = status }
        broadcast.send(status)
    }

    /// A tap was saved: the count is true at once, whatever the sync is doing.
    func saved(pending: Int) {
        let status = last.withLock { status in
            status.pending = pending
            return status
        }
        broadcast.send(status)
    }

    func updates() -> AsyncStream<SyncStatus> { broadcast.listen(first: current) }
    func finish() { broadcast.finish() }
}

/// The loop that runs now, if one does.
final class LoopSlot: Sendable {
    private let loop = Mutex<SyncLoop?>(nil)
    func put(_ new: SyncLoop) { loop.withLock { $0 = new } }
    func take() { loop.withLock { $0 = nil } }
    func tell(_ event: SyncEvent) { loop.withLock { $0 }?.tell(event) }
}

/// Change ids of this process (L1).
final class ChangeIDSource: Sendable {
    private struct State {
        var ids: ChangeIDs
        var random: RandomSource
    }

    private let state: Mutex<State>

    init(_ random: RandomSource) {
        var random = random
        state = Mutex(State(ids: ChangeIDs(using: &random), random: random))
    }

    func next() -> ChangeID {
        state.withLock { state in
            while true {
                if let id = state.ids.next() { return id }
                state.ids = ChangeIDs(using: &state.random)
            }
        }
    }
}
