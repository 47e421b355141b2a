import Synchronization

/// Where answers of another process wait for those who asked, by number.
final class Mailbox<Value: Sendable>: Sendable {
    private struct State {
        var waiting: [Int: CheckedContinuation<Value, any Error>] = [:]
        var early: [Int: Value] = [:]
        var failure: DemoFailure?
    }

    private let state = Mutex(State())

    func put(_ value: Value, for number: Int) {
        let waiting = state.withLock { state in
            let waiting = state.waiting.removeValue(forKey: number)
            if waiting == nil { state.early[number] = value }
            return waiting
        }
        waiting?.resume(returning: value)
    }

    /// From now on nobody gets an answer any more.
    func close(_ failure: DemoFailure) {
        let waiting = state.withLock { state in
            state.failure = failure
            defer { state.waiting = [:] }
            return state.waiting.sorted { $0.key < $1.key }.map(\.value)
        }
        for one in waiting { one.resume(throwing: failure) }
    }

    /// - Throws: `late` after so many seconds, what ``close(_:)`` said, or a cancellation.
    func wait(for number: Int, seconds: Int, late: DemoFailure) async throws -> Value {
        let watch = Task {
            try await Task.sleep(for: .seconds(seconds))
            self.give(up: number, late)
        }
        defer { watch.cancel() }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let result = state.withLock { state -> Result<Value, any Error>? in
                    let early = state.early.removeValue(forKey: number)
                    if let early { return .success(early) }
                    if let failure = state.failure { return .failure(failure) }
                    if Task.isCancelled { return .failure(CancellationError()) }
                    state.waiting[number] = continuation
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            give(up: number, CancellationError())
        }
    }

    private func give(up number: Int, _ error: any Error) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(throwing: error)
    }
}
