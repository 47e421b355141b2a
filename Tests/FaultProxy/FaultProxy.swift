public import Foundation
import Synchronization

/// A TCP proxy on loopback between a driver's process and a hub that does to the traffic what
/// mobile networks do, as ``Faults`` says. Threads and blocking sockets; HTTP/1.1 only.
///
///     let proxy = try FaultProxy(upstreamPort: hubPort, seed: 7)
///     proxy.change { $0.swallowResponses = 1 }
public final class FaultProxy: Sendable {
    /// Where clients connect, on 127.0.0.1.
    public let port: Int
    public let seed: UInt64
    private let state: ProxyState
    private let listener: Socket

    /// Starts to listen. Ends with ``stop()`` or when nobody holds it.
    public init(upstreamPort: Int, seed: UInt64, faults: Faults = .init()) throws {
        let (listener, port) = try Socket.listening()
        let state = ProxyState(upstreamPort: upstreamPort, faults: faults)
        (self.listener, self.port, self.seed, self.state) = (listener, port, seed, state)
        Thread {
            while let client = listener.accepted() {
                guard let number = state.admit(client) else {
                    client.abortOnClose()
                    continue
                }
                Thread {
                    let random = SeededRandom.connection(number, seed: seed)
                    ProxyConnection(client, random, state).run()
                    state.dismiss(number)
                }.start()
            }
        }.start()
    }

    deinit { stop() }

    /// The address for clients: `http://127.0.0.1:port`.
    public var url: URL {
        guard let url = URL(string: "http://127.0.0.1:\(port)") else {
            preconditionFailure("not a URL")
        }
        return url
    }

    public var faults: Faults { state.faults }
    public var counts: FaultCounts { state.counts }

    /// Switches faults; counts for exchanges that begin from now on, a dead zone for all.
    public func change(_ edit: (inout Faults) -> Void) { state.change(edit) }

    /// Sends new connections to another port: a hub that was restarted elsewhere.
    public func point(to port: Int) { state.point(to: port) }

    /// Waits until the counts satisfy `condition`. False when the task is cancelled first.
    public func reached(
        _ condition: @escaping @Sendable (FaultCounts) -> Bool
    ) async -> Bool {
        let waiter = CountWaiter(condition)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiter.start(continuation)
                state.add(waiter)
                if Task.isCancelled { waiter.end(false) }
            }
        } onCancel: {
            waiter.end(false)
        }
    }

    /// Ends every connection and takes no more.
    public func stop() {
        listener.end()
        state.stop()
    }
}

/// Somebody who waits for a count.
final class CountWaiter: Sendable {
    let condition: @Sendable (FaultCounts) -> Bool
    private let continuation = Mutex<CheckedContinuation<Bool, Never>?>(nil)

    init(_ condition: @escaping @Sendable (FaultCounts) -> Bool) { self.condition = condition }

    func start(_ continuation: CheckedContinuation<Bool, Never>) {
        self.continuation.withLock { $0 = continuation }
    }

    /// Only the first call counts.
    func end(_ result: Bool) { continuation.withLock { $0.take() }?.resume(returning: result) }
}
