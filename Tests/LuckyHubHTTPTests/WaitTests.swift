import Foundation
import LuckyModel
import ServiceLifecycle
import Testing

@testable import LuckyHubHTTP

@Suite(.timeLimit(.minutes(3))) struct WaitTests {
    @Test func newsIsAnsweredAtOnce() async throws {
        try await HubUnderTest.run { hub in
            hub.door.grow("taitung")
            let reply = try await hub.sync("seen:0", waiting: 200, token: try await hub.token())
            #expect(reply.text == "news 1")
            #expect(hub.door.seen.bodies.count == 1)
        }
    }

    @Test func withoutWaitTheEmptyAnswerComesAtOnce() async throws {
        try await HubUnderTest.run { hub in
            let token = try await hub.token()
            for seconds in [nil, 0] {
                #expect(
                    try await hub.sync("seen:0", waiting: seconds, token: token).text == "nothing")
            }
        }
    }

    @Test func anOfficeEditEndsTheWait() async throws {
        var limits = HTTPLimits()
        limits.pollMilliseconds = 600_000  // the bell alone
        try await HubUnderTest.run(limits: limits) { hub in
            let token = try await hub.token()
            let office = try await hub.token(.office, person: "mei")
            async let waiting = hub.sync("seen:0", waiting: 60, token: token)
            try await hub.doorAsked(times: 1)
            let start = ContinuousClock.now
            #expect(
                try await hub.ask("POST /v1/office/plan-edit", token: office).status == 200)
            #expect(try await waiting.text == "news 1")
            #expect(ContinuousClock.now - start < .seconds(50), "it waited to its end")
        }
    }

    @Test func growthByAnotherProcessEndsTheWait() async throws {
        try await HubUnderTest.run { hub in
            async let waiting = hub.sync("seen:0", waiting: 60, token: try await hub.token())
            try await hub.doorAsked(times: 1)
            let start = ContinuousClock.now
            hub.door.grow("taitung")
            #expect(try await waiting.text == "news 1")
            #expect(ContinuousClock.now - start < .seconds(50), "it waited to its end")
        }
    }

    @Test func growthThatIsNoNewsIsWaitedPast() async throws {
        var limits = HTTPLimits()
        limits.pollMilliseconds = 20
        try await HubUnderTest.run(limits: limits) { hub in
            async let waiting = hub.sync("seen:2", waiting: 60, token: try await hub.token())
            for asked in 1...3 {
                try await hub.doorAsked(times: asked)
                hub.door.grow("taitung")
            }
            #expect(try await waiting.text == "news 3")
            #expect(hub.door.seen.bodies.count == 4)
        }
    }

    @Test func anotherDepotsGrowthWakesNobody() async throws {
        var limits = HTTPLimits()
        limits.pollMilliseconds = 20
        try await HubUnderTest.run(limits: limits) { hub in
            async let waiting = hub.sync("seen:0", waiting: 1, token: try await hub.token())
            try await hub.doorAsked(times: 1)
            hub.door.grow("hualien")
            #expect(try await waiting.text == "nothing")
            #expect(hub.door.seen.bodies.count == 1)
        }
    }

    @Test func atTheTimeoutTheEmptyAnswerComes() async throws {
        try await HubUnderTest.run { hub in
            let start = ContinuousClock.now
            let reply = try await hub.sync("seen:0", waiting: 1, token: try await hub.token())
            #expect(reply.status == 200)
            #expect(reply.text == "nothing")
            #expect((.milliseconds(950) ..< .seconds(60)).contains(ContinuousClock.now - start))
        }
    }

    @Test func oneConnectionMayWaitAgainAndAgain() async throws {
        var limits = HTTPLimits()
        limits.pollMilliseconds = 10
        try await HubUnderTest.run(limits: limits) { hub in
            let token = try await hub.token()
            let client = try hub.client()
            defer { client.disconnect() }
            for round in 0..<5 {
                await client.send(hub.syncRequest("seen:\(round)", waiting: 60, token: token))
                try await hub.doorAsked(times: 2 * round + 1)
                hub.door.grow("taitung")
                #expect(try await client.reply().text == "news \(round + 1)")
            }
        }
    }

    @Test func fortyWaitAtOnceAndOneEditWakesAll() async throws {
        try await HubUnderTest.run { hub in
            let token = try await hub.token()
            let office = try await hub.token(.supervisor, person: "lin")
            try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<40 {
                    group.addTask {
                        try await hub.sync("seen:0", waiting: 60, token: token).text
                    }
                }
                try await hub.doorAsked(times: 40)
                // With all forty waiting the hub still answers others.
                #expect(try await hub.ask("GET /v1/health/ready").status == 200)
                let start = ContinuousClock.now
                _ = try await hub.ask("POST /v1/office/plan-edit", token: office)
                var answers: [String] = []
                for try await answer in group { answers.append(answer) }
                #expect(answers == Array(repeating: "news 1", count: 40))
                #expect(ContinuousClock.now - start < .seconds(55))
            }
        }
    }

    @Test func aClientThatLeavesStopsItsWait() async throws {
        var limits = HTTPLimits()
        limits.waiters = 1
        try await HubUnderTest.run(limits: limits) { hub in
            let token = try await hub.token()
            let leaver = try hub.client()
            await leaver.send(hub.syncRequest("seen:0", waiting: 200, token: token))
            try await hub.doorAsked(times: 1)
            // The leaver has the only place within moments: another is told to come back.
            var other = try await hub.sync("seen:0", waiting: 0, token: token)
            for _ in 0..<20 where other.status != 503 {
                try await Task.sleep(for: .milliseconds(100))
                other = try await hub.sync("seen:0", waiting: 1, token: token)
            }
            #expect(other.code == "busy")
            #expect(other.headers["retry-after"] == "2")
            leaver.disconnect()
            // Free again, long before the leaver's 200 seconds are over.
            while try await hub.sync("seen:0", waiting: 1, token: token).status != 200 {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    @Test func aGracefulShutdownAnswersWhoWaits() async throws {
        try await HubUnderTest.run { hub in
            async let waiting = hub.sync("seen:0", waiting: 200, token: try await hub.token())
            try await hub.doorAsked(times: 1)
            let start = ContinuousClock.now
            await hub.group.triggerGracefulShutdown()
            let reply = try await waiting
            #expect(reply.status == 200)
            #expect(reply.text == "nothing")
            #expect(ContinuousClock.now - start < .seconds(150))
            // `run` returns only when the group has ended, so the hub's own end is awaited too.
        }
    }

    @Test(arguments: ["-1", "241", "x", "1.5", ""])
    func aWaitOutOfRangeIsRefused(text: String) async throws {
        try await HubUnderTest.run { hub in
            let reply = try await hub.ask(
                "POST /v1/sync?wait_s=\(text)", token: try await hub.token(),
                headers: ["Content-Type": "application/x-lucky-frames"], body: Data("x".utf8))
            #expect(reply.status == 400)
            #expect(reply.code == "bad_wait_s")
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }
}
