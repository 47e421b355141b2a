public import LuckyModel
public import Foundation
public import LuckySync

/// A ``Transport`` over HTTP: `POST {hub}/v1/sync?wait_s=N`.
///
/// Frames travel as `application/x-lucky-frames`, compressed by gzip where that pays, with
/// `Authorization: Bearer`. One background thread and a few kept connections serve all exchanges
/// of one transport; they end with it. When a kept connection turns out to be dead before the first
/// byte of an answer, curl sends the same request once more on a new one; the hub gives a message
/// that it has seen the same receipts again (L18).
public final class HTTPTransport: Transport {
    private let client: HubClient

    /// - Parameter hub: the hub's address; one that may not be used (see ``HubAddress``) makes
    ///   every exchange fail with that reason, without any connection.
    /// - Parameter token: called for each exchange. It is sent to the hub's address only, and
    ///   never logged.
    public init(
        hub: URL, token: @escaping @Sendable () -> String, limits: TransportLimits = .init()
    ) {
        client = HubClient(hub: hub, token: token, limits: limits)
    }

    /// Sends once; `waitSeconds` is cut to 0…``TransportLimits/waitMaximumSeconds``.
    public func exchange(_ body: Data, waitSeconds: Int) async -> ExchangeOutcome {
        let wait = min(max(waitSeconds, 0), client.limits.waitMaximumSeconds)
        return await client.send(
            "/v1/sync?wait_s=\(wait)", body: body, type: HubClient.frames, waitSeconds: wait)
    }
}
