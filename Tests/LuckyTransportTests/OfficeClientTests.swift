import FaultProxy
import Foundation
import LuckySync
import LuckyTransport
import Testing

@Suite(.timeLimit(.minutes(1)))
struct OfficeClientTests {
    private let json = "application/json"

    @Test func postsAndGetsJSON() async throws {
        let server = try ScriptedServer { request in
            let method = request.head.prefix { $0 != " " }
            return [.send(Canned.text(#"{"saw":"\#(method)"}"#, type: "application/json"))]
        }
        let office = OfficeClient(hub: server.url, token: { secret })
        let posted = await office.post("/v1/plan/edit", json: Data("{}".utf8))
        #expect(posted == .success(Data(#"{"saw":"POST"}"#.utf8)))
        let got = await office.get("/v1/report/day?date=2025-11-22")
        #expect(got == .success(Data(#"{"saw":"GET"}"#.utf8)))
        let requests = server.seen.requests
        try #require(requests.count == 2)
        #expect(requests[0].field("content-type") == json)
        #expect(requests[0].body == Data("{}".utf8))
        #expect(requests[1].head.hasPrefix("GET /v1/report/day?date=2025-11-22 HTTP/1.1\r\n"))
        #expect(requests[1].field("content-type") == nil)
        #expect(requests.allSatisfy { $0.field("authorization") == "Bearer \(secret)" })
        #expect(server.seen.connections == 1)
    }

    @Test func passesTheHubsRefusalOn() async throws {
        let server = try ScriptedServer { _ in
            let body = #"{"code":"unknown_stop","message":"No stop S9."}"#
            return [.send(Canned.text(body, status: "404 Not Found", type: "application/json"))]
        }
        let answer = await OfficeClient(hub: server.url, token: { secret }).get("/v1/plan")
        let expected = ExchangeFailure.refused(
            status: 404, code: "unknown_stop", message: "No stop S9.")
        #expect(answer == .failure(expected))
    }

    @Test(arguments: ["v1", "", "@evil.tw/", "/a b", "/a\r\nX: 1", "/計畫", "/a#b"])
    func oddPathsAreNotSent(path: String) async throws {
        let server = try ScriptedServer { _ in [.close] }
        let answer = await OfficeClient(hub: server.url, token: { secret }).get(path)
        #expect(answer == .failure(.notAHub("not an endpoint's path")))
        #expect(server.seen.connections == 0)
    }
}
