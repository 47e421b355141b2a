import LuckyCausality
import LuckyModel
import LuckyWire
import Synchronization
import TestSupport
import Testing

@testable import LuckyHub

/// Pushes and edits that share a commit come to what they come to one after the other.
@Suite struct GroupCommitTests {
    private static let drivers: [Identifier] = ["drv-0", "drv-1", "drv-2"]
    private static let stops = 6

    private enum Outcome: Equatable, Sendable {
        case answered(SyncResponse)
        case wrote(WriteResult)
        case refused(HubRefusal)
    }

    private enum Call: Sendable {
        case push(Phone)
        case edit(OfficeChangeset)

        func run(_ hub: Hub, _ now: Int64) throws -> Outcome {
            do {
                switch self {
                case .push(let phone):
                    let answer = try hub.sync(
                        phone.request(.init(wantsDigest: false)), as: phone.credential, now: now)
                    return .answered(try SyncResponse(decoding: answer.body))
                case .edit(let edit):
                    return .wrote(try hub.write([edit], by: Bench.office, now: now)[0])
                }
            } catch let refusal as HubRefusal {
                return .refused(refusal)
            }
        }
    }

    /// Two hubs of one seed: at one all calls of a round share a commit.
    @Test(arguments: Backend.allCases)
    func togetherIsAsOneAfterTheOther(_ backend: Backend) throws {
        var random = SeededGenerator.current()
        let seed = random.next()
        let benches = [try Bench(backend, seed: seed), try Bench(backend, seed: seed)]
        var phones: [[Phone]] = [[], []]
        for (side, bench) in benches.enumerated() {
            for number in 0..<Self.stops { try bench.plan(number, for: Self.drivers[number % 3]) }
            for (index, driver) in Self.drivers.enumerated() {
                var phone = Phone(driver, install: UInt64(index + 1))
                try bench.settle(&phone)
                phones[side].append(phone)
            }
        }
        let before = benches.map { $0.hub.queue.transactions.load(ordering: .relaxed) }
        var (calls, refused) = (0, 0)
        let rounds = 10
        for round in 0..<rounds {
            let draw = random.next()
            var outcomes: [[Outcome]] = []
            for (side, bench) in benches.enumerated() {
                var random = SeededGenerator(seed: draw)
                bench.now += 1_000
                let asked = try Self.calls(round, &phones[side], bench, using: &random)
                let (hub, now) = (bench.hub, bench.now)
                let jobs = asked.map { call in
                    { @Sendable () throws -> Outcome in try call.run(hub, now) }
                }
                outcomes.append(
                    side == 0
                        ? try CommitQueueTests.queued(hub, jobs).map { try $0.get() }
                        : try jobs.map { try $0() })
                for case .answered(let answer) in outcomes[side] {
                    let index = try #require(
                        phones[side].firstIndex { $0.replica == answer.page?.replica })
                    try phones[side][index].take(answer)
                }
            }
            try #require(outcomes[0] == outcomes[1], "round \(round)")
            calls += outcomes[0].count
            for case .refused in outcomes[0] { refused += 1 }
        }
        let commits = zip(benches, before).map {
            $0.hub.queue.transactions.load(ordering: .relaxed) - $1
        }
        #expect(commits == [rounds, calls - refused])
        #expect(refused > 0)
        #expect(try benches[0].fingerprint() == benches[1].fingerprint())
        for number in 0..<Self.stops {
            let states = try benches.map { try $0.hub.read { try $0.state(Bench.stop(number)) } }
            #expect(states[0] == states[1])
        }
    }

    /// Taps of each phone, some of which are kept and not applied; edits, some of which are refused.
    private static func calls(
        _ round: Int, _ phones: inout [Phone], _ bench: Bench,
        using random: inout SeededGenerator
    ) throws -> [Call] {
        var calls: [Call] = []
        for index in phones.indices {
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let stop = Bench.stop(Int.random(in: 0..<stops, using: &random))
                let isForeign = Int.random(in: 0..<5, using: &random) == 0
                try phones[index].write(
                    [Change(stop, .fact(.delivered(round)))],
                    author: isForeign ? "drv-9" : nil)
            }
            calls.append(.push(phones[index]))
        }
        for number in 0..<Int.random(in: 1...2, using: &random) {
            let stop = Bench.stop(number * 3 + Int.random(in: 0..<3, using: &random))
            let isWrong = Int.random(in: 0..<3, using: &random) == 0
            let driver = drivers.randomElement(using: &random) ?? "drv-0"
            calls.append(
                .edit(
                    OfficeChangeset(
                        [
                            Change(stop, .plan(.driver, .name(driver))),
                            Change(stop, .plan(.sequence, .integer(Int64(round)))),
                        ],
                        contexts: [
                            stop: isWrong
                                ? [ReplicaID(install: 9, epoch: 9): 7] : try bench.vector(stop)
                        ], id: bench.newID())))
        }
        return calls.shuffled(using: &random)
    }
}
