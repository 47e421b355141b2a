import Foundation
import LuckyCausality
import LuckyModel
import SwiftProtobuf
import TestSupport
import Testing

@testable import LuckyWire

/// What every answer has in it is written as the generated code writes it.
@Suite struct PlainAnswersTests {
    @Test func anAnswerIsWrittenAsTheGeneratedCodeWritesIt() throws {
        try Budget.current("wire").run { random in
            var answer = SyncResponse.Answer(
                history: Self.id(&random), depot: Self.name(&random),
                nonce: Self.number(&random), hubTime: Int64(Self.number(&random) >> 1),
                head: Self.head(&random),
                direction: [
                    .carryOn, .sendFrom(Self.number(&random)), .fork(lastCommon: 0),
                    .fork(lastCommon: Self.number(&random)), .rebaselineNeeded,
                ].randomElement(using: &random) ?? .carryOn,
                ruleVersion: .random(in: 0...300, using: &random))
            answer.standing = random.bytes(.random(in: 0...200, using: &random))
            answer.readsPacked = Bool.random(using: &random)
            try #require(answer.plainBytes() == serialized(PBAnswer(answer)))
        }
    }

    @Test func aReceiptIsWrittenAsTheGeneratedCodeWritesIt() throws {
        try Budget.current("wire").run { random in
            let first = Self.number(&random)
            let receipt = Receipt(
                history: Self.id(&random), replica: Self.replica(&random),
                counters: first...first + UInt64.random(in: 0...300, using: &random),
                hash: .sha256(random.bytes(8)),
                result: [
                    .accepted, .already(Dot(Self.replica(&random), Self.number(&random))),
                    .quarantined("未知"), .quarantined(""),
                ].randomElement(using: &random) ?? .accepted,
                sequences: (0..<Int.random(in: 0...3, using: &random)).map { _ in
                    .init(depot: Self.name(&random), sequence: Self.number(&random))
                },
                receivedAt: Int64(Self.number(&random) >> 1), backupMark: Self.number(&random))
            try #require(receipt.plainBytes() == serialized(PBReceipt(receipt)))
        }
    }

    @Test func aPagesEndsAreWrittenAsTheGeneratedCodeWritesThem() throws {
        try Budget.current("wire").run { random in
            var page = Page(
                history: Self.id(&random), replica: Self.replica(&random),
                from: Bool.random(using: &random) ? Self.checkpoint(&random) : nil,
                parts: Bool.random(using: &random) ? Fixture.page().parts : [],
                checkpoint: Self.checkpoint(&random), hasMore: Bool.random(using: &random),
                resume: random.bytes(.random(in: 0...150, using: &random)))
            if Bool.random(using: &random) {
                page.scopeDigest = .sha256(random.bytes(8))
                page.scopeEntities = .random(in: 0...1000, using: &random)
            }
            try #require(page.plainStart() == serialized(PBPageStart(page)))
            try #require(page.plainEnd() == serialized(PBPageEnd(page)))
        }
    }

    private static func number(_ random: inout SeededGenerator) -> UInt64 {
        let width = UInt64.random(in: 0...52, using: &random)
        return UInt64.random(in: 0...1 << width, using: &random)
    }

    private static func id<Purpose>(_ random: inout SeededGenerator) -> Bits128<Purpose> {
        Bits128(high: random.next(), low: random.next())
    }

    private static func replica(_ random: inout SeededGenerator) -> ReplicaID {
        ReplicaID(install: random.next(), epoch: UInt32(truncatingIfNeeded: random.next()))
    }

    private static func name(_ random: inout SeededGenerator) -> Identifier {
        Identifier(utf8: random.bytes(.random(in: 0...160, using: &random)))
    }

    private static func head(_ random: inout SeededGenerator) -> ChainHead? {
        guard Bool.random(using: &random) else { return nil }
        return ChainHead(counter: number(&random), hash: .sha256(random.bytes(8)))
    }

    private static func checkpoint(_ random: inout SeededGenerator) -> Checkpoint {
        Checkpoint(
            history: id(&random), depot: name(&random), sequence: number(&random),
            tag: number(&random))
    }
}

extension PBAnswer {
    fileprivate init(_ answer: SyncResponse.Answer) {
        self.init()
        `protocol` = SyncProtocol.version
        ruleVersion = UInt32(clamping: answer.ruleVersion)
        history = Data(answer.history.bytes)
        depot = Data(answer.depot.utf8)
        nonce = answer.nonce
        hubTimeMs = answer.hubTime
        if let head = answer.head {
            headCounter = head.counter
            headHash = Data(head.hash.bytes)
        }
        switch answer.direction {
        case .carryOn: carryOn = PBCarryOn()
        case .sendFrom(let counter): sendFrom.counter = counter
        case .fork(let lastCommon): fork.lastCommonCounter = lastCommon
        case .rebaselineNeeded: rebaselineNeeded = PBRebaselineNeeded()
        }
        standing = Data(answer.standing)
        if answer.readsPacked { readsPacked = [UInt32(PackedChangesets.format)] }
    }
}

extension PBPageStart {
    fileprivate init(_ page: Page) {
        self.init()
        history = Data(page.history.bytes)
        replica = Data(page.replica.bytes)
        if let from = page.from { self.from = PBCheckpoint(from) }
    }
}

extension PBPageEnd {
    fileprivate init(_ page: Page) {
        self.init()
        checkpoint = PBCheckpoint(page.checkpoint)
        entities = UInt32(clamping: page.parts.count)
        changes = UInt32(clamping: page.changeCount)
        hasMore_p = page.hasMore
        if let digest = page.scopeDigest { scopeDigest = Data(digest.bytes) }
        scopeEntities = UInt32(clamping: page.scopeEntities)
        resume = Data(page.resume)
    }
}
