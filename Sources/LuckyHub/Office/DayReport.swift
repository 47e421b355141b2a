internal import LuckyCausality
internal import LuckyModel

/// What a day came to, per driver and product.
///
/// The plan's figures (`stops`, `ordered`) count for the driver whom the plan shows; what happened
/// (`delivered`, `collected`, cash) counts for the driver who recorded it, also on a stop that was
/// meant for somebody else: it is that truck's load and that person's cash.
public struct DayReportReply: Codable, Hashable, Sendable {
    /// The day, `yyyy-mm-dd`.
    public var date: String
    /// The depot of the token.
    public var depot: String
    /// The depot's log position that this is of.
    public var sequence: UInt64
    /// Sorted by driver.
    public var drivers: [Driver]
    /// The day's, from the stops themselves: the drivers' sums must give the same.
    public var total: Figures
    /// Every time on duty that began that day, by driver, then in the order begun: what should be in
    /// the box, what was counted, what was handed in.
    public var shifts: [Shift]
    /// The day's open reviews, by stop, then in the order opened.
    public var reviews: [ReviewListReply.Review]
    /// Stops whose records were perhaps not meant, by stop; absent from an older hub.
    public var odd: [Odd]?
    /// Attempts that failed that day at stops which the office gave another one since, in the order
    /// of time: such a stop's figures are those of the day where it stands now. Absent from an older
    /// hub.
    public var attempts: [Attempt]?

    /// A stop where less was paid than is due, or more handed over than was ordered.
    public struct Odd: Codable, Hashable, Sendable {
        /// Its code.
        public var stop: String
        /// Whose route it is on.
        public var driver: String
        /// ``LuckyModel/OddRecord``'s words.
        public var words: [String]
        /// The order's price, 1/100 NT$; absent where it has none.
        public var dueCents: Int64?
        /// What was taken, 1/100 NT$.
        public var paidCents: Int64
        /// Product to count.
        public var ordered: [String: Int]
        /// Product to count.
        public var delivered: [String: Int]
    }

    /// One driver's part of the day.
    public struct Driver: Codable, Hashable, Sendable {
        /// The driver's id.
        public var driver: String
        /// This driver's alone.
        public var figures: Figures
    }

    /// Sums of a day, over one driver or over all.
    public struct Figures: Codable, Hashable, Sendable {
        /// Every status with its count, also 0.
        public var stops: [Count]
        /// Sorted by product.
        public var products: [Product]
        /// 1/100 NT$.
        public var cashCents: Int64
        /// Residual gas weighed back (退氣), in grams.
        public var residualG: Int
        /// Stops with evidence that is still on a phone.
        public var proofPending: Int
        /// Facts whose writer's clock ran more than five minutes ahead of the hub's: kept and
        /// counted like all, their times are not to be trusted (L6).
        public var clockAhead: Int
        /// A sum left its range: these figures are too low.
        public var overflow: Bool
    }

    /// How many stops have one status.
    public struct Count: Codable, Hashable, Sendable {
        /// `pending`, `arrived`, `delivered`, `partially_delivered`, `failed` or `cancelled`.
        public var status: String
        /// Stops that have it, hidden ones left out.
        public var count: Int
    }

    /// Cylinders of one product.
    public struct Product: Codable, Hashable, Sendable {
        /// The product's code, such as `20kg`.
        public var product: String
        /// Of stops that are not cancelled.
        public var ordered: Int
        /// Full cylinders handed over.
        public var delivered: Int
        /// Empty cylinders taken back.
        public var collected: Int
    }
}

/// Adds up a day. Sums report that they left their range; they never trap (L2).
struct DayReport {
    private var byDriver: [Identifier: Sums] = [:]
    private var total = Sums()
    private(set) var odd: [DayReportReply.Odd] = []

    /// - Parameter stops: of one day, in any order; hidden ones count as far as gas or cash moved.
    init(_ stops: [EntityState]) {
        for state in stops { add(state) }
        odd = stops.map { ($0.stop, $0.account()) }
            .sorted { ($0.0.code, $0.0.id) < ($1.0.code, $1.0.id) }
            .compactMap(DayReportReply.Odd.init)
    }

    var drivers: [DayReportReply.Driver] {
        byDriver.sorted { $0.key < $1.key }.map { driver, sums in
            DayReportReply.Driver(driver: driver.text, figures: sums.figures)
        }
    }
    var figures: DayReportReply.Figures { total.figures }

    private mutating func add(_ state: EntityState) {
        let stop = state.stop
        if !state.isHidden {
            byDriver[stop.driver, default: Sums()].plan(stop)
            total.plan(stop)
        }
        total.add(
            delivered: stop.delivered, collected: stop.collected, residualGrams: stop.residualGrams)
        total.add(cash: stop.cash)
        if stop.hasOverflow { total.overflow = true }
        for fact in state.facts.values where fact.stamp.isFarAhead {
            byDriver[fact.stamp.author, default: Sums()].clockAhead += 1
            total.clockAhead += 1
        }
        for effective in state.counted.effective {
            let driver = effective.record.author
            switch effective.value {
            case .handedOver(let value):
                byDriver[driver, default: Sums()].add(
                    delivered: value.handover.delivered, collected: value.handover.collected,
                    residualGrams: value.handover.residualGrams)
            case .cashReceived(let value):
                byDriver[driver, default: Sums()].add(cash: value.amount)
            case .failed, .withdrawn, .unknown: break
            }
        }
    }
}

extension DayReportReply.Odd {
    /// By the price that was quoted at the door, which is what a settlement counts with. Money that
    /// finance has settled is not looked at again, until something comes after that.
    fileprivate init?(_ stop: Stop, _ account: Account) {
        var stop = stop
        stop.price = account.quoted ?? stop.price
        let isSettled = account.settlement != nil && account.adjustments.isEmpty
        let odd = stop.oddRecords.filter { !isSettled || $0 == .moreThanOrdered }
        guard !odd.isEmpty else { return nil }
        func counts(_ quantities: Quantities) -> [String: Int] {
            Dictionary(
                quantities.pairs.map { ($0.product.code.text, $0.count) }, uniquingKeysWith: max)
        }
        self.init(
            stop: stop.code.text, driver: stop.driver.text, words: odd.map(\.rawValue),
            dueCents: stop.price?.cents, paidCents: stop.cash.cents, ordered: counts(stop.ordered),
            delivered: counts(stop.delivered))
    }
}

private struct Sums {
    var stops: [StopStatus: Int] = [:]
    var products: [Product: (ordered: Int, delivered: Int, collected: Int)] = [:]
    var cashCents: Int64 = 0
    var residualGrams = 0
    var proofPending = 0
    var clockAhead = 0
    var overflow = false

    mutating func plan(_ stop: Stop) {
        stops[stop.status, default: 0] += 1
        if stop.proof == .pending { proofPending += 1 }
        guard stop.status != .cancelled else { return }
        for pair in stop.ordered.pairs { raise(pair.product, \.ordered, by: pair.count) }
    }

    mutating func add(delivered: Quantities, collected: Quantities, residualGrams: Int) {
        for pair in delivered.pairs { raise(pair.product, \.delivered, by: pair.count) }
        for pair in collected.pairs { raise(pair.product, \.collected, by: pair.count) }
        let (sum, isOver) = self.residualGrams.addingReportingOverflow(residualGrams)
        if isOver { overflow = true } else { self.residualGrams = sum }
    }

    mutating func add(cash: Money) {
        let (sum, isOver) = cashCents.addingReportingOverflow(cash.cents)
        if isOver { overflow = true } else { cashCents = sum }
    }

    private mutating func raise(
        _ product: Product,
        _ part: WritableKeyPath<(ordered: Int, delivered: Int, collected: Int), Int>, by count: Int
    ) {
        var line = products[product] ?? (0, 0, 0)
        let (sum, isOver) = line[keyPath: part].addingReportingOverflow(count)
        if isOver { overflow = true } else { line[keyPath: part] = sum }
        products[product] = line
    }

    var figures: DayReportReply.Figures {
        DayReportReply.Figures(
            stops: StopStatus.allCases.map {
                DayReportReply.Count(status: $0.rawValue, count: stops[$0] ?? 0)
            },
            products: products.sorted { $0.key < $1.key }.map { product, line in
                DayReportReply.Product(
                    product: product.code.text, ordered: line.ordered, delivered: line.delivered,
                    collected: line.collected)
            },
            cashCents: cashCents, residualG: residualGrams, proofPending: proofPending,
            clockAhead: clockAhead, overflow: overflow)
    }
}
