internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel

/// No effect before its cause: each replica's changes stand in the log in the order in which it made
/// them, and whoever holds a change holds what its writer had seen of the entity.
struct CausalityChecker: SwarmChecker {
    static let name = "order"

    /// Of the taps that the hub has, what each is on; nil: not looked up yet.
    private var touched: [Dot: EntityID]?

    mutating func observe(_ run: SwarmRun) throws -> [Phrase] {
        var found: [Phrase] = []
        touched = nil
        for device in run.living {
            for state in try run.view.device(device) {
                found += try check(state, run, on: Phrase(verbatim: device.name))
            }
        }
        for state in try run.view.hub(run) { found += try check(state, run, on: .nameHub) }
        return found
    }

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] {
        guard let hub = run.hub.hub else { return [] }
        var found = try observe(run)
        var places: [ReplicaID: [(counter: UInt64, sequence: UInt64)]] = [:]
        try hub.read { reader in
            for tap in run.ledger.taps {
                guard let info = try reader.changeInfo(tap.change) else { continue }
                places[info.dot.replica, default: []].append((info.dot.counter, info.sequence))
            }
        }
        for (replica, list) in places.sorted(by: { $0.key < $1.key }) {
            let sequences = list.sorted { $0.counter < $1.counter }.map(\.sequence)
            if sequences != sequences.sorted() || Set(sequences).count != sequences.count {
                found.append(.findLogOrder.with(["replica": "\(replica)"]))
            }
        }
        return found
    }

    private mutating func check(
        _ state: EntityState, _ run: SwarmRun, on name: Phrase
    ) throws -> [Phrase] {
        var found: [Phrase] = []
        for record in state.facts.values.sorted(by: { $0.ref < $1.ref }) {
            // What a hub lost that went back may be named as seen, and is not there.
            let missing = record.context.beyond(state.vector).beyond(run.lostAtHub).entries
                .map { Dot($0.replica, $0.counter) }
            guard !missing.isEmpty else { continue }
            let there = try touched ?? Self.touched(run)
            touched = there
            let seen = missing.filter { !Self.isCut($0, state, there) }
            guard !seen.isEmpty else { continue }
            found.append(
                .findUncaused.with([
                    "name": name, "change": Phrase(verbatim: record.ref.change.hex),
                    "seen": Phrase(verbatim: seen.map { "\($0)" }.joined(separator: ", ")),
                ]))
        }
        return found
    }

    /// Whether a context names the last dot before two copies parted, to which it was cut (L19). What
    /// its writer had seen here of that name was issued again; up to there nothing of it is here. A
    /// context that was not cut names a dot of its own entity.
    private static func isCut(
        _ dot: Dot, _ state: EntityState, _ touched: [Dot: EntityID]
    ) -> Bool {
        guard let entity = touched[dot], entity != state.id else { return false }
        return !touched.contains { other, entity in
            entity == state.id && other.replica == dot.replica && other.counter <= dot.counter
                && !state.vector.covers(other)
        }
    }

    private static func touched(_ run: SwarmRun) throws -> [Dot: EntityID] {
        guard let hub = run.hub.hub else { return [:] }
        return try hub.read { reader in
            var touched: [Dot: EntityID] = [:]
            for tap in run.ledger.taps {
                guard let info = try reader.changeInfo(tap.change) else { continue }
                touched[info.dot] = tap.entity
            }
            return touched
        }
    }
}
