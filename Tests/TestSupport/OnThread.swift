import Foundation

/// Runs what blocks, and must not wait for its turn, on a thread of its own: the tests that compute
/// may hold all threads that tasks have for a minute.
public func onThread<T: Sendable>(
    _ body: @escaping @Sendable () throws -> T
) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        Thread { continuation.resume(with: Result { try body() }) }.start()
    }
}
