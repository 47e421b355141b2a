internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel

/// Cash and cylinders are conserved: what the hub has of each driver is never more than was tapped,
/// never less than was received, and at the end exactly that; where a tap was tried twice with other
/// words, something between the two.
struct LedgerChecker: SwarmChecker {
    static let name = "ledger"

    /// What a driver recorded, corrections aside.
    private struct Sums: Equatable {
        var cents: Int64 = 0
        var delivered = 0
        var collected = 0

        mutating func add(_ fact: Fact) {
            switch fact {
            case .cashReceived(let receipt): cents += receipt.amount.cents
            case .handedOver(let value):
                delivered += value.handover.delivered.pairs.reduce(0) { $0 + $1.count }
                collected += value.handover.collected.pairs.reduce(0) { $0 + $1.count }
            default: break
            }
        }

        /// The lesser, or the greater, of each.
        func joined(_ other: Sums, _ pick: (Int64, Int64) -> Int64) -> Sums {
            Sums(
                cents: pick(cents, other.cents),
                delivered: Int(pick(Int64(delivered), Int64(other.delivered))),
                collected: Int(pick(Int64(collected), Int64(other.collected))))
        }

        static func of(_ facts: [Fact]) -> Sums {
            facts.reduce(into: Sums()) { $0.add($1) }
        }

        mutating func add(_ other: Sums) {
            cents += other.cents
            delivered += other.delivered
            collected += other.collected
        }

        func isWithin(_ other: Sums) -> Bool {
            cents <= other.cents && delivered <= other.delivered && collected <= other.collected
        }
    }

    mutating func observe(_ run: SwarmRun) throws -> [String] { try check(run, isOver: false) }

    mutating func conclude(_ run: SwarmRun) throws -> [String] { try check(run, isOver: true) }

    private func check(_ run: SwarmRun, isOver: Bool) throws -> [String] {
        guard let hub = run.hub.hub else { return [] }
        var there: [Identifier: Sums] = [:]
        for state in try run.view.hub(run) where state.id.kind == .stop {
            for record in state.facts.values where record.stamp.role == .driver {
                if let fact = record.fact {
                    there[record.stamp.author, default: Sums()].add(fact)
                }
            }
        }
        let quarantined = try hub.read { Set(try $0.quarantined().compactMap(\.change)) }
        var least: [Identifier: Sums] = [:]
        var most: [Identifier: Sums] = [:]
        for tap in run.ledger.taps {
            let isMust = tap.state == .acknowledged && !tap.isExcused
            let isThere = isOver ? isMust : isMust && tap.isReceived && !run.hubWentBack
            guard tap.state != .refused, let first = tap.versions.first.map(Sums.of) else {
                continue
            }
            // Tried twice with other words: either may be there.
            let rest = tap.versions.dropFirst().map(Sums.of)
            most[tap.driver, default: Sums()].add(rest.reduce(first) { $0.joined($1, max) })
            guard isThere, !quarantined.contains(tap.change) else { continue }
            least[tap.driver, default: Sums()].add(rest.reduce(first) { $0.joined($1, min) })
        }
        return Set(there.keys).union(least.keys).sorted().compactMap { driver in
            let sums = there[driver] ?? Sums()
            let (low, high) = (least[driver] ?? Sums(), most[driver] ?? Sums())
            guard !low.isWithin(sums) || !sums.isWithin(high) else { return nil }
            return "of \(driver) the hub has \(sums), and \(low) to \(high) was tapped"
        }
    }
}
