import LuckyCausality
import LuckyHub
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport

/// What a day came to: no times and no names, so that two runs of one day compare.
struct Outcome: Hashable {
    var stop: Stop
    var isHidden: Bool
    /// Field by field, how many values stand side by side.
    var siblings: [PlanField: Int]
    var facts: Int
    /// The rule's word of each review, sorted.
    var reviews: [String]
}

extension Engine {
    /// What must hold once all is settled, whatever went wrong on the way.
    func checkLaws() throws -> Outcome {
        guard let state = try hub.read({ try $0.state(stop) }) else {
            throw BrokenLaw(description: "the hub lost the stop")
        }
        let facts = state.facts.values.filter { $0.fact?.isDoorstep == true }.map(\.ref)
        try hold(
            Set(facts.map(\.change)) == Set(saved), "saved \(saved), at the hub \(facts)")
        try hold(
            state.fields.values.allSatisfy(\.cover.isEmpty), "a context beyond what the hub has")
        for phone in phones { try check(phone) }
        return try outcome(of: state)
    }

    private func outcome(of state: EntityState) throws -> Outcome {
        var opened: [ChangeID: ReviewKind] = [:]
        for (ref, recorded) in state.facts {
            if case .reviewOpened(let review) = recorded.fact { opened[ref.change] = review.kind }
        }
        for finding in ReviewRules.findings(in: state) {
            try hold(opened[finding.id] == finding.kind, "\(finding.kind) without its review")
        }
        var stop = state.stop
        (stop.arrivedAt, stop.closedAt) = (nil, nil)
        stop.id = EntityID(.stop, Bits128(high: 0, low: 0))
        return Outcome(
            stop: stop, isHidden: state.isHidden,
            siblings: state.fields.mapValues(\.siblings.count),
            facts: state.facts.values.filter { $0.fact?.isDoorstep == true }.count,
            reviews: opened.values.map(\.rawValue).sorted())
    }

    private func check(_ phone: EnginePhone) throws {
        let position = try phone.store.position()
        let who = "\(phone.driver)"
        try hold(position.pendingCount == 0, "\(who): \(position.pendingCount) pending")
        try hold(position.quarantinedCount == 0, "\(who): quarantined")
        try hold(position.parkedCount == 0 && position.recovery == nil, "\(who): \(position)")
        try hold(phone.machine.isResting, "\(who): not at rest")
        let (scope, digest) = try hub.read {
            (try $0.scope(of: phone.driver), try $0.scopeDigest(of: phone.driver).digest)
        }
        try hold(try phone.store.scopeDigest().digest == digest, "\(who): another digest")
        for entity in scope {
            let there = try hub.read { try $0.state(entity) }
            try hold(try phone.store.state(of: entity) == there, "\(who): another \(entity)")
        }
    }

    /// What takes longer: every row of every phone follows from the bytes.
    func checkRows() throws {
        for phone in phones {
            let differences = try phone.store.verifyRows()
            try hold(differences == [], "\(phone.driver): \(differences)")
        }
    }
}
