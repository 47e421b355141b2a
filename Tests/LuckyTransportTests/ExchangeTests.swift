import LuckyModel
import FaultProxy
import Foundation
import LuckySync
import LuckyTransport
import LuckyWire
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ExchangeTests {
    @Test func carriesFramesThereAndBack() async throws {
        let server = try ScriptedServer { _ in [.send(Canned.answer(Data([1, 2, 3])))] }
        let url = server.address("http://localhost", path: "/depot/")
        let transport = HTTPTransport(url)
        #expect(
            await transport.exchange(Data([9, 8]), waitSeconds: 7) == .answered(Data([1, 2, 3])))
        let request = try #require(server.seen.requests.first)
        #expect(request.head.hasPrefix("POST /depot/v1/sync?wait_s=7 HTTP/1.1\r\n"))
        #expect(request.field("authorization") == "Bearer \(secret)")
        #expect(request.field("content-type") == "application/x-lucky-frames")
        #expect(request.field("accept-encoding") == "gzip")
        #expect(request.field("content-encoding") == nil)
        #expect(request.field("expect") == nil)
        #expect(request.body == Data([9, 8]))
    }

    @Test func compressesARequestWhereThatPays() async throws {
        let server = try ScriptedServer { _ in [.send(Canned.answer(Data()))] }
        let transport = HTTPTransport(server.url)
        let compressible = noise(100_000) + Data(count: 1_900_000)
        let bombLike = Data(count: 1_100_000)
        for body in [compressible, noise(5000), bombLike, Data(count: 100)] {
            #expect(await transport.exchange(body, waitSeconds: 0) == .answered(Data()))
        }
        let requests = server.seen.requests
        try #require(requests.count == 4)
        #expect(requests[0].field("content-encoding") == "gzip")
        #expect(requests[0].body.count < 110_000)
        let decoded = try Gzip.decompress(
            requests[0].body, maximumBytes: compressible.count, maximumRatio: 100)
        #expect(decoded == compressible)
        // Larger when compressed; like a bomb when compressed; too small to try.
        for (request, body) in zip(
            requests.dropFirst(), [noise(5000), bombLike, Data(count: 100)])
        {
            #expect(request.field("content-encoding") == nil)
            #expect(request.body == body)
        }
    }

    @Test func decompressesAnAnswer() async throws {
        let body = noise(3000) + Data(repeating: 7, count: 300_000)
        let gzip = Gzip.compress(body)
        let answers = [
            Canned.answer(gzip, fields: ["Content-Encoding: gzip"]),
            Canned.chunked(gzip, size: 100, fields: ["content-encoding: GZIP"]),
        ]
        for answer in answers {
            let server = try ScriptedServer { _ in [.send(answer)] }
            #expect(await HTTPTransport(server.url).exchange("x") == .answered(body))
        }
    }

    @Test func reusesItsConnection() async throws {
        let server = try ScriptedServer { request in [.send(Canned.answer(request.body))] }
        let transport = HTTPTransport(server.url)
        for word in ["one", "two", "three"] {
            #expect(await transport.exchange(word) == .answered(Data(word.utf8)))
        }
        #expect(server.seen.connections == 1)
    }

    @Test func runsExchangesSideBySide() async throws {
        let server = try ScriptedServer { request in [.send(Canned.answer(request.body))] }
        let transport = HTTPTransport(server.url)
        let answers = await withTaskGroup(of: Bool.self) { group in
            for number in 0..<40 {
                group.addTask {
                    let body = Data("message \(number)".utf8)
                    return await transport.exchange(body, waitSeconds: 0) == .answered(body)
                }
            }
            return await group.reduce(into: [Bool]()) { $0.append($1) }
        }
        #expect(answers.count == 40)
        #expect(answers.allSatisfy { $0 })
    }

    @Test func aLongPollMayBeSilent() async throws {
        let server = try ScriptedServer { _ in
            [.pause(milliseconds: 1800), .send(Canned.answer(Data([5])))]
        }
        let transport = HTTPTransport(server.url) {
            $0.lowSpeedSeconds = 1
            $0.firstByteSeconds = 1
            $0.deadlineSeconds = 2
        }
        #expect(await transport.exchange(Data([1]), waitSeconds: 0) == .failed(.timedOut))
        #expect(await transport.exchange(Data([1]), waitSeconds: 3) == .answered(Data([5])))
    }

    @Test func waitsNoLongerThanItsLimitAllows() async throws {
        let server = try ScriptedServer { _ in [.send(Canned.answer(Data()))] }
        let transport = HTTPTransport(server.url) { $0.waitMaximumSeconds = 20 }
        _ = await transport.exchange(Data(), waitSeconds: .max)
        _ = await transport.exchange(Data(), waitSeconds: -1)
        let paths = server.seen.requests.map { $0.head.split(separator: " ")[1] }
        #expect(paths == ["/v1/sync?wait_s=20", "/v1/sync?wait_s=0"])
    }

    @Test func cancellingEndsTheTransferAtOnce() async throws {
        let server = try ScriptedServer { _ in [.hold] }
        let transport = HTTPTransport(server.url)
        let task = Task { await transport.exchange(Data([1]), waitSeconds: 200) }
        var arrivals = server.arrivals.makeAsyncIterator()
        _ = await arrivals.next()
        task.cancel()
        #expect(await task.value == .failed(.cancelled))
        var departures = server.departures.makeAsyncIterator()
        _ = await departures.next()
    }

    @Test func aTaskCancelledBeforeSendsNothing() async throws {
        let server = try ScriptedServer { _ in [.hold] }
        let transport = HTTPTransport(server.url)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await transport.exchange(Data([1]), waitSeconds: 200)
        }
        #expect(await task.value == .failed(.cancelled))
        #expect(server.seen.connections == 0)
    }

    @Test func endsItsConnectionsWithItself() async throws {
        let server = try ScriptedServer { _ in [.send(Canned.answer(Data())), .hold] }
        do {
            #expect(await HTTPTransport(server.url).exchange("x") == .answered(Data()))
        }
        var departures = server.departures.makeAsyncIterator()
        _ = await departures.next()
    }
}
