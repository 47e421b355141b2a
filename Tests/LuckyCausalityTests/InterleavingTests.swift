import LuckyCausality
import LuckyModel
import Testing

/// All 34,650 orders in which the four changesets of each of three actors can arrive: one state, one
/// screen, the same reviews.
@Suite struct InterleavingTests {
    struct Incoming {
        var dot: Dot
        var context: VersionVector
        var changes: [Recorded]
    }

    /// What everybody must see in the end.
    struct Seen: Equatable {
        var state: EntityState
        var stop: Stop
        var isHidden: Bool
        var shown: [PlanValue]
        var findings: [ReviewFinding]
        var factsInOrder: [FactRef]

        init(_ state: EntityState) {
            self.state = state
            stop = state.stop
            isHidden = state.isHidden
            shown = (0..<80).map { state.shown(PlanField(rawValue: $0)) }
            findings = ReviewRules.findings(in: state)
            factsInOrder = state.factsInOrder.map(\.ref)
        }
    }

    /// An office that plans, cancels, reassigns and deletes; the driver it took the stop from, who
    /// saw some of that; another one who saw none of it and clerks with old screens. Arrival orders
    /// go against what was seen, too: then covers are at work.
    private static let actors: [[Incoming]] = {
        func arrival(
            _ replica: ReplicaID, _ counter: UInt64, seen: VersionVector, _ author: Identifier,
            _ role: Role, hlc: Int64, _ bodies: Change.Body...
        ) -> Incoming {
            let dot = Dot(replica, counter)
            let stamp = Stamp.by(author, role, hlc: hlc, received: hlc + 1)
            return Incoming(
                dot: dot, context: seen,
                changes: bodies.enumerated().map {
                    Recorded(dot, $1, seen: seen, stamp, index: $0)
                })
        }
        let handover = FactRef(change: ChangeID(high: 0xA, low: 2), index: 0)
        let office = [
            arrival(
                .h, 1, seen: [:], "office", .office, hlc: 10, .address("a"),
                .plan(.driver, .name("amy")), .plan(.items, .quantities([.kg20: 1]))),
            arrival(.h, 2, seen: [.h: 1], "office", .office, hlc: 20, .cancel, .address("b")),
            arrival(
                .h, 3, seen: [.h: 1, .a: 1], "office", .office, hlc: 21,
                .plan(.driver, .name("bob")), .plan(.cancelled, .flag(false))),
            arrival(.h, 4, seen: [.h: 3, .a: 2], "office", .office, hlc: 40, .delete),
        ]
        let amy = [
            arrival(.a, 1, seen: [.h: 1], "amy", .driver, hlc: 15, .fact(.arrived(Arrival(attempt: 1)))),
            arrival(
                .a, 2, seen: [.h: 1, .a: 1], "amy", .driver, hlc: 22, .handover,
                .fact(.cashReceived(CashReceipt(Money.dollars(950) ?? .zero)))),
            arrival(
                .a, 3, seen: [.h: 2, .a: 2], "amy", .driver, hlc: 30,
                .fact(.corrected(Correction(of: handover, seen: [], to: .withdrawn)))),
            arrival(.a, 4, seen: [.h: 2, .a: 3, .b: 1], "amy", .driver, hlc: 31, .note("left it")),
        ]
        let bob = [
            arrival(.b, 1, seen: [:], "sup", .supervisor, hlc: 12, .address("c"), .note("call")),
            arrival(.b, 2, seen: [.h: 3, .b: 1], "bob", .driver, hlc: 33, .handover),
            arrival(
                .b, 3, seen: [.h: 2, .b: 2], "sup", .supervisor, hlc: 34, .address("d"),
                .plan(.cancelled, .flag(true))),
            arrival(
                .b, 4, seen: [.h: 2, .a: 2, .b: 3], "bob", .driver, hlc: 35,
                .fact(
                    .corrected(
                        Correction(
                            of: handover, seen: [],
                            to: .handedOver(
                                HandedOver(Handover(delivered: [.kg20: 2]), attempt: 1)))))),
        ]
        return [office, amy, bob]
    }()

    @Test func everyOrderOfArrivalGivesOneState() throws {
        var first: Seen?
        var count = 0
        var order: [Int] = []
        func walk(_ state: EntityState, _ next: [Int]) throws {
            var isDone = true
            for (actor, index) in next.enumerated() where index < 4 {
                isDone = false
                var state = state
                var next = next
                let arrival = Self.actors[actor][index]
                state.apply(arrival.changes, dot: arrival.dot, context: arrival.context)
                next[actor] += 1
                order.append(actor)
                try walk(state, next)
                order.removeLast()
            }
            guard isDone else { return }
            count += 1
            guard let first else {
                first = Seen(state)
                return
            }
            try #require(state == first.state, "\(order)")
            // Equal states may still be walked in another order (a Dictionary remembers how it was
            // filled): what is derived is compared for every sixteenth.
            if count % 16 == 0 { try #require(Seen(state) == first, "\(order)") }
        }
        try walk(EntityState(id: .stop), [0, 0, 0])
        #expect(count == 34_650)

        // It is a history in which something happens.
        let seen = try #require(first)
        #expect(seen.state.dots(.cancelled).count > 1)
        #expect(Set(seen.findings.map(\.kind)).count >= 2)
        #expect(!seen.isHidden)
    }

    /// Three live replicas: each writes, merges from the next, writes on top of that and merges from
    /// the other, in all 34,650 orders. Who saw what differs from order to order; the three never
    /// do once all is merged, and hold what nobody had overwritten.
    @Test func everyOrderOfLiveReplicasConverges() throws {
        var count = 0
        var order: [Int] = []
        func walk(_ states: [EntityState], _ next: [Int]) throws {
            var isDone = true
            for (actor, operation) in next.enumerated() where operation < 4 {
                isDone = false
                var states = states
                var next = next
                switch operation {
                case 0: Self.write(0, at: actor, &states)
                case 1: states[actor].merge(states[(actor + 1) % 3])
                case 2: Self.write(1, at: actor, &states)
                default: states[actor].merge(states[(actor + 2) % 3])
                }
                next[actor] += 1
                order.append(actor)
                try walk(states, next)
                order.removeLast()
            }
            guard isDone else { return }
            count += 1
            let all = states[0].merging(states[1]).merging(states[2])
            try #require(states[2].merging(states[1]).merging(states[0]) == all, "\(order)")
            if count % 100 == 0 {
                try #require(Self.groundTruth(order) == all, "\(order)")
                try #require(Seen(all) == Seen(states[1].merging(states[0]).merging(states[2])))
            }
        }
        try walk(Array(repeating: EntityState(id: .stop), count: 3), [0, 0, 0])
        #expect(count == 34_650)
    }

    private static let bodies: [[Change.Body]] = [
        [.address("x"), .handover], [.address("y"), .cancel],
    ]

    private static func write(_ what: Int, at actor: Int, _ states: inout [EntityState]) {
        let replica = ReplicaID(install: UInt64(0xA + actor), epoch: 1)
        let seen = states[actor].vector
        let dot = Dot(replica, seen[replica] + 1)
        states[actor].apply(
            bodies[what].enumerated().map {
                Recorded(
                    dot, $1, seen: seen, index: $0,
                    change: ChangeID(high: replica.install << 32 | 1, low: dot.counter))
            }, dot: dot, context: seen)
    }

    /// The same order played by a ``Fleet``, and what it must hold by the changesets alone.
    private static func groundTruth(_ order: [Int]) -> EntityState {
        var fleet = Fleet(count: 3)
        var next = [0, 0, 0]
        for actor in order {
            switch next[actor] {
            case 0, 2:
                fleet.write(at: actor, bodies[next[actor] / 2], stamp: .by("office"))
            case 1: fleet.merge(into: actor, from: (actor + 1) % 3)
            default: fleet.merge(into: actor, from: (actor + 2) % 3)
            }
            next[actor] += 1
        }
        return fleet.expected(fleet.known.reduce(into: []) { $0.formUnion($1) })
    }
}
