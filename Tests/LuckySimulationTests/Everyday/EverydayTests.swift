import Foundation
import LuckyDriver
import LuckyModel
import Testing

@testable import LuckyStore

/// What the everyday verbs are computed from.
struct EverydayTests {
    private static func stop(
        _ number: Int, _ ordered: Quantities, _ facts: [Fact] = [], customer: String = "王小姐",
        isCancelled: Bool = false
    ) -> StoredStop {
        let id = EntityID(.stop, madeBy: ChangeID(high: 0, low: UInt64(number)))
        let records = facts.enumerated().map { index, fact in
            FactRecord(
                ref: FactRef(change: ChangeID(high: 1, low: UInt64(number)), index: index),
                fact: fact, author: "drv-01", role: .driver,
                relation: .inScope, writtenAt: 0, receivedAt: nil)
        }
        let stop = Stop(
            id: id,
            plan: { field in
                switch field {
                case .code: .name(Identifier("s\(number)"))
                case .sequence: .integer(Int64(number))
                case .items: .quantities(ordered)
                case .customerName: .text(customer)
                case .cancelled: .flag(isCancelled)
                default: .none
                }
            }, facts: records)
        return StoredStop(
            stop: stop, isHandedOver: false, unsent: 0, notAccepted: 0, needsUpdate: false,
            isUnconfirmed: false, reviews: [])
    }

    private static func route(_ stops: [StoredStop]) throws -> StoredRoute {
        StoredRoute(
            id: nil, code: "海線", driver: "drv-01",
            date: try #require(CivilDate(text: "2026-11-22")), stops: stops)
    }

    private static func handover(_ out: Quantities, _ back: Quantities) -> Fact {
        .handedOver(HandedOver(Handover(delivered: out, collected: back), attempt: 1))
    }

    @Test("The truck holds what was planned less what was handed over")
    func stock() throws {
        let stock = TruckStock([
            try Self.route([
                Self.stop(1, [.kg20: 2], [Self.handover([.kg20: 3], [.kg20: 2])]),
                Self.stop(2, [.kg20: 2, .kg16: 1]),
                Self.stop(3, [.kg20: 5], isCancelled: true),
            ])
        ])
        #expect(stock.lines.map(\.product) == [.kg20, .kg16])
        let first = try #require(stock.lines.first)
        let counts: [Int] = [
            first.planned, first.delivered, first.left, first.needed, first.empties,
        ]
        let expected: [Int] = [4, 3, 1, 2, 2]
        #expect(counts == expected)
        #expect(first.isShort)
        #expect(stock.lines.last?.isShort == false)
        #expect(TruckStock([]).lines == [])
    }

    @Test("A cell that could be run or could break the table is made harmless")
    func csv() throws {
        let text = DayExport.csv([
            try Self.route([
                Self.stop(1, [.kg20: 2], customer: "=HYPERLINK(\"x\")"),
                Self.stop(2, [:], customer: "王, 「小姐」\n樓下"),
            ])
        ])
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.count == 4)
        #expect(lines[0].split(separator: ",").count == DayExport.columns.count)
        #expect(lines[1].contains("\"'=HYPERLINK(\"\"x\"\")\""))
        #expect(lines[1].contains("20kg*2"))
        #expect(lines[2].contains("\"王, 「小姐」\n樓下\""))
    }
}
