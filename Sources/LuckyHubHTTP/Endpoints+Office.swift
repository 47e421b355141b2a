internal import Foundation
internal import Hummingbird
internal import LuckyHub
internal import LuckyModel

extension Endpoints {
    /// `POST /v1/office/{verb}`: JSON in, JSON out. Which office person may do what is the hub's
    /// to say; nobody else gets as far as asking.
    func office(
        _ verb: String, _ reader: inout RequestReader
    ) async throws(HTTPRefusal) -> Answer {
        let credential = try await credential(of: reader.request)
        guard credential.role.isOffice || credential.role == .supervisor else {
            throw HTTPRefusal(
                403, "role_not_allowed", "Only office people and supervisors may do this.")
        }
        let body = try await reader.body(
            within: RequestReader.Bounds(
                mediaType: MediaType.json, bodyBytes: limits.officeBodyBytes,
                decodedBytes: limits.officeDecodedBytes, mayBeEmpty: true),
            on: pool)
        let time = now()
        let (json, sequence) = try await pool.run { [door] () throws(HubRefusal) in
            let json = try door.office(verb, body, as: credential, now: time)
            return (json, door.sequence(of: credential.depot))
        }
        await doorbell.ring(credential.depot, at: sequence)
        return try await packed(Answer(mediaType: MediaType.json, body: json), for: reader.request)
    }
}
