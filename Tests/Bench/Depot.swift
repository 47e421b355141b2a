import LuckyCausality
import LuckyModel
import LuckyStore
import LuckyWire

/// A depot on paper: stops of the real day, told in pages as a hub tells them.
struct Depot {
    static let name: Identifier = "TTT"
    static let driver: Identifier = "drv-01"
    /// Unix milliseconds: the morning of the first day.
    static let now: Int64 = 1_795_309_200_000
    static let history = HistoryID(high: 0x7A, low: 1)
    private static let replica = ReplicaID.hub(depot: name, history: history)

    let day: TaitungDay
    let perRoute: Int
    /// Whose facts stops have besides the plan; nil: none have any.
    var writers: Writers?
    private var random = SplitMix(state: 11)
    private var sequence: UInt64 = 0
    private var ids = ChangeIDs(random: (0x0FF1, 2))

    init(_ day: TaitungDay, perRoute: Int, writers: Writers? = nil) {
        self.day = day
        self.perRoute = perRoute
        self.writers = writers
    }

    /// Ids spread over the tree, as hashes do.
    static func stop(_ number: Int) -> EntityID {
        let spread = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
        return EntityID(.stop, Bits128(high: spread, low: UInt64(number)))
    }

    static func route(_ number: Int) -> EntityID {
        EntityID(.route, Bits128(high: 0xA0, low: UInt64(number)))
    }

    /// One day a route.
    static func date(ofRoute number: Int) -> CivilDate? {
        CivilDate(taipeiDayAt: now + Int64(number) * 86_400_000)
    }

    /// What the office plans for a stop.
    func plan(ofStop number: Int, for driver: Identifier) -> [(PlanField, PlanValue)] {
        let row = day.row(number)
        let route = number / perRoute
        let note: [(PlanField, PlanValue)] =
            row.note.isEmpty ? [] : [(.officeNote, .text(row.note))]
        return note + [
            (.code, .name(Identifier("S\(number)"))), (.driver, .name(driver)),
            (.route, .entity(Self.route(route))),
            (.sequence, .integer(Int64(number % perRoute + 1))),
            (.items, .quantities([.kg20: 1 + number % 3])),
            (.price, Money(cents: row.price).map(PlanValue.money) ?? .none),
            (.payment, .name("cash")),
            (.date, .integer(Int64(Self.date(ofRoute: route)?.yyyymmdd ?? 0))),
            (.customerName, .text(row.customer)), (.phone, .text(row.phone)),
            (.address, .text(row.address)),
        ]
    }

    func plan(ofRoute number: Int) -> [(PlanField, PlanValue)] {
        [
            (.code, .name(Identifier("R\(number)"))), (.driver, .name(Self.driver)),
            (.date, .integer(Int64(Self.date(ofRoute: number)?.yyyymmdd ?? 0))),
        ]
    }

    /// One more office edit, as a page brings it.
    /// - Parameters:
    ///   - facts: so many come with it, each by the next of the writers …
    ///   - areApart: … of whom none knows what the others wrote.
    mutating func part(
        _ id: EntityID, _ fields: [(PlanField, PlanValue)], enters: Bool, facts: Int = 0,
        areApart: Bool = false
    ) throws -> EntityPart {
        sequence += 1
        let dot = Dot(Self.replica, sequence)
        guard let change = ids.next() else { throw BenchError("out of change ids") }
        let stamp = Stamp(
            author: "desk", role: .office, relation: .inScope,
            hlc: HLC(milliseconds: Self.now, logical: 0), writtenAt: Self.now,
            receivedAt: Self.now)
        var parts: [EntityPart.FieldPart] = []
        for (index, (field, value)) in fields.sorted(by: { $0.0 < $1.0 }).enumerated() {
            let encoded = ChangeCodec.encode(Change(id, .plan(field, value))) { random.salt() }
            let sibling = PageChange(
                ref: FactRef(change: change, index: index), dot: dot, encoded: encoded,
                stamp: stamp, context: VersionVector())
            parts.append(
                EntityPart.FieldPart(field: field, cover: VersionVector(), siblings: [sibling]))
        }
        var vector = writers?.vectors[id] ?? VersionVector()
        vector.add(dot)
        let plan = vector
        var records: [PageChange] = []
        for _ in 0..<facts {
            records.append(try fact(on: id, seen: areApart ? plan : vector))
            records.last.map { vector.add($0.dot) }
        }
        writers?.vectors[id] = vector
        return EntityPart(
            entity: id, membership: enters ? .enters : .stays, vector: vector, fields: parts,
            facts: records)
    }

    /// A reading by the next of the writers.
    private mutating func fact(on id: EntityID, seen: VersionVector) throws -> PageChange {
        guard let dot = writers?.turn(), let change = ids.next() else {
            throw BenchError("nobody writes")
        }
        sequence += 1
        let product = Product(Identifier("w\(sequence)"))
        let reading = MeterReading(milli: Int64(sequence), product: product)
        return PageChange(
            ref: FactRef(change: change, index: 0), dot: dot,
            encoded: ChangeCodec.encode(Change(id, .fact(.meterRead(reading)))) { random.salt() },
            stamp: Stamp(
                author: Self.driver, role: .driver, relation: .inScope,
                hlc: HLC(milliseconds: Self.now, logical: 0), writtenAt: Self.now,
                receivedAt: Self.now),
            context: seen)
    }

    /// Where a page ends now.
    var checkpoint: Checkpoint {
        Checkpoint(
            history: Self.history, depot: Self.name, sequence: sequence, tag: ~(sequence &* 77))
    }

    /// Goes on where another told a store so far.
    mutating func skip(to sequence: UInt64) { self.sequence = sequence }

    /// Pages until all these stops and their routes are on the device.
    mutating func tell(_ store: ReplicaStore, stops: Range<Int>) throws {
        try store.adopt(history: Self.history, depot: Self.name)
        let routes = stops.lowerBound / perRoute...(stops.upperBound - 1) / perRoute
        var parts: [EntityPart] = []
        for number in routes {
            parts.append(try part(Self.route(number), plan(ofRoute: number), enters: true))
        }
        for number in stops {
            let fields = plan(ofStop: number, for: Self.driver)
            parts.append(
                try part(
                    Self.stop(number), fields, enters: true, facts: writers?.factsPerStop ?? 0))
            if parts.count >= Bounds.entitiesPerPage {
                try send(parts, to: store, hasMore: true)
                parts = []
            }
        }
        try send(parts, to: store, hasMore: false)
    }

    private func send(
        _ parts: [EntityPart], to store: ReplicaStore, hasMore: Bool
    ) throws {
        let page = Page(
            history: Self.history, replica: store.identity.replica,
            from: try store.position().checkpoint, parts: parts.sorted { $0.entity < $1.entity },
            checkpoint: checkpoint, hasMore: hasMore)
        guard case .applied(_, 0) = try store.apply(page: page, hubTime: Self.now) else {
            throw BenchError("a page was not applied")
        }
    }

    /// A new replica in a folder, which no page has told anything.
    /// - Parameter marks: the folder of what tells it from a copy; nil: the same.
    mutating func makeEmptyStore(in folder: String, marks: String? = nil) throws -> String {
        let path = folder + "/replica.sqlite"
        try ReplicaStore.create(
            at: path, identity: NewReplica(driver: Self.driver, depot: Self.name, using: &random),
            marks: marks ?? folder)
        return path
    }

    /// A new replica in a folder, with these stops.
    mutating func makeStore(
        in folder: String, marks: String? = nil, stops: Range<Int>
    ) throws -> String {
        let marks = marks ?? folder
        let path = try makeEmptyStore(in: folder, marks: marks)
        let store = try ReplicaStore.open(
            at: path, as: Self.driver, leaseWaitMilliseconds: 2_000, marks: marks)
        defer { store.close() }
        try tell(store, stops: stops)
        return path
    }
}

/// The same numbers in each run.
struct SplitMix: RandomNumberGenerator, Sendable {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func salt() -> [UInt8] { (0..<16).map { _ in UInt8(truncatingIfNeeded: next()) } }
}
