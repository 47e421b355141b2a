import LuckyModel
import FaultProxy
import Foundation
import LuckySync
import LuckyTransport
import Testing

/// A hub that says back what it hears, a client, and the proxy between them.
private struct Link {
    let hub: ScriptedServer
    let proxy: FaultProxy
    let transport: HTTPTransport

    init(seed: UInt64 = 1, _ edit: (inout Faults) -> Void = { _ in }) throws {
        var faults = Faults()
        edit(&faults)
        hub = try ScriptedServer { [.send(Canned.answer($0.body))] }
        proxy = try FaultProxy(upstreamPort: hub.port, seed: seed, faults: faults)
        var limits = TransportLimits()
        limits.compressFromBytes = .max
        transport = HTTPTransport(hub: proxy.url, token: { "t" }, limits: limits)
    }

    func say(_ text: String = "a message of some length") async -> ExchangeOutcome {
        await transport.exchange(Data(text.utf8), waitSeconds: 0)
    }

    var heard: Int { hub.seen.requests.count }
}

private let whole = ExchangeOutcome.answered(Data("a message of some length".utf8))

@Suite(.timeLimit(.minutes(1)))
struct FaultProxyTests {
    @Test func withoutFaultsItIsAPlainProxy() async throws {
        let link = try Link()
        for _ in 0..<5 { #expect(await link.say() == whole) }
        var expected = FaultCounts()
        (expected.connections, expected.requests, expected.responses) = (1, 5, 5)
        #expect(link.proxy.counts == expected)
        #expect(link.hub.seen.connections == 1)
    }

    @Test func passesOnChunksAndInterimAnswers() async throws {
        let answer =
            Data("HTTP/1.1 103 Early\r\nX-A: 1\r\n\r\n".utf8)
            + Canned.chunked(Data("abcdef".utf8), size: 4)
        let hub = try ScriptedServer { _ in [.send(answer)] }
        let proxy = try FaultProxy(upstreamPort: hub.port, seed: 1)
        let transport = HTTPTransport(hub: proxy.url, token: { "t" })
        for _ in 0..<2 {
            let outcome = await transport.exchange(Data([1]), waitSeconds: 0)
            #expect(outcome == .answered(Data("abcdef".utf8)))
        }
        #expect(proxy.counts.connections == 1)
    }

    @Test func aSwallowedResponseReachedTheHub() async throws {
        let link = try Link { $0.swallowResponses = 1 }
        guard case .failed(.offline) = await link.say() else {
            Issue.record("expected offline")
            return
        }
        #expect(link.heard == 1)
        #expect(link.proxy.counts.swallowed == 1)
        #expect(link.proxy.faults.swallowResponses == 0)
        #expect(await link.say() == whole)
    }

    @Test func aDeadZoneEndsAndReturns() async throws {
        let hub = try ScriptedServer { $0.body.isEmpty ? [.hold] : [.send(Canned.answer(Data()))] }
        let proxy = try FaultProxy(upstreamPort: hub.port, seed: 1)
        let transport = HTTPTransport(hub: proxy.url, token: { "t" })
        async let poll = transport.exchange(Data(), waitSeconds: 100)
        var arrivals = hub.arrivals.makeAsyncIterator()
        _ = await arrivals.next()
        proxy.change { $0.deadZone = true }
        #expect(await poll.isFailed)
        #expect(await transport.exchange(Data([1]), waitSeconds: 0).isFailed)
        #expect(await proxy.reached { $0.refused > 0 })
        #expect(hub.seen.requests.allSatisfy { $0.body.isEmpty })
        proxy.change { $0.deadZone = false }
        #expect(await transport.exchange(Data([1]), waitSeconds: 0) == .answered(Data()))
    }

    @Test func aPortalKeepsTheHubOut() async throws {
        let link = try Link { $0.portal = true }
        #expect(await link.say() == .failed(.notAHub("content type text/html")))
        #expect(link.heard == 0)
        #expect(link.proxy.counts.portals == 1)
    }

    @Test func aDuplicateIsHeardTwice() async throws {
        let link = try Link { $0.duplicatePerMille = 1000 }
        #expect(await link.say() == whole)
        var arrivals = link.hub.arrivals.makeAsyncIterator()
        let (one, two) = (await arrivals.next(), await arrivals.next())
        #expect(one?.body == two?.body)
        #expect(one?.connection != two?.connection)
        #expect(link.proxy.counts.duplicated == 1)
    }

    @Test func cutsAreTruncated() async throws {
        let answer = Canned.answer(Data("a message of some length".utf8))
        let link = try Link { $0.cutResponseAfterBytes = answer.count - 1 }
        #expect(await link.say() == .failed(.truncated))
        link.proxy.change { $0.cutResponseAfterBytes = answer.count }
        #expect(await link.say() == whole)
        #expect(link.proxy.counts.cut == 1)
    }

    @Test func halfClosesAndDropsFail() async throws {
        let half = try Link { $0.halfClosePerMille = 1000 }
        #expect(await half.say().isFailed)
        #expect(half.proxy.counts.halfClosed == 1)
        let drop = try Link { $0.dropPerMille = 1000 }
        for _ in 0..<20 { #expect(await drop.say().isFailed) }
        #expect(drop.proxy.counts.dropped == 20)
        // Some got through to the hub whole, others did not.
        #expect((1..<20).contains(drop.heard))
    }

    @Test func oneBitIsFlipped() async throws {
        let link = try Link { $0.flipRequestPerMille = 1000 }
        let sent = Data("a message of some length".utf8)
        guard case .answered(let back) = await link.say() else {
            Issue.record("expected an answer")
            return
        }
        #expect(zip(sent, back).map { ($0 ^ $1).nonzeroBitCount }.reduce(0, +) == 1)
        link.proxy.change { $0 = Faults() }
        link.proxy.change { $0.flipResponsePerMille = 1000 }
        #expect(await link.say() != whole)
        #expect(link.hub.seen.requests.last?.body == sent)
        #expect(link.proxy.counts.flippedRequests == 1)
        #expect(link.proxy.counts.flippedResponses == 1)
    }

    @Test func delaysAndTricklesArriveWhole() async throws {
        let link = try Link {
            $0.delayMilliseconds = 30
            $0.trickleMilliseconds = 1
        }
        let start = ContinuousClock.now
        #expect(await link.say() == whole)
        #expect(ContinuousClock.now - start >= .milliseconds(60))
        #expect(link.proxy.counts.delayed == 2)
        #expect(link.proxy.counts.trickled == 1)
    }

    @Test func aHubThatIsAwayIsNotThere() async throws {
        let link = try Link()
        let (gone, port) = try Socket.reserved()
        link.proxy.point(to: port)
        #expect(await link.say().isFailed)
        #expect(link.proxy.counts.unreachable == 1)
        withExtendedLifetime(gone) {}
        link.proxy.point(to: link.hub.port)
        #expect(await link.say() == whole)
    }

    @Test func theSameSeedDoesTheSame() async throws {
        func outcomes(seed: UInt64) async throws -> ([String], FaultCounts) {
            let link = try Link(seed: seed) {
                $0.dropPerMille = 200
                $0.cutPerMille = 200
                $0.swallowPerMille = 200
                $0.flipResponsePerMille = 300
            }
            var outcomes: [String] = []
            for number in 0..<40 { outcomes.append("\(await link.say("message \(number)"))") }
            return (outcomes, link.proxy.counts)
        }
        let first = try await outcomes(seed: 11)
        let second = try await outcomes(seed: 11)
        let other = try await outcomes(seed: 12)
        #expect(first == second)
        #expect(first.0 != other.0)
    }

    @Test func stoppingEndsTheWait() async throws {
        let link = try Link()
        async let reached = link.proxy.reached { $0.connections > 99 }
        link.proxy.stop()
        #expect(await reached == false)
        #expect(await link.say().isFailed)
    }
}

extension ExchangeOutcome {
    fileprivate var isFailed: Bool {
        if case .failed = self { true } else { false }
    }
}
