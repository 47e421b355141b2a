internal import Synchronization

/// Tells a waiting request that its client has closed the connection, or its sending half.
final class ClientPresence: Sendable {
    private struct State {
        var hasLeft = false
        var action: (@Sendable () -> Void)?
    }

    private let state = Mutex(State())

    /// Calls `action` once the client leaves; at once when it has. One action at a time, since a
    /// connection answers one request at a time.
    func onLeaving(_ action: @escaping @Sendable () -> Void) {
        let hasLeft = state.withLock { state in
            if !state.hasLeft { state.action = action }
            return state.hasLeft
        }
        if hasLeft { action() }
    }

    /// The request is no longer waiting.
    func forget() { state.withLock { $0.action = nil } }

    func leave() {
        let action = state.withLock { state in
            state.hasLeft = true
            defer { state.action = nil }
            return state.action
        }
        action?()
    }
}
