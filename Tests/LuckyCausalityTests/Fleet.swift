import LuckyCausality
import LuckyModel

/// A few replicas of one stop, and beside them what each one *should* hold, computed from nothing
/// but the set of changesets it has been given: no merging, no order.
struct Fleet {
    struct Written: Hashable {
        var dot: Dot
        var context: VersionVector
        var changes: [Recorded]
    }

    private(set) var replicas: [ReplicaID]
    private(set) var states: [EntityState]
    /// The changesets that each replica was given whole.
    private(set) var known: [Set<Dot>]
    /// The facts that each replica was given ahead of their changesets' vector.
    private(set) var ahead: [Set<FactRef>]
    private(set) var log: [Dot: Written] = [:]
    /// What happened, to be printed when something is wrong.
    private(set) var trace: [String] = []
    private var epochs: UInt32 = 1

    init(count: Int) {
        replicas = (0..<count).map { ReplicaID(install: UInt64(0xA + $0), epoch: 1) }
        states = Array(repeating: EntityState(id: .stop), count: count)
        known = Array(repeating: [], count: count)
        ahead = Array(repeating: [], count: count)
    }

    /// A changeset written at a replica.
    /// - Parameters:
    ///   - context: what the person saw; all that is there, unless a screen was left open.
    ///   - stamp: nil: the office's, later than all before.
    mutating func write(
        at index: Int, _ bodies: [Change.Body], context: VersionVector? = nil,
        stamp: Stamp? = nil
    ) {
        let replica = replicas[index]
        let counter = known[index].filter { $0.replica == replica }.count + 1
        let dot = Dot(replica, UInt64(counter))
        let context = context ?? states[index].vector
        let hlc = Int64(log.count)
        let stamp =
            stamp ?? .by(Identifier("person \(index)"), .office, hlc: hlc, received: hlc)
        let name = ChangeID(high: replica.install << 32 | UInt64(replica.epoch), low: dot.counter)
        let changes = bodies.enumerated().map {
            Recorded(dot, $1, seen: context, stamp, index: $0, change: name)
        }
        log[dot] = Written(dot: dot, context: context, changes: changes)
        trace.append("write at \(index): \(dot) saw \(context.entries.map { "\($0)" })")
        apply(dot, at: index)
    }

    /// What another replica holds, whole.
    mutating func merge(into index: Int, from other: Int) {
        trace.append("merge into \(index) from \(other)")
        states[index].merge(states[other])
        known[index].formUnion(known[other])
        ahead[index].formUnion(ahead[other])
    }

    /// Only what the other replica's vector has and this one's has not: what a page carries.
    /// - Parameter since: changesets that this replica surely has; nil: all that it has.
    mutating func mergeDelta(into index: Int, from other: Int, since: Set<Dot>? = nil) {
        trace.append("delta into \(index) from \(other)")
        states[index].merge(delta(from: other, since: since ?? known[index]))
        known[index].formUnion(known[other])
    }

    private func delta(from other: Int, since: Set<Dot>) -> EntityState {
        let news = known[other].subtracting(since).compactMap { log[$0] }
        let source = states[other]
        var delta = EntityState(id: .stop, vector: source.vector)
        for change in news.flatMap(\.changes) {
            switch change.body {
            case .plan(let field, _): delta.fields[field] = source.fields[field]
            case .fact:
                if let fact = source.facts[change.ref] { delta.put(fact) }
            }
        }
        return delta
    }

    /// Some facts of a delta, without its vector: the first pages of an entity too big for one.
    mutating func sendFactsAhead(into index: Int, from other: Int, _ keeps: (Int) -> Bool) {
        trace.append("facts ahead into \(index) from \(other)")
        let facts = delta(from: other, since: known[index]).facts.sorted { $0.key < $1.key }
        let kept = facts.enumerated().filter { keeps($0.offset) }.map(\.element)
        states[index].merge(
            EntityState(id: .stop, facts: Dictionary(uniqueKeysWithValues: kept)))
        ahead[index].formUnion(kept.map(\.key))
    }

    /// The next changeset of some replica that this one has not been given, from the log.
    /// - Parameter pick: which, modulo how many there are.
    mutating func applyNext(at index: Int, pick: Int) {
        let next = log.keys.sorted().filter { dot in
            !known[index].contains(dot)
                && (dot.counter == 1 || known[index].contains(Dot(dot.replica, dot.counter - 1)))
        }
        guard !next.isEmpty else { return }
        let dot = next[pick % next.count]
        trace.append("apply \(dot) at \(index)")
        apply(dot, at: index)
    }

    /// From a backup: what was there, under a new replica id.
    mutating func restore(_ index: Int, from backup: Fleet) {
        trace.append("restore \(index)")
        states[index] = backup.states[index]
        known[index] = backup.known[index]
        ahead[index] = backup.ahead[index]
        epochs += 1
        replicas[index] = ReplicaID(install: replicas[index].install, epoch: epochs)
    }

    /// Takes over what others wrote, without merging any of it.
    mutating func take(_ log: [Dot: Written]) { self.log = log }

    private mutating func apply(_ dot: Dot, at index: Int) {
        guard let written = log[dot] else { return }
        states[index].apply(written.changes, dot: dot, context: written.context)
        known[index].insert(dot)
    }

    /// What a replica that was given these changesets must hold: of each field the writes that no
    /// other write of it had seen; every fact; nothing else.
    /// - Parameter ahead: facts that came without their changesets' vector.
    func expected(_ dots: Set<Dot>, ahead: Set<FactRef> = []) -> EntityState {
        var state = EntityState(id: .stop)
        for dot in dots { state.vector.add(dot) }
        var writes: [PlanField: [Recorded]] = [:]
        for change in dots.compactMap({ log[$0] }).flatMap(\.changes) {
            switch change.body {
            case .plan(let field, _): writes[field, default: []].append(change)
            case .fact: state.put(change)
            }
        }
        for (field, writes) in writes {
            let siblings = writes.filter { write in
                !writes.contains { $0.dot != write.dot && $0.context.covers(write.dot) }
            }
            var cover = VersionVector()
            for write in writes { cover.merge(write.context) }
            state.fields[field] = FieldState(siblings: siblings, cover: cover.beyond(state.vector))
        }
        guard !ahead.isEmpty else { return state }
        for change in log.values.flatMap(\.changes) where ahead.contains(change.ref) {
            state.put(change)
        }
        return state
    }

    /// The first replica that holds something else than it should; nil where all is well.
    func firstWrong(among indices: Range<Int>? = nil) -> String? {
        for index in indices ?? states.indices {
            let expected = expected(known[index], ahead: ahead[index])
            guard states[index] != expected else { continue }
            return """
                replica \(index) holds \(states[index])
                instead of \(expected)
                after \(trace.joined(separator: "\n"))
                """
        }
        return nil
    }

    /// All that any replica holds, merged in one order.
    func joined(_ order: [Int]) -> EntityState {
        var state = EntityState(id: .stop)
        for index in order { state.merge(states[index]) }
        return state
    }
}
