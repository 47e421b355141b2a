internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel

/// Cash and cylinders are conserved: what the hub has of each driver is never more than was tapped,
/// never less than was received, and at the end exactly that.
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

        func isWithin(_ other: Sums) -> Bool {
            cents <= other.cents && delivered <= other.delivered && collected <= other.collected
        }
    }

    mutating func observe(_ run: SwarmRun) throws -> [String] { try check(run, isOver: false) }

    mutating func conclude(_ run: SwarmRun) throws -> [String] { try check(run, isOver: true) }

    private func check(_ run: SwarmRun, isOver: Bool) throws -> [String] {
        guard let hub = run.hub.hub else { return [] }
        var there: [Identifier: Sums] = [:]
        let quarantined = try hub.read { reader in
            for entity in try reader.entities(.stop) {
                for record in try reader.state(entity)?.facts.values.map({ $0 }) ?? []
                where record.stamp.role == .driver {
                    if let fact = record.fact {
                        there[record.stamp.author, default: Sums()].add(fact)
                    }
                }
            }
            return Set(try reader.quarantined().compactMap(\.change))
        }
        var least: [Identifier: Sums] = [:]
        var most: [Identifier: Sums] = [:]
        for tap in run.ledger.taps {
            let isMust = tap.state == .acknowledged && !tap.isExcused
            let isThere = isOver ? isMust : isMust && tap.isReceived && !run.hubWentBack
            // Tried twice with other words: either may be there.
            guard tap.versions.count <= 1 else { return [] }
            for fact in tap.versions.first ?? [] where tap.state != .refused {
                most[tap.driver, default: Sums()].add(fact)
                if isThere, !quarantined.contains(tap.change) {
                    least[tap.driver, default: Sums()].add(fact)
                }
            }
        }
        return Set(there.keys).union(least.keys).sorted().compactMap { driver in
            let sums = there[driver] ?? Sums()
            let (low, high) = (least[driver] ?? Sums(), most[driver] ?? Sums())
            guard !low.isWithin(sums) || !sums.isWithin(high) else { return nil }
            return "of \(driver) the hub has \(sums), and \(low) to \(high) was tapped"
        }
    }
}
