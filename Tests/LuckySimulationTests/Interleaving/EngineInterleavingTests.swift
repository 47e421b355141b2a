import Dispatch
import LuckyCausality
import LuckyHub
import LuckyModel
import Synchronization
import TestSupport
import Testing

/// All 90 orders of two operations each of two phones and an office, on the real engine, with one
/// fault at a time at every place, and with a drop, a duplicate and a crash together at drawn ones.
/// Phones crash, and the hub.
@Suite struct EngineInterleavingTests {
    typealias Operation = @Sendable (Engine, Fault) throws -> Void

    /// Two operations each.
    struct Day: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// The two phones, then the office.
        var actors: [[Operation]]
    }

    private static let complete: @Sendable (EntityState) throws(StopRefusal) -> [Fact] = {
        state throws(StopRefusal) in
        try StopRules.complete(
            state.stop, handover: Handover(delivered: [.kg20: 2], collected: [.kg20: 1]),
            recipient: "林小姐", cash: Money.dollars(1_900), despiteCancel: true)
    }

    private static func phone(
        _ index: Int,
        _ rule: @escaping @Sendable (EntityState) throws(StopRefusal) -> [Fact]
    ) -> Operation {
        { engine, fault in
            try engine.tap(index, rule)
            try engine.sync(index, fault)
        }
    }

    /// - Parameter old: by somebody whose screen shows the morning.
    private static func office(_ fields: [PlanField: PlanValue], old: Bool) -> Operation {
        { engine, fault in
            let isDone = try engine.edit(fields, seen: old ? engine.morning : nil, fault)
            // It crashed before it sent anything: the office person does it again.
            if !isDone { try engine.edit(fields) }
        }
    }

    static let days = [
        Day(
            testDescription: "delivered by the former driver, taken over, cancelled",
            actors: [
                [
                    phone(0, complete),
                    phone(0) { state throws(StopRefusal) in
                        [
                            try StopRules.correct(
                                state.factRecords, to: .cashReceived(CashReceipt(.zero)),
                                kind: .cash)
                        ]
                    },
                ],
                [phone(1, complete), phone(1, complete)],
                [
                    office([.driver: .name(Engine.drivers[1])], old: true),
                    office([.cancelled: .flag(true), .address: .text("改到後門")], old: false),
                ],
            ]),
        Day(
            testDescription: "delivered, deleted, planned anew by an old screen",
            actors: [
                [phone(0) { _ in [.noteAdded(Note("門鈴壞了"))] }, phone(0, complete)],
                [phone(1, complete), phone(1) { _ in [.noteAdded(Note("n"))] }],
                [
                    office([.deleted: .flag(true)], old: true),
                    office(
                        [.driver: .name(Engine.drivers[1]), .address: .text("y")], old: true),
                ],
            ]),
    ]

    /// The 90 orders: which actor is next.
    static let orders: [[Int]] = {
        var orders: [[Int]] = []
        func extend(_ order: [Int], _ left: [Int]) {
            if order.count == 6 { orders.append(order) }
            for actor in left.indices where left[actor] > 0 {
                var left = left
                left[actor] -= 1
                extend(order + [actor], left)
            }
        }
        extend([], [2, 2, 2])
        return orders
    }()

    /// What can go wrong with an actor's operation: a drop on either way, a duplicate of the request
    /// at once or late, one of the answer, a crash at either end. The office's client asks again, and gets the first result.
    private static func faults(_ actor: Int) -> [Fault] {
        let own: [Fault] =
            actor < 2
            ? [
                .requestLost, .answerLost, .requestTwice, .requestAgainLater, .answerTwice,
                .killedBeforeSending, .killedBeforeAnswer, .killedAfterAnswer,
            ]
            : [.answerLost, .requestTwice, .killedBeforeSending]
        return own + Fault.allCases.filter { $0.hubMoment != nil }
    }

    /// Plays one day; says of which order and faults an error is.
    private static func play(
        _ day: Day, _ order: [Int], _ faults: [Int: Fault], on engine: Engine
    ) throws -> Outcome {
        do {
            try engine.beginDay()
            var next = [0, 0, 0]
            for (place, actor) in order.enumerated() {
                try day.actors[actor][next[actor]](engine, faults[place] ?? .none)
                next[actor] += 1
            }
            try engine.settle()
            return try engine.checkLaws()
        } catch {
            let places = faults.sorted { $0.key < $1.key }.map { "\($0.value) at \($0.key)" }
            throw BrokenLaw(
                description: "\(day.testDescription), order \(order), \(places): \(error)")
        }
    }

    /// One fault at a time, at every place of each of the 90 orders of each day: of as many of them
    /// as the budget has time for, the days in turn. `./cli/test` begins with another one at each
    /// commit.
    @Test func everyFaultAtEveryPlace() throws {
        let plays = Self.orders.flatMap { order in Self.days.map { (day: $0, order: order) } }
        try Budget.current("engine-faults").run { random in
            let (day, order) = plays[Int(random.seed % UInt64(plays.count))]
            let jobs = order.indices.flatMap { place in
                Self.faults(order[place]).map { (place: place, fault: $0) }
            }
            // The hub is in memory where it does not crash.
            let halves = [false, true].map { crashes in
                jobs.filter { ($0.fault.hubMoment != nil) == crashes }
            }
            try Self.sideBySide(halves.count) { half in
                let engine = try Engine(hubOnFile: half == 1)
                defer { engine.close() }
                let plain = try Self.play(day, order, [:], on: engine)
                for (place, fault) in halves[half] {
                    let outcome = try Self.play(day, order, [place: fault], on: engine)
                    // An office client asks again at once.
                    let isRepeated = order[place] == 2 && fault.hubMoment != nil
                    if fault.isDuplicate || isRepeated {
                        try hold(outcome == plain, "\(order): \(fault) at \(place)")
                    }
                }
                try engine.checkRows()
            }
        }
    }

    /// Each on a thread of its own; throws what one of them threw.
    private static func sideBySide(_ count: Int, _ body: @Sendable (Int) throws -> Void) throws {
        let failures = Mutex<[any Error]>([])
        DispatchQueue.concurrentPerform(iterations: count) { index in
            do { try body(index) } catch { failures.withLock { $0.append(error) } }
        }
        if let failure = failures.withLock({ $0.first }) { throw failure }
    }

    @Test(arguments: days)
    func everyOrderWithoutAFault(_ day: Day) throws {
        #expect(Set(Self.orders).count == 90)
        let engine = try Engine(hubOnFile: false)
        defer { engine.close() }
        let outcomes = Set(try Self.orders.map { try Self.play(day, $0, [:], on: engine) })
        try engine.checkRows()
        // It is a day on which order matters.
        #expect(outcomes.count > 1)
        #expect(outcomes.contains { !$0.reviews.isEmpty })
    }

    /// A drop, a duplicate and a crash on one day.
    @Test func allThreeTogether() throws {
        let kinds: [[Fault]] = [
            [.requestLost, .answerLost], [.requestTwice, .requestAgainLater, .answerTwice],
            [.killedBeforeSending, .killedBeforeAnswer, .killedAfterAnswer]
                + Fault.allCases.filter { $0.hubMoment != nil },
        ]
        try Budget.current("engine").run { random in
            let day = try #require(Self.days.randomElement(using: &random))
            let order = try #require(Self.orders.randomElement(using: &random))
            var faults: [Int: Fault] = [:]
            let places = order.indices.filter { order[$0] < 2 }.shuffled(using: &random)
            for (place, kind) in zip(places, kinds) {
                faults[place] = kind.randomElement(using: &random)
            }
            let engine = try Engine(hubOnFile: true)
            defer { engine.close() }
            _ = try Self.play(day, order, faults, on: engine)
            try engine.checkRows()
        }
    }
}
