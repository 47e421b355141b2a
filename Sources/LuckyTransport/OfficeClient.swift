public import LuckyModel
public import Foundation
public import LuckySync

/// JSON calls to a hub, as the office's verbs make them. Copies share connections.
public struct OfficeClient: Sendable {
    private let client: HubClient

    /// - Parameters: as for ``HTTPTransport/init(hub:token:limits:)``.
    public init(
        hub: URL, token: @escaping @Sendable () -> String, limits: TransportLimits = .init()
    ) {
        client = HubClient(hub: hub, token: token, limits: limits)
    }

    /// `POST`s JSON and returns the JSON answer.
    /// - Parameter path: from the hub's address on, such as `/v1/plan/import`, escaped as URLs are.
    public func post(_ path: String, json: Data) async -> Result<Data, ExchangeFailure> {
        await call(path, body: json)
    }

    /// `GET`s a JSON answer.
    /// - Parameter path: as for ``post(_:json:)``, with a query perhaps.
    public func get(_ path: String) async -> Result<Data, ExchangeFailure> {
        await call(path, body: nil)
    }

    private func call(_ path: String, body: Data?) async -> Result<Data, ExchangeFailure> {
        switch await client.send(path, body: body, type: HubClient.json, waitSeconds: 0) {
        case .answered(let data): .success(data)
        case .failed(let failure): .failure(failure)
        }
    }
}
