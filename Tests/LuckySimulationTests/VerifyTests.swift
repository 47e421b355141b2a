import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckySimulation
import LuckySync
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub
@testable import LuckyStore

/// A difference between phone and hub is named, entity by entity, and mended by itself; never in a
/// loop (L21).
struct VerifyTests {
    /// The phone's real machine and store against the real hub, without a network.
    private final class Verifier {
        let bench: RecoveryBench
        let phone: BenchPhone
        var machine = SyncMachine(seed: 5)
        var status: SyncStatus?
        var exchanges = 0
        /// Runs before each exchange reaches the hub.
        var beforeExchange: (() throws -> Void)?

        init(stops: Int = 3, seed: UInt64 = 1) throws {
            bench = try RecoveryBench(seed: seed, stops: stops)
            phone = try BenchPhone(bench, "phone")
            try phone.settle()
        }

        func verify() throws {
            try run(.verifyRequested)
        }

        /// Feeds an event, and what follows, until the machine rests or waits.
        func run(_ event: SyncEvent) throws {
            var queue = [event]
            exchanges = 0
            while !queue.isEmpty {
                let now = bench.time.monotonicMilliseconds
                for effect in machine.handle(queue.removeFirst(), now: now) {
                    queue += try carryOut(effect)
                }
            }
        }

        private func carryOut(_ effect: SyncEffect) throws -> [SyncEvent] {
            switch effect {
            case .exchange(let body, let nonce, _):
                exchanges += 1
                try beforeExchange?()
                let answer = try bench.hub.sync(
                    body,
                    as: Credential(person: RecoveryBench.driver, depot: "TTT", role: .driver),
                    now: bench.now)
                return [.answered(answer.body, nonce: nonce)]
            case .publish(let status):
                self.status = status
                return []
            default:
                return perform(effect, on: phone.store, at: bench.time, using: &bench.random)
            }
        }

        /// Loses one field of a stop on the phone, as a bad disk would.
        func damagePhone(_ number: Int) throws {
            try phone.store.connection.write {
                try $0.run(
                    "DELETE FROM sibling WHERE entity = ? AND field = ?",
                    [RecoveryBench.stop(number).blob, Int64(PlanField.customerName.rawValue)])
            }
        }

        func names(_ numbers: [Int]) -> [String] {
            numbers.map { RecoveryBench.stop($0) }.sorted().map(\.hex)
        }
    }

    @Test func nothingDiffers() throws {
        let verifier = try Verifier()
        try verifier.verify()
        #expect(verifier.status?.digestsAgree == true)
        #expect(verifier.status?.difference == nil)
        #expect(verifier.exchanges == 1)
    }

    @Test func aDamagedRowOfThePhoneIsNamedAndMended() throws {
        let verifier = try Verifier()
        try verifier.phone.note("unsent", on: 2)
        try verifier.damagePhone(2)
        try verifier.verify()
        let status = try #require(verifier.status)
        #expect(status.digestsAgree == true)
        #expect(status.phase == .idle)
        #expect(status.difference?.mended == verifier.names([2]))
        let stop = try #require(try verifier.phone.store.stop(RecoveryBench.stop(2)))
        #expect(stop.stop.customer == "林小姐2")
        #expect(stop.stop.notes == ["unsent"])
        #expect(try verifier.phone.store.verifyRows() == [])
        // Digest, buckets, entities, repair, digest.
        #expect(verifier.exchanges == 5)
    }

    @Test func bytesThatCannotBeReadAreMended() throws {
        let verifier = try Verifier()
        try verifier.phone.store.connection.write {
            try $0.run(
                "UPDATE sibling SET bytes = x'FFFF' WHERE entity = ?",
                [RecoveryBench.stop(1).blob])
        }
        try verifier.verify()
        #expect(verifier.status?.difference?.mended == verifier.names([1]))
        #expect(verifier.status?.digestsAgree == true)
        #expect(try verifier.phone.store.verifyRows() == [])
    }

    @Test(arguments: ["record", "digest", "vector"])
    func aDamagedRowOfTheHubIsNamedAndMended(_ what: String) throws {
        let verifier = try Verifier()
        let entity = RecoveryBench.stop(3)
        try verifier.bench.hub.storage.write { rows in
            guard let kept = try rows.entity(entity) else { return }
            var row = kept
            switch what {
            case "digest": row.digest = .zero
            case "vector": row.vector = VersionVector()
            default:
                guard
                    var record = try rows.records(of: entity, after: 0).first(where: {
                        $0.field == .customerName
                    })
                else { return }
                try rows.remove(record.change.ref, field: .customerName, of: entity)
                record.change.encoded = try #require(
                    try rows.records(of: entity, after: 0).first { $0.field == .code }
                ).change.encoded
                try rows.insert(record, of: entity)
            }
            try rows.save(row, over: kept)
        }
        // With the digest alone wrong, what is compared is right: it is found when it is asked for.
        if what == "digest" { try verifier.damagePhone(3) }
        try verifier.verify()
        #expect(verifier.status?.digestsAgree == true)
        #expect(verifier.status?.difference?.mended == verifier.names([3]))
        #expect(try verifier.bench.hub.read { try $0.audit() } == [])
        let alarms = try verifier.bench.hub.read { try $0.alarms() }
        #expect(alarms.map(\.kind) == [.entityMended])
    }

    @Test func whatDiffersAgainIsAnErrorAndNotAskedFor() throws {
        let verifier = try Verifier()
        // A disk that loses the same row again and again.
        verifier.beforeExchange = { try verifier.damagePhone(2) }
        try verifier.verify()
        #expect(verifier.status?.phase == .differs)
        #expect(verifier.status?.digestsAgree == false)
        #expect(verifier.status?.difference?.again == verifier.names([2]))
        #expect(try verifier.phone.store.position().differingCount == 1)
        let first = verifier.exchanges
        try verifier.verify()
        #expect(verifier.status?.difference?.again == verifier.names([2]))
        #expect(verifier.exchanges == 3 && first == 7)
        // The disk was mended: after the stated time it is asked for once more.
        verifier.beforeExchange = nil
        verifier.bench.tick(Bounds.repairAgainMilliseconds)
        try verifier.verify()
        #expect(verifier.status?.digestsAgree == true)
        #expect(verifier.status?.difference?.mended == verifier.names([2]))
        #expect(try verifier.phone.store.position().differingCount == 0)
    }

    @Test func aParkedEntityIsNamedAndNotCounted() throws {
        let verifier = try Verifier()
        try verifier.damagePhone(1)
        try verifier.phone.store.connection.write {
            try $0.run(
                "UPDATE entity SET needs_update = 1 WHERE id = ?", [RecoveryBench.stop(1).blob])
        }
        try verifier.verify()
        #expect(verifier.status?.difference?.parked == verifier.names([1]))
        #expect(verifier.status?.difference?.mended == [])
        #expect(verifier.status?.digestsAgree == true)
    }

    /// Whatever is damaged, exactly that is named; more than a minute's worth waits.
    @Test(arguments: 1...6)
    func exactlyTheDamagedAreNamed(_ seed: UInt64) throws {
        let stops = 150
        let verifier = try Verifier(stops: stops, seed: seed)
        var random = TestSupport.SeededGenerator(seed: seed)
        let chance = [0.01, 0.1, 0.5, 0.9, 0.95, 1][Int(seed - 1)]
        let damaged = (1...stops).filter { _ in Double.random(in: 0..<1, using: &random) < chance }
        for number in damaged { try verifier.damagePhone(number) }
        try verifier.verify()
        let found = verifier.status?.difference
        let named = (found?.mended ?? []) + (found?.waiting ?? [])
        #expect(named.sorted() == verifier.names(damaged))
        #expect(found?.waiting.count == max(0, damaged.count - Bounds.repairsPerMinute))
        if verifier.machine.isWaiting {
            verifier.bench.tick(61_000)
            try verifier.run(.woke)
        }
        #expect(verifier.status?.digestsAgree == true)
        #expect(verifier.status?.difference?.mended ?? [] == verifier.names(damaged))
    }
}
