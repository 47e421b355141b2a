public import LuckyModel

/// A stop's meter readings, with whose meter each may be and of which days.
public struct MeterVisit: Hashable, Sendable {
    /// The stop.
    public var stop: EntityID
    /// Every customer whose stop it was for one of the readings, sorted.
    public var customers: [EntityID]
    /// Every business day for which it was planned then, as the number 20260131, sorted.
    public var days: [Int32]
    /// In the order in which each replica took them.
    let readings: [Reading]

    struct Reading: Hashable, Sendable {
        var ref: FactRef
        /// Whose taps come in order: a replica's, or, of what quarantine held up, its own.
        var source: Source
        var value: MeterReading
        var customers: Set<EntityID>
        var days: Set<Int32>
    }

    enum Source: Hashable, Sendable {
        case replica(ReplicaID)
        case alone(FactRef)
    }

    /// - Parameters:
    ///   - state: a stop's.
    ///   - past: its plan values that were written over, in any order.
    public init(_ state: EntityState, past: [Recorded]) {
        stop = state.id
        let search = ReviewSearch(state, past: past, RuleTable(fields: [], facts: []))
        // What the driver says of a stop that no plan has.
        let added = search.facts.compactMap { record -> Int32? in
            guard case .stopAdded(let stop) = record.fact else { return nil }
            return stop.date?.yyyymmdd
        }
        readings = search.facts.compactMap { record in
            guard case .meterRead(let value) = record.fact else { return nil }
            func values(_ field: PlanField) -> [PlanValue] {
                search.writes(field).filter { search.stands($0, for: record) }
                    .compactMap { $0.plan?.value }
            }
            let isInOrder = record.writtenAs == nil && record.witnessedBy == nil
            return Reading(
                ref: record.ref,
                source: isInOrder ? .replica(record.dot.replica) : .alone(record.ref),
                value: value, customers: Set(values(.customer).compactMap(\.entity)),
                days: Set(values(.date).compactMap(\.integer).compactMap(Int32.init(exactly:)))
                    .union(added))
        }
        customers = Set(readings.flatMap(\.customers)).sorted()
        days = Set(readings.flatMap(\.days)).sorted()
    }
}

/// Which customers are or were one: what the plan says, or ever said, of merges.
public struct CustomerMerges: Hashable, Sendable {
    private var into: [EntityID: Set<EntityID>] = [:]
    private var from: [EntityID: Set<EntityID>] = [:]

    /// Nobody was merged.
    public init() {}

    /// The stops of one customer were said to be another's.
    public mutating func add(_ customer: EntityID, into other: EntityID) {
        into[customer, default: []].insert(other)
        from[other, default: []].insert(customer)
    }

    /// Everybody who may be meant by one of these customers, sorted: those into whom they were
    /// merged, directly or not, and all others who were.
    public func all(with customers: [EntityID]) -> [EntityID] {
        reach(reach(Set(customers), into), from).sorted()
    }

    /// Whether two sets of customers have one in common, by whatever name.
    func areOne(_ a: Set<EntityID>, _ b: Set<EntityID>) -> Bool {
        !reach(a, into).isDisjoint(with: reach(b, into))
    }

    private func reach(
        _ start: Set<EntityID>, _ steps: [EntityID: Set<EntityID>]
    ) -> Set<EntityID> {
        if steps.isEmpty { return start }
        var (known, next) = (start, start)
        while !next.isEmpty {
            let found = next.reduce(into: Set<EntityID>()) { $0.formUnion(steps[$1] ?? []) }
            next = found.subtracting(known)
            known.formUnion(next)
        }
        return known
    }
}

extension ReviewRules {
    /// Contradictions between two stops that one customer has on one business day: a meter that was
    /// read at both and differs.
    ///
    /// Of many that differ, each reading is held against the first at the other stop, of each
    /// replica there, that says something else, and only where that one's first is this one too:
    /// taps of a replica come in order, so that the pair is the same everywhere. What else differs
    /// there differs at one stop too, where ``ReviewKind/meterTwice`` compares all. So two visits
    /// that contradict each other have a review, and 64 readings at each have a few, not 4,096.
    ///
    /// Whose stop it was, and for which day, goes by the plan that each driver had heard of, and
    /// what the office made of it later. Empties are not summed over stops: what the customer held
    /// at each is only what the office knew when it planned it, and a sum against that would come
    /// out another way in another order.
    public static func findings(
        between a: MeterVisit, and b: MeterVisit, merges: CustomerMerges = CustomerMerges(),
        rules: RuleTable = .standard
    ) -> [ReviewFinding] {
        guard a.stop != b.stop, rules[.meterRead].opensElsewhere(.meterTwice) else { return [] }
        func contradict(_ mine: MeterVisit.Reading, _ other: MeterVisit.Reading) -> Bool {
            mine.value.contradicts(other.value) && !mine.days.isDisjoint(with: other.days)
                && merges.areOne(mine.customers, other.customers)
        }
        func firsts(
            _ mine: MeterVisit.Reading, in others: [MeterVisit.Reading]
        ) -> [MeterVisit.Reading] {
            var seen: Set<MeterVisit.Source> = []
            return others.filter { contradict(mine, $0) && seen.insert($0.source).inserted }
        }
        var found: Set<ReviewFinding> = []
        for mine in a.readings {
            for other in firsts(mine, in: b.readings)
            where firsts(other, in: a.readings).contains(where: { $0.ref == mine.ref }) {
                found.insert(between(.meterTwice, mine.ref, a.stop, other.ref, b.stop))
            }
        }
        return found.sorted { $0.sides.lexicographicallyPrecedes($1.sides) }
    }

    /// A contradiction of two changes at two entities. It sits on that of the lesser change.
    static func between(
        _ kind: ReviewKind, _ mine: FactRef, _ stop: EntityID, _ other: FactRef,
        _ another: EntityID
    ) -> ReviewFinding {
        let isMineFirst = mine < other
        return ReviewFinding(
            kind, on: isMineFirst ? stop : another, others: [isMineFirst ? another : stop],
            [mine, other])
    }
}

extension FactRule {
    /// Whether the like of it at another entity opens this review.
    func opensElsewhere(_ review: ReviewKind) -> Bool {
        contradicts.contains { [.elsewhere, .customer].contains($0.against) && $0.opens == review }
    }
}

extension MeterReading {
    /// Whether it is of the same meter, and says something else.
    fileprivate func contradicts(_ other: MeterReading) -> Bool {
        product == other.product && milli != other.milli
    }
}
