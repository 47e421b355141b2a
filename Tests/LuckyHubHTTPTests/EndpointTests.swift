import Foundation
import Logging
import LuckyModel
import LuckyWire
import Synchronization
import TestSupport
import Testing

@testable import LuckyHubHTTP

@Suite(.timeLimit(.minutes(2))) struct EndpointTests {
    @Test func health() async throws {
        try await HubUnderTest.run { hub in
            #expect(try await hub.ask("GET /v1/health/live").status == 200)
            #expect(try await hub.ask("GET /v1/health/ready").status == 200)
            hub.door.setReady(false)
            #expect(try await hub.ask("GET /v1/health/live").status == 200)
            let reply = try await hub.ask("GET /v1/health/ready")
            #expect(reply.status == 503)
            #expect(reply.code == "not_ready")
        }
    }

    @Test(arguments: [
        "GET /", "POST /v1", "POST /v1/sync/", "POST /v2/sync", "GET /v1/health", "GET /v1/%73ync",
        "POST /v1/office/", "POST /v1/office/Plan", "POST /v1/office/a/b", "POST /v1/office/a%2Fb",
        "POST /v1/office/\(String(repeating: "a", count: 65))",
    ])
    func unknownEndpoints(line: String) async throws {
        try await HubUnderTest.run { hub in
            let reply = try await hub.ask(line, token: try await hub.token(.office))
            #expect(reply.status == 404)
            #expect(reply.code == "unknown_endpoint")
            #expect(reply.headers["content-type"] == "application/json")
        }
    }

    @Test func otherMethodsAreRefused() async throws {
        try await HubUnderTest.run { hub in
            for (line, allowed) in [
                ("GET /v1/sync", "POST"), ("PUT /v1/office/plan-show", "POST"),
                ("POST /v1/health/live", "GET"),
            ] {
                let reply = try await hub.ask(line, token: try await hub.token(.office))
                #expect(reply.status == 405)
                #expect(reply.headers["allow"] == allowed)
            }
        }
    }

    @Test func onlyOfficePeopleAndSupervisorsAskForOfficeVerbs() async throws {
        try await HubUnderTest.run { hub in
            let refused = try await hub.ask(
                "POST /v1/office/plan-show", token: try await hub.token(.driver))
            #expect(refused.status == 403)
            #expect(refused.code == "role_not_allowed")
            #expect(hub.door.seen.verbs.isEmpty)
            for role in [Role.office, .supervisor] {
                let reply = try await hub.ask(
                    "POST /v1/office/echo", token: try await hub.token(role),
                    headers: ["Content-Type": "application/json"], body: Data(#"{"a":1}"#.utf8))
                #expect(reply.status == 200)
                #expect(reply.text == #"{"a":1}"#)
            }
            #expect(hub.door.seen.verbs == ["echo", "echo"])
        }
    }

    @Test func theHubsRefusalsKeepTheirStatusCodeAndMessage() async throws {
        try await HubUnderTest.run { hub in
            let office = try await hub.token(.office)
            let conflict = try await hub.ask("POST /v1/office/conflict", token: office)
            #expect(conflict.status == 409)
            #expect(conflict.text == #"{"code":"sibling_limit","message":"Too many edits."}"#)
            #expect(try await hub.ask("POST /v1/office/odd-status", token: office).status == 500)
            let token = try await hub.token()
            #expect(try await hub.sync("bad", token: token).code == "bad_frame")
            let busy = try await hub.sync("busy", token: token)
            #expect(busy.status == 503)
            #expect(busy.code == "database_busy")
            #expect(busy.headers["retry-after"] == "2")
        }
    }

    @Test func answersAreCompressedForThoseWhoAskWhenItPays() async throws {
        try await HubUnderTest.run { hub in
            let office = try await hub.token(.office)
            let plain = try await hub.ask("POST /v1/office/long", token: office)
            #expect(plain.headers["content-encoding"] == nil)
            for accept in ["gzip", "br, gzip;q=0.5", "*"] {
                let reply = try await hub.ask(
                    "POST /v1/office/long", token: office, headers: ["Accept-Encoding": accept])
                #expect(reply.headers["content-encoding"] == "gzip")
                #expect(reply.headers["vary"] == "accept-encoding")
                #expect(reply.body.count < plain.body.count / 10)
                #expect(
                    try Gzip.decompress(
                        reply.body, maximumBytes: 1 << 20, maximumRatio: 10_000) == plain.body)
            }
            for (verb, accept) in [("long", "gzip;q=0"), ("long", "br"), ("short", "gzip")] {
                let reply = try await hub.ask(
                    "POST /v1/office/\(verb)", token: office, headers: ["Accept-Encoding": accept])
                #expect(reply.headers["content-encoding"] == nil)
            }
        }
    }

    @Test func aClientThatTakesNoAnswerIsCutOff() async throws {
        var limits = HTTPLimits()
        limits.answerMilliseconds = 300
        limits.officeBodyBytes = 64 << 20
        try await HubUnderTest.run(limits: limits) { hub in
            let client = try hub.client()
            defer { client.disconnect() }
            let body = Data(repeating: 0x20, count: 48 << 20)  // over what sockets buffer
            await client.send(
                hub.request(
                    "POST /v1/office/echo", token: try await hub.token(.office),
                    headers: ["Content-Type": "application/json"], body: body))
            while hub.door.seen.verbs.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            // Probing with more requests fails once the hub has cut the connection.
            while await client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n") {
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(try await hub.ask("GET /v1/health/live").status == 200)
        }
    }

    @Test func noiseDoesNotStopTheHub() async throws {
        var noise = SeededGenerator.current()
        let words = [
            "POST ", "GET ", "/v1/sync", "?wait_s=", "%", "://", " HTTP/1.1\r\n", "\r\n",
            "Authorization: Bearer ", "a.b.c", "Content-Length: ", "9", "-1",
            "Transfer-Encoding: chunked", "Content-Encoding: gzip", "Accept-Encoding: gzip;q=",
            "\u{0}", "\u{FF}", "/v1/office/", ":", "\r\n\r\n", "Host: h\r\n", "5\r\nhello\r\n",
        ]
        try await HubUnderTest.run { hub in
            for _ in 0..<150 {
                let client = try hub.client()
                let count = Int(noise.next() % 14) + 1
                let text = (0..<count).map { _ in words[Int(noise.next() % UInt64(words.count))] }
                await client.send(text.joined())
                client.endSending()
                _ = try? await client.reply()
                client.disconnect()
            }
            #expect(try await hub.ask("GET /v1/health/live").status == 200)
            #expect(hub.door.seen.bodies.isEmpty, "\(noise)")
        }
    }

    @Test func oneConnectionTakesManyRequestsEvenAfterARefusal() async throws {
        try await HubUnderTest.run { hub in
            let token = try await hub.token()
            let client = try hub.client()
            defer { client.disconnect() }
            for round in 0..<20 {
                await client.send(hub.syncRequest(round % 2 == 0 ? "bad" : "good", token: token))
                #expect(try await client.reply().status == (round % 2 == 0 ? 400 : 200))
            }
        }
    }

    @Test func tokensAndBodiesAreNeverLogged() async throws {
        let lines = Mutex<[String]>([])
        let log = LineLog { line in lines.withLock { $0.append(line) } }
        var logger = Logger(label: "test") { _ in log }
        logger.logLevel = .trace
        try await HubUnderTest.run(logger: logger) { hub in
            let token = try await hub.token()
            let office = try await hub.token(.office)
            _ = try await hub.sync("private-words", token: token)
            _ = try await hub.sync("private-words", token: token + "forged")
            _ = try await hub.ask(
                "POST /v1/office/echo", token: office,
                headers: ["Content-Type": "application/json"],
                body: Data(#""private-words""#.utf8))
            _ = try await hub.ask("GET /private-words?private-words=\(token)", token: token)
            let text = lines.withLock { $0.joined(separator: "\n") }
            #expect(text.contains("office/echo"))
            #expect(text.contains("token_invalid"))
            #expect(!text.contains("private-words"))
            #expect(!text.contains(token.suffix(20)))
            #expect(!text.contains(office.suffix(20)))
        }
    }
}

/// A log handler that keeps every line with its metadata.
private struct LineLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel: Logger.Level = .trace
    private let keep: @Sendable (String) -> Void

    init(_ keep: @escaping @Sendable (String) -> Void) { self.keep = keep }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        keep("\(event.level) \(event.message) \(metadata) \(event.metadata ?? [:])")
    }
}
