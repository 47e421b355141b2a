internal import LuckyModel
internal import LuckyHub
internal import NIOPosix
internal import Synchronization

/// A few threads for the hub's synchronous calls, so that a commit never blocks an event loop.
final class WorkPool: Sendable {
    private let threads: NIOThreadPool
    private let maximumCalls: Int
    private let calls = Atomic<Int>(0)

    init(limits: HTTPLimits) {
        threads = NIOThreadPool(numberOfThreads: max(limits.workers, 1))
        maximumCalls = limits.queuedCalls
    }

    func start() { threads.start() }

    func shutDown() async {
        do {
            try await threads.shutdownGracefully()
        } catch {
            // Only a pool that cannot be stopped says no, and this one can.
        }
    }

    /// Runs one call on one of the threads.
    /// - Throws: the call's refusal, or `busy` when too many queue.
    func run<Value: Sendable>(
        _ call: @escaping @Sendable () throws(HubRefusal) -> Value
    ) async throws(HTTPRefusal) -> Value {
        guard calls.add(1, ordering: .relaxed).newValue <= maximumCalls else {
            calls.subtract(1, ordering: .relaxed)
            throw .busy
        }
        defer { calls.subtract(1, ordering: .relaxed) }
        let result: Result<Value, HubRefusal>
        do {
            result = try await threads.runIfActive { () -> Result<Value, HubRefusal> in
                do throws(HubRefusal) {
                    return .success(try call())
                } catch {
                    return .failure(error)
                }
            }
        } catch {
            throw .busy  // cancelled before it began, or the hub is closing
        }
        switch result {
        case .success(let value): return value
        case .failure(let refusal): throw HTTPRefusal(refusal)
        }
    }
}
