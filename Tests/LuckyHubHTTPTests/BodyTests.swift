import LuckyModel
import Foundation
import LuckyWire
import Testing

@testable import LuckyHubHTTP

@Suite(.timeLimit(.minutes(2))) struct BodyTests {
    private static let frames = "Content-Type: application/x-lucky-frames"

    private func small() -> HTTPLimits {
        var limits = HTTPLimits()
        limits.syncBodyBytes = 100_000
        limits.syncDecodedBytes = 1_000_000
        limits.lingerMilliseconds = 300
        return limits
    }

    private func head(_ token: String, _ lines: String...) -> String {
        let all = ["POST /v1/sync HTTP/1.1", "Host: h", "Authorization: Bearer \(token)"] + lines
        return all.joined(separator: "\r\n") + "\r\n\r\n"
    }

    @Test func aBodyAtTheLimitIsTakenWhole() async throws {
        try await HubUnderTest.run(limits: small()) { hub in
            let body = Data((0..<100_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            let reply = try await hub.ask(
                "POST /v1/sync", token: try await hub.token(),
                headers: ["Content-Type": "application/x-lucky-frames; v=1"], body: body)
            #expect(reply.status == 200)
            #expect(hub.door.seen.bodies == [body])
        }
    }

    @Test func aStatedLengthOverTheLimitIsRefusedBeforeTheBody() async throws {
        try await HubUnderTest.run(limits: small()) { hub in
            let client = try hub.client()
            defer { client.disconnect() }
            await client.send(head(try await hub.token(), Self.frames, "Content-Length: 100001"))
            let reply = try await client.reply()
            #expect(reply.status == 413)
            #expect(reply.code == "body_too_large")
            #expect(reply.headers["connection"] == "close")
            #expect(await client.isClosedByHub())
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }

    @Test func chunksOverTheLimitAreRefused() async throws {
        try await HubUnderTest.run(limits: small()) { hub in
            let client = try hub.client()
            defer { client.disconnect() }
            await client.send(
                head(try await hub.token(), Self.frames, "Transfer-Encoding: chunked"))
            let chunk = "8000\r\n" + String(repeating: "x", count: 0x8000) + "\r\n"
            for _ in 0..<4 { await client.send(chunk) }
            let reply = try await client.reply()
            #expect(reply.status == 413)
            #expect(reply.code == "body_too_large")
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }

    @Test func anEndlessBodyIsCutOff() async throws {
        try await HubUnderTest.run(limits: small()) { hub in
            let client = try hub.client()
            defer { client.disconnect() }
            await client.send(
                head(try await hub.token(), Self.frames, "Transfer-Encoding: chunked"))
            let chunk = "8000\r\n" + String(repeating: "x", count: 0x8000) + "\r\n"
            while await client.send(chunk) {}
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }

    @Test func chunksWithinTheLimitAreTaken() async throws {
        try await HubUnderTest.run(limits: small()) { hub in
            let client = try hub.client()
            defer { client.disconnect() }
            await client.send(
                head(try await hub.token(), Self.frames, "Transfer-Encoding: chunked"))
            await client.send("5\r\nhello\r\n")
            await client.send("6\r\n world\r\n0\r\n\r\n")
            #expect(try await client.reply().text == "received 11")
            #expect(hub.door.seen.bodies == [Data("hello world".utf8)])
        }
    }

    private func gzipped(_ body: Data, to hub: HubUnderTest) async throws -> RawClient.Reply {
        try await hub.ask(
            "POST /v1/sync", token: try await hub.token(),
            headers: ["Content-Type": "application/x-lucky-frames", "Content-Encoding": "gzip"],
            body: body)
    }

    @Test func gzipIsDecoded() async throws {
        try await HubUnderTest.run(limits: small()) { hub in
            let body = Data((0..<50_000).map { UInt8(truncatingIfNeeded: $0 >> 4) })
            let reply = try await gzipped(Gzip.compress(body), to: hub)
            #expect(reply.text == "received 50000")
            #expect(hub.door.seen.bodies == [body])
        }
    }

    @Test func gzipBombsAreRefused() async throws {
        try await HubUnderTest.run(limits: small()) { hub in
            // By ratio while still small, and by size with a ratio that is allowed.
            let zeros = Gzip.compress(Data(count: 900_000))
            #expect(zeros.count < 2_000)
            let mixed = Data((0..<1_100_000).map { UInt8(truncatingIfNeeded: ($0 / 40) &* 31) })
            let large = Gzip.compress(mixed)
            #expect(large.count < 100_000)
            for bomb in [zeros, large] {
                let reply = try await gzipped(bomb, to: hub)
                #expect(reply.status == 413)
                #expect(reply.code == "body_too_large")
            }
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }

    @Test func brokenGzipIsRefused() async throws {
        try await HubUnderTest.run(limits: small()) { hub in
            let whole = Gzip.compress(Data("hello hello hello".utf8))
            for body in [Data("not gzip".utf8), whole.dropLast(1), Data()] {
                let reply = try await gzipped(Data(body), to: hub)
                #expect(reply.status == 400)
                #expect(reply.code == "body_not_gzip")
            }
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }

    @Test func otherTypesAndEncodingsAreRefused() async throws {
        try await HubUnderTest.run { hub in
            let token = try await hub.token()
            for headers in [
                ["Content-Type": "application/json"], [:],
                ["Content-Type": "application/x-lucky-frames", "Content-Encoding": "br"],
            ] {
                let reply = try await hub.ask(
                    "POST /v1/sync", token: token, headers: headers, body: Data("x".utf8))
                #expect(reply.status == 415)
            }
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }

    @Test func aBodyThatTricklesInIsRefusedInTime() async throws {
        var limits = small()
        limits.bodyMilliseconds = 400
        try await HubUnderTest.run(limits: limits) { hub in
            let client = try hub.client()
            defer { client.disconnect() }
            await client.send(head(try await hub.token(), Self.frames, "Content-Length: 1000"))
            let trickle = Task {
                while !Task.isCancelled, await client.send("x") {
                    try? await Task.sleep(for: .milliseconds(20))
                }
            }
            let start = ContinuousClock.now
            let reply = try await client.reply()
            trickle.cancel()
            await trickle.value
            #expect(reply.status == 408)
            #expect(reply.code == "body_too_slow")
            #expect(ContinuousClock.now - start < .seconds(60))
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }

    @Test func aStrangerCannotKeepALineOpenByTrickling() async throws {
        var limits = small()
        limits.lingerMilliseconds = 200
        try await HubUnderTest.run(limits: limits) { hub in
            let client = try hub.client()
            defer { client.disconnect() }
            await client.send("POST /v1/sync HTTP/1.1\r\nHost: h\r\nContent-Length: 50000\r\n\r\n")
            #expect(try await client.reply().code == "token_missing")
            // Sending fails once the hub has cut the connection; nothing else ends this loop.
            while await client.send("x") { try await Task.sleep(for: .milliseconds(20)) }
        }
    }

    @Test func aBodyThatEndsEarlyDoesNotReachTheHub() async throws {
        try await HubUnderTest.run { hub in
            let token = try await hub.token()
            for rest in ["Content-Length: 10", "Transfer-Encoding: chunked"] {
                let client = try hub.client()
                await client.send(head(token, Self.frames, rest))
                await client.send(rest.hasPrefix("C") ? "seen:" : "5\r\nseen:\r\n")
                client.endSending()
                _ = try? await client.reply()
                client.disconnect()
            }
            // A whole request afterwards is the only one the door sees.
            #expect(try await hub.sync("last", token: token).status == 200)
            #expect(hub.door.seen.bodies == [Data("last".utf8)])
        }
    }

    @Test func aHeadOverTheLimitIsRefused() async throws {
        try await HubUnderTest.run { hub in
            let client = try hub.client()
            defer { client.disconnect() }
            await client.send("GET /v1/health/live HTTP/1.1\r\nX: ")
            await client.send(String(repeating: "x", count: 40_000))
            #expect(try await client.reply().status == 400)
        }
    }

    @Test func aHeadThatNeverEndsIsCutOff() async throws {
        var limits = HTTPLimits()
        limits.idleMilliseconds = 300
        try await HubUnderTest.run(limits: limits) { hub in
            let client = try hub.client()
            defer { client.disconnect() }
            await client.send("GET /v1/health/live HTTP/1.1\r\n")
            while await client.send("X: x\r\n") { try await Task.sleep(for: .milliseconds(20)) }
        }
    }
}
