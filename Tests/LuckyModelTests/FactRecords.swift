import LuckyModel

/// A stop's facts for these tests: the n-th written has change id n and was written at n.
struct Story {
    private(set) var records: [FactRecord] = []

    @discardableResult
    mutating func add(_ fact: Fact, by author: Identifier = "amy") -> FactRef {
        let number = records.count + 1
        let ref = FactRef(change: ChangeID(high: 0, low: UInt64(number)), index: 0)
        records.append(
            FactRecord(
                ref: ref, fact: fact, author: author, role: .driver, relation: .inScope,
                writtenAt: Int64(number), receivedAt: nil))
        return ref
    }

    @discardableResult
    mutating func correct(
        _ original: FactRef, seen: [FactRef] = [], to value: Correction.Replacement
    ) -> FactRef {
        add(.corrected(Correction(of: original, seen: seen, to: value)))
    }

    func stop(_ plan: [PlanField: PlanValue] = [.items: .quantities([.kg20: 2])]) -> Stop {
        Stop(
            id: EntityID(.stop, Bits128(high: 0, low: 1)), plan: { plan[$0] ?? .none },
            facts: records)
    }
}

extension Fact {
    static func delivery(_ delivered: Quantities, collected: Quantities = [:]) -> Fact {
        .handedOver(HandedOver(Handover(delivered: delivered, collected: collected), attempt: 1))
    }
    static func cash(_ dollars: Int64) -> Fact {
        .cashReceived(CashReceipt(Money.dollars(dollars) ?? .zero))
    }
    static func arrival(_ attempt: Int = 1) -> Fact { .arrived(Arrival(attempt: attempt)) }
    static func absent(_ attempt: Int = 1) -> Fact { .failed(Failure(.absent, attempt: attempt)) }
}
