public import Foundation
public import LuckySync

/// Carries one sync message to the hub and its answer back. Never retries, never throws, keeps
/// nothing: what an outcome means is the sync machine's business.
public protocol Transport: Sendable {
    /// Sends `body` (a row of frames) and returns the hub's answer.
    ///
    /// Cancelling the task ends the exchange at once with ``ExchangeFailure/cancelled``; the hub
    /// may have received the request all the same.
    /// - Parameter waitSeconds: how long the hub may hold its answer back until it has news.
    func exchange(_ body: Data, waitSeconds: Int) async -> ExchangeOutcome
}
