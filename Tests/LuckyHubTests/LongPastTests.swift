import Foundation
import GRDB
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What an edit costs does not grow with how often its entity was written to, and nothing is missed
/// for that.
@Suite struct LongPastTests {
    static let customer = EntityID.planned(.customer, ["C1"])

    /// Every statement of one transaction, and the values written over that it looked at.
    private struct Cost: Equatable { var statements = 0, looked = 0 }

    private static func cost(
        _ bench: Bench, of text: String, seen: VersionVector
    ) throws -> Cost {
        final class Seen { var statements = 0 }
        let (seenStatements, id) = (Seen(), bench.newID())
        bench.now += 1000
        return try bench.hub.append(bench.now) { writer in
            let db = try #require(writer.rows as? SQLiteRows).db
            db.trace { _ in seenStatements.statements += 1 }
            defer { db.trace(options: []) }
            _ = try writer.write(
                [Change(customer, .plan(.phone, .text(text)))], contexts: [customer: seen],
                id: id, author: Bench.office.person, role: .office)
            return Cost(
                statements: seenStatements.statements,
                looked: try writer.load(customer).written.count)
        }
    }

    /// How many rows are looked at for somebody who has seen that much.
    private static func looked(_ bench: Bench, beyond known: VersionVector) throws -> Int {
        try bench.hub.storage.read { try $0.overwritten(of: customer, beyond: known).count }
    }

    /// A customer whose telephone number comes anew every night.
    @Test func anEditCostsTheSameAfterManyNights() throws {
        let bench = try Bench()
        var costs: [Cost] = []
        var late: [Cost] = []
        for nights in [30, 120] {
            while try bench.past(Self.customer).count < nights {
                try bench.edit(Self.customer, [.phone: .text("\(bench.now)")])
            }
            let before = try bench.vector(Self.customer)
            costs.append(try Self.cost(bench, of: "a", seen: before))
            // Somebody who had not seen that one.
            late.append(try Self.cost(bench, of: "b", seen: before))
        }
        #expect(costs[0] == costs[1] && costs[0].looked == 1, "\(costs)")
        #expect(late[0] == late[1] && late[0].looked <= 2, "\(late)")
        #expect(try Self.looked(bench, beyond: bench.vector(Self.customer)) == 0)
        #expect(try bench.past(Self.customer).count >= 120)
    }

    /// The file of the version before, which did not know what was written over what: nothing is
    /// lost with it, and once its entities were searched it costs what a new one costs.
    @Test func aFileOfVersion3IsTakenOver() throws {
        let folder = try TemporaryFolder()
        let path = folder.path("hub.sqlite")
        let first = try Bench(at: path, seed: 3)
        for night in 0..<20 { try first.edit(Self.customer, [.phone: .text("\(night)")]) }
        let past = try first.past(Self.customer)
        try first.hub.close()
        let queue = try DatabaseQueue(path: path)
        try queue.write { db in
            try db.backToVersion4()
            try db.execute(
                sql: """
                    DROP INDEX overwritten_by;
                    ALTER TABLE overwritten DROP COLUMN by_replica;
                    ALTER TABLE overwritten DROP COLUMN by_counter;
                    UPDATE entity SET rules = \(ReviewRules.version - 1);
                    PRAGMA user_version = 3
                    """)
        }
        try queue.close()

        let bench = try Bench(at: path, seed: 4)
        defer { try? bench.hub.close() }
        #expect(try bench.past(Self.customer) == past && past.count == 19)
        let vector = try bench.vector(Self.customer)
        #expect(try Self.looked(bench, beyond: vector) == 19)
        try bench.edit(Self.customer, [.phone: .text("20")])
        #expect(try Self.looked(bench, beyond: vector) == 1)
        #expect(try bench.past(Self.customer).count == 20)
    }

    /// Desks and phones that had seen whatever they had seen: what is opened, edit by edit and from
    /// a part of the past, is what the whole of it shows.
    @Test func whatIsOpenedIsWhatTheWholePastShows() throws {
        var random = SeededGenerator.current()
        for _ in 0..<12 { try Self.play(random.next()) }
    }

    private static func play(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let bench = try Bench(seed: seed)
        let stop = try bench.plan(1, for: "drv-1")
        var phones = (1...2).map { Phone("drv-1", install: UInt64($0)) }
        for index in phones.indices { try bench.settle(&phones[index]) }
        let desks: [Role] = [.office, .dispatcher, .finance, .customerService]
        var snapshots = Array(repeating: try bench.vector(stop), count: desks.count)
        for _ in 0..<40 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0...5:
                let desk = Int.random(in: desks.indices, using: &random)
                if Int.random(in: 0..<3, using: &random) > 0 {
                    snapshots[desk] = try bench.vector(stop)
                }
                let credential = Credential(
                    person: Identifier("desk-\(desk)"), depot: Bench.depot, role: desks[desk])
                let (field, value) = Self.value(&random)
                try bench.edit(stop, [field: value], seen: snapshots[desk], as: credential)
            case 6...7:
                let index = Int.random(in: phones.indices, using: &random)
                try phones[index].tap(stop, Self.fact(&random))
            default:
                let index = Int.random(in: phones.indices, using: &random)
                try bench.sync(&phones[index])
            }
            try Self.compare(bench, stop, seed)
        }
    }

    private static func compare(_ bench: Bench, _ stop: EntityID, _ seed: UInt64) throws {
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        let opened = Set(
            state.facts.values.compactMap { record -> ReviewFinding? in
                guard case .reviewOpened(let review) = record.fact else { return nil }
                return ReviewFinding(review.kind, on: stop, review.sides)
            })
        let shown = Set(ReviewRules.findings(in: state, past: try bench.past(stop)))
        try #require(opened == shown, "seed \(seed)")
    }

    private static func value(
        _ random: inout SeededGenerator
    ) -> (PlanField, PlanValue) {
        let isOn = Bool.random(using: &random)
        let choices: [(PlanField, PlanValue)] = [
            (.payment, .name(isOn ? PaymentMethod.monthly.code : PaymentMethod.transfer.code)),
            (.price, .money(Money.dollars(isOn ? 500 : 700) ?? .zero)),
            (.creditHold, .flag(isOn)), (.cancelled, .flag(isOn)),
            (.driver, .name(isOn ? "drv-1" : "drv-2")),
            (.route, .entity(EntityID(.route, Bits128(high: 0x52, low: isOn ? 1 : 2)))),
            (.items, .quantities([.kg20: isOn ? 1 : 3])),
            (.holds, .quantities([.kg20: isOn ? 1 : 5])),
            (.phone, .text(isOn ? "089-1" : "089-2")), (.officeNote, .text("\(isOn)")),
        ]
        return choices[Int.random(in: choices.indices, using: &random)]
    }

    private static func fact(_ random: inout SeededGenerator) -> Fact {
        switch Int.random(in: 0..<4, using: &random) {
        case 0: .arrival
        case 1: .cashReceived(CashReceipt(Money.dollars(600) ?? .zero))
        default:
            .handedOver(
                HandedOver(
                    Handover(delivered: [.kg20: .random(in: 1...2, using: &random)]), attempt: 1,
                    quoted: Money.dollars(500)))
        }
    }
}
