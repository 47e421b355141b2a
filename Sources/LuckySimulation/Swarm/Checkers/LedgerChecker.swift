internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore

/// Cash and cylinders are conserved: what the hub has of each driver is never more than was tapped,
/// never less than was received, and at the end exactly that; what a phone has, never more than was
/// tapped, and never less than was tapped on it. Where a tap was tried twice with other words,
/// something between the two.
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

    /// When it looked last.
    private var lastLook: Int64?
    /// How long it waits from one look to the next, milliseconds: it reads every stop of everybody.
    private static let interval: Int64 = 10 * 60_000

    mutating func observe(_ run: SwarmRun) throws -> [Phrase] { try check(run, isOver: false) }

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] { try check(run, isOver: true) }

    mutating func glance(_ run: SwarmRun) throws -> [Phrase] {
        if let lastLook, run.world.now < lastLook + Self.interval { return [] }
        lastLook = run.world.now
        run.view = SwarmView()
        return try check(run, isOver: false)
    }

    private func check(_ run: SwarmRun, isOver: Bool) throws -> [Phrase] {
        var found: [Phrase] = []
        if let hub = run.hub.hub {
            let quarantined = try hub.read { Set(try $0.quarantined().compactMap(\.change)) }
            let bounds = bounds(of: run.ledger.taps) { tap in
                let isThere = isOver || (tap.isReceived && !run.hubWentBack)
                return isThere && !tap.isExcused && !quarantined.contains(tap.change)
            }
            found += compare(try run.view.hub(run), with: bounds, .nameHub)
        }
        for device in run.living {
            guard let store = device.store, !device.disk.isDead else { continue }
            let states = try run.view.device(device)
            let refused = Set(
                try store.changesets(.quarantined, limit: 1_000_000).map(\.change))
            let held = Set(states.map(\.id))
            let own = Set(run.ledger.taps(on: device.name).map(\.change))
            let bounds = bounds(of: run.ledger.taps) { tap in
                own.contains(tap.change) && held.contains(tap.entity)
                    && !refused.contains(tap.change)
            }
            found += compare(states, with: bounds, Phrase(verbatim: device.name))
        }
        return found
    }

    /// By driver, what must be there at least, and at most.
    private typealias Bounds = (least: [Identifier: Sums], most: [Identifier: Sums])

    /// - Parameter isMust: whether an acknowledged tap must be there.
    private func bounds(
        of taps: [SwarmLedger.Tap], _ isMust: (SwarmLedger.Tap) -> Bool
    ) -> Bounds {
        var bounds: Bounds = ([:], [:])
        for tap in taps {
            guard tap.state != .refused, let first = tap.versions.first.map(Sums.of) else {
                continue
            }
            // Tried twice with other words: either may be there.
            let rest = tap.versions.dropFirst().map(Sums.of)
            bounds.most[tap.driver, default: Sums()].add(rest.reduce(first) { $0.joined($1, max) })
            guard tap.state == .acknowledged, isMust(tap) else { continue }
            bounds.least[tap.driver, default: Sums()].add(
                rest.reduce(first) { $0.joined($1, min) })
        }
        return bounds
    }

    private func compare(
        _ states: [EntityState], with bounds: Bounds, _ name: Phrase
    ) -> [Phrase] {
        var there: [Identifier: Sums] = [:]
        for state in states where state.id.kind == .stop {
            for record in state.facts.values where record.stamp.role == .driver {
                if let fact = record.fact {
                    there[record.stamp.author, default: Sums()].add(fact)
                }
            }
        }
        return Set(there.keys).union(bounds.least.keys).sorted().compactMap { driver in
            let sums = there[driver] ?? Sums()
            let (low, high) = (bounds.least[driver] ?? Sums(), bounds.most[driver] ?? Sums())
            guard !low.isWithin(sums) || !sums.isWithin(high) else { return nil }
            return .findLedger.with([
                "driver": Phrase(verbatim: "\(driver)"), "name": name,
                "sums": Phrase(verbatim: "\(sums)"), "low": Phrase(verbatim: "\(low)"),
                "high": Phrase(verbatim: "\(high)"),
            ])
        }
    }
}
