internal import Foundation
internal import LuckyHub

extension Endpoints {
    /// `GET /v1/health/live`: the process runs and answers.
    func live() -> Answer {
        Answer(mediaType: MediaType.json, body: Data(#"{"status":"live"}"#.utf8))
    }

    /// `GET /v1/health/ready`: the database can be read and written, and the hub is not closing.
    func ready() async throws(HTTPRefusal) -> Answer {
        let isReady = try await pool.run { [door] in door.isReady() }
        guard isReady, await !doorbell.isClosed else {
            throw HTTPRefusal(503, "not_ready", "The hub cannot take requests now.")
        }
        return Answer(mediaType: MediaType.json, body: Data(#"{"status":"ready"}"#.utf8))
    }
}
