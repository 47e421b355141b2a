import LuckyModel
import FaultProxy
import Foundation
import LuckySync
import LuckyTransport
import LuckyWire
import Testing

@Suite(.timeLimit(.minutes(1)))
struct FailureTests {
    /// The outcome of one exchange with a server that plays `steps`.
    private func outcome(
        _ steps: ScriptedServer.Step..., limits: (inout TransportLimits) -> Void = { _ in }
    ) async throws -> ExchangeOutcome {
        let server = try ScriptedServer { _ in steps }
        return await HTTPTransport(server.url, limits).exchange("x")
    }

    @Test func nothingListens() async throws {
        let (socket, port) = try Socket.reserved()
        let url = try #require(URL(string: "http://127.0.0.1:\(port)"))
        guard case .failed(.offline) = await HTTPTransport(url).exchange("x") else {
            Issue.record("expected offline")
            return
        }
        withExtendedLifetime(socket) {}
    }

    @Test func anAnswerCutAtAnyByteIsNoAnswer() async throws {
        let body = noise(40)
        let gzip = Gzip.compress(body)
        let closing = Canned.text("", type: "application/x-lucky-frames")
        let untilClose =
            Data(
                String(decoding: closing, as: UTF8.self)
                    .replacing("Content-Length: 0", with: "Content-Encoding: gzip").utf8) + gzip
        let answers = [Canned.answer(body), Canned.chunked(body, size: 16), untilClose]
        for answer in answers {
            let head = try #require(HTTPFraming.headLength(of: answer))
            let server = try ScriptedServer { request in
                let count = Int(String(decoding: request.body, as: UTF8.self)) ?? 0
                return [.send(answer.prefix(count)), .close]
            }
            let transport = HTTPTransport(server.url)
            for count in 0..<answer.count {
                let outcome = await transport.exchange("\(count)")
                if answer.suffix(5) == Data("0\r\n\r\n".utf8), count == answer.count - 1 {
                    #expect(outcome == .answered(body))  // all is here but the last line feed
                } else if count >= head {
                    #expect(outcome == .failed(.truncated), "cut after \(count)")
                } else {
                    #expect(outcome.failure?.isTransient == true, "cut after \(count): \(outcome)")
                }
            }
            #expect(await transport.exchange("\(answer.count)") == .answered(body))
        }
    }

    @Test func aResetInTheMiddleIsTruncated() async throws {
        let half = Canned.answer(noise(100_000)).prefix(60_000)
        #expect(try await outcome(.send(half), .reset) == .failed(.truncated))
    }

    @Test func aConnectionThatEndsUnansweredIsOffline() async throws {
        for step in [ScriptedServer.Step.close, .reset] {
            guard case .failed(.offline) = try await outcome(step) else {
                Issue.record("expected offline")
                return
            }
        }
    }

    @Test func aGarbledAnswerIsTruncated() async throws {
        var gzip = Gzip.compress(Data("some words, some more words".utf8))
        gzip[gzip.count - 6] ^= 1
        let answer = Canned.answer(gzip, fields: ["Content-Encoding: gzip"])
        #expect(try await outcome(.send(answer)) == .failed(.truncated))
    }

    @Test func aRedirectIsNeverFollowed() async throws {
        let other = try ScriptedServer { _ in [.send(Canned.answer(Data([1])))] }
        for status in ["301 Moved", "302 Found", "303 See Other", "307 Again", "308 Moved"] {
            let answer = Canned.text(
                "", status: status, fields: ["Location: http://localhost:\(other.port)/v1/sync"])
            let outcome = try await outcome(.send(answer))
            guard case .failed(.notAHub(let detail)) = outcome else {
                Issue.record("\(status): \(outcome)")
                continue
            }
            #expect(detail == "redirect, HTTP \(status.prefix(3))")
        }
        #expect(other.seen.connections == 0)
    }

    @Test func aStrangersPageIsNotAHub() async throws {
        let answers = [
            Canned.text("<html>welcome</html>"),
            Canned.text("{}", type: "application/json"),
            Canned.text("<html>", status: "404 Not Found"),
            Canned.text("<html>", status: "511 Network Authentication Required"),
            Canned.text("", status: "204 No Content"),
            Data("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".utf8),
            Canned.answer(Data([1]), fields: ["Content-Encoding: br"]),
            Data("SSH-2.0-OpenSSH_9.2\r\n".utf8),
        ]
        for answer in answers {
            let outcome = try await outcome(.send(answer), .close)
            guard case .failed(.notAHub) = outcome else {
                Issue.record("\(String(decoding: answer, as: UTF8.self)): \(outcome)")
                continue
            }
        }
    }

    @Test func anInvalidTokenIsUnauthorised() async throws {
        let answer = Canned.text(
            #"{"code":"token_expired","message":"The token has expired."}"#, status: "401 No",
            type: "application/json")
        #expect(try await outcome(.send(answer)) == .failed(.unauthorised(status: 401)))
    }

    /// Another token would not help: the hub's own sentence must reach a person.
    @Test func theHubsOwnRefusalIsNoMatterOfTheToken() async throws {
        let answer = Canned.text(
            #"{"code":"foreign_replica","message":"Another driver's phone."}"#, status: "403 No",
            type: "application/json")
        #expect(
            try await outcome(.send(answer))
                == .failed(
                    .refused(
                        status: 403, code: "foreign_replica", message: "Another driver's phone.")))
    }

    @Test func aStrangers403IsUnauthorised() async throws {
        let answer = Canned.text("<html>no</html>", status: "403 No", type: "text/html")
        #expect(try await outcome(.send(answer)) == .failed(.unauthorised(status: 403)))
    }

    @Test func theDoorsRefusalIsPassedOn() async throws {
        let answer = Canned.text(
            #"{"code":"bad_frame","message":"說不通。","more":1}"#, status: "400 Bad Request",
            type: "application/json; charset=utf-8")
        let expected = ExchangeFailure.refused(status: 400, code: "bad_frame", message: "說不通。")
        #expect(try await outcome(.send(answer)) == .failed(expected))
        #expect(!expected.isTransient)
    }

    @Test(arguments: [
        ("429 Slow", "Retry-After: 7", 7),
        ("503 Away", "X-Nothing: 1", nil),
        ("500 Oh", "Retry-After: soon", nil),
        ("408 Late", "Retry-After: 99999999999999999999999", .max),
        (
            "503 Away",
            "Date: Sun, 06 Nov 1994 08:49:00 GMT\r\nRetry-After: Sun, 06 Nov 1994 08:49:37 GMT",
            37
        ),
        ("503 Away", "Retry-After: Sun, 06 Nov 1994 08:49:37 GMT", nil),
    ] as [(String, String, Int?)])
    func aBusyHubSaysWhen(status: String, field: String, seconds: Int?) async throws {
        let answer = Canned.text("<html>", status: status, fields: [field])
        let number = try #require(Int(status.prefix(3)))
        let expected = ExchangeFailure.busy(status: number, retryAfterSeconds: seconds)
        #expect(try await outcome(.send(answer)) == .failed(expected))
        // Its headers count even when its body is cut.
        #expect(try await outcome(.send(answer.dropLast(2)), .close) == .failed(expected))
    }

    @Test func aBombIsTooLarge() async throws {
        let bomb = Gzip.compress(Data(count: 8 << 20))
        let answer = Canned.answer(bomb, fields: ["Content-Encoding: gzip"])
        #expect(try await outcome(.send(answer)) == .failed(.tooLarge))
        let overSize = try await outcome(.send(answer)) {
            $0.answerRatio = 100_000
            $0.answerBytes = 1 << 20
        }
        #expect(overSize == .failed(.tooLarge))
    }

    @Test func anOversizeAnswerIsTooLarge() async throws {
        let body = noise(2000)
        for answer in [Canned.answer(body), Canned.chunked(body, size: 500)] {
            let outcome = try await outcome(.send(answer)) { $0.answerBytes = 1999 }
            #expect(outcome == .failed(.tooLarge))
        }
        #expect(
            try await outcome(.send(Canned.answer(body))) { $0.answerBytes = 2000 }
                == .answered(body))
        let padding = "X-Padding: " + String(repeating: "x", count: 3000)
        let padded = Canned.answer(body, fields: [padding])
        #expect(
            try await outcome(.send(padded)) { $0.headerBytes = 3000 } == .failed(.tooLarge))
    }

    @Test func aLongRefusalIsNotRead() async throws {
        let answer = Canned.answer(noise(5000), status: "503 Away", type: "text/plain")
        let outcome = try await outcome(.send(answer), .hold) { $0.errorBytes = 1000 }
        #expect(outcome == .failed(.busy(status: 503, retryAfterSeconds: nil)))
    }

    @Test func aTrickleTimesOut() async throws {
        let answer = Canned.answer(noise(4000))
        let head = try #require(HTTPFraming.headLength(of: answer))
        let outcome = try await outcome(
            .send(answer.prefix(head)),
            .trickle(answer.dropFirst(head), everyMilliseconds: 1000)
        ) {
            $0.lowSpeedSeconds = 1
            $0.lowSpeedBytesPerSecond = 50
        }
        #expect(outcome == .failed(.timedOut))
    }

    @Test func aSteadyLinkStillHasADeadline() async throws {
        let outcome = try await outcome(
            .trickle(Canned.answer(noise(4000)), everyMilliseconds: 5)
        ) { $0.deadlineSeconds = 1 }
        #expect(outcome == .failed(.timedOut))
    }
}
