import Foundation
import LuckyCommandLine
import LuckyHub
import LuckyModel
import LuckySync
import LuckyTransport

/// A way to a hub's office verbs: over HTTP, or straight into its file.
protocol OfficeDoor: Sendable {
    /// JSON in, JSON out, as ``OfficeVerb`` lists them.
    /// - Parameter isTrial: nothing is stored.
    /// - Throws: ``HubRefusal``, ``ExchangeFailure``.
    func call(_ verb: OfficeVerb, isTrial: Bool, _ body: Data) async throws -> Data

    func close() throws
}

/// A hub that serves, with an office person's token.
struct HTTPOfficeDoor: OfficeDoor {
    let client: OfficeClient

    func call(_ verb: OfficeVerb, isTrial: Bool, _ body: Data) async throws -> Data {
        try await client.post("/v1/office/\(verb.name(isTrial: isTrial))", json: body).get()
    }

    func close() {}
}

/// A hub's file that nobody serves; its lease is this process's until the end.
struct DirectOfficeDoor: OfficeDoor {
    let hub: Hub
    let credential: Credential

    func call(_ verb: OfficeVerb, isTrial: Bool, _ body: Data) async throws -> Data {
        try hub.office(verb.name(isTrial: isTrial), body, as: credential, now: Ambient.now)
    }

    func close() throws { try hub.close() }
}
