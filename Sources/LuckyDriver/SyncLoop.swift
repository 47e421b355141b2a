internal import LuckyModel
internal import LuckyCausality
internal import LuckyStore
internal import LuckySync
internal import LuckyTransport

/// Feeds the sync machine and does what it asks: await, then feed. No decision is made here.
actor SyncLoop {
    private var machine: SyncMachine
    private let keeper: StoreKeeper
    private let transport: any Transport
    private let environment: DriverEnvironment
    private let onStatus: @Sendable (SyncStatus) -> Void
    private let events: AsyncStream<SyncEvent>
    private let feed: AsyncStream<SyncEvent>.Continuation
    private var exchange: Task<Void, Never>?
    private var timer: Task<Void, Never>?

    init(
        options: SyncOptions, keeper: StoreKeeper, transport: any Transport,
        environment: DriverEnvironment, onStatus: @escaping @Sendable (SyncStatus) -> Void
    ) {
        var random = environment.random
        machine = SyncMachine(options: options, seed: random.next())
        self.keeper = keeper
        self.transport = transport
        self.environment = environment
        self.onStatus = onStatus
        (events, feed) = AsyncStream.makeStream()
    }

    /// Something happened outside: a tap, a hint, a new token.
    nonisolated func tell(_ event: SyncEvent) { feed.yield(event) }

    /// Runs until the task is cancelled; or, with `untilResting`, until nothing more can be done
    /// now: all is received, or the first try failed and a wait began.
    func run(untilResting: Bool) async {
        let environment = environment
        do {
            let wall = environment.time().wallMilliseconds
            var backlog = try await keeper.read { store throws(StoreError) in
                try store.backlog(wall: wall)
            }
            // Somebody asked for one sync: an old wait does not stop it.
            if untilResting { backlog.waitMilliseconds = 0 }
            await take(.started(backlog))
        } catch {
            await take(.storeFailed("\(error)"))
        }
        if untilResting, isAtRest { return }
        for await event in events {
            await take(event)
            if untilResting, isAtRest { break }
        }
        exchange?.cancel()
        timer?.cancel()
    }

    private var isAtRest: Bool { machine.isResting || machine.isWaiting }

    private func take(_ event: SyncEvent) async {
        var queue = [event]
        while !queue.isEmpty {
            let now = environment.time().monotonicMilliseconds
            for effect in machine.handle(queue.removeFirst(), now: now) {
                queue += await carryOut(effect)
            }
        }
    }

    private func carryOut(_ effect: SyncEffect) async -> [SyncEvent] {
        switch effect {
        case .prepare, .absorb, .saveRetry:
            let environment = environment
            do {
                return try await keeper.write { store throws(StoreError) in
                    var random = environment.random
                    return perform(effect, on: store, at: environment.time(), using: &random)
                }
            } catch {
                return [.storeFailed("\(error)")]
            }
        case .exchange(let body, let nonce, let waitSeconds):
            let (transport, feed) = (transport, feed)
            exchange = Task {
                let outcome = await transport.exchange(body, waitSeconds: waitSeconds)
                // Abandoned: nobody waits for it any more.
                if Task.isCancelled { return }
                switch outcome {
                case .answered(let answer): feed.yield(.answered(answer, nonce: nonce))
                case .failed(let failure): feed.yield(.failed(failure, nonce: nonce))
                }
            }
        case .abandonExchange: exchange?.cancel()
        case .wake(let milliseconds):
            timer?.cancel()
            let (environment, feed) = (environment, feed)
            timer = Task {
                await environment.rest(milliseconds)
                if !Task.isCancelled { feed.yield(.woke) }
            }
        case .needToken: break
        case .publish(let status): onStatus(status)
        }
        return []
    }
}
