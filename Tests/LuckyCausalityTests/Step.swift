import LuckyCausality
import LuckyModel
import TestSupport

/// One thing that happens among replicas. Numbers count modulo what there is, so that what is left
/// of a history is a history.
enum Step: Hashable, CustomStringConvertible {
    /// A changeset of one of ``bodies``. `screen`: by somebody who looks at a remembered screen.
    case write(at: Int, what: Int, screen: Int?)
    /// All that another replica holds.
    case whole(into: Int, from: Int)
    /// What the other replica has since a vector: this one's, or an older one of this one's.
    case delta(into: Int, from: Int, sinceBackup: Bool)
    /// The facts of a delta that is too big for a page, some of them, without its vector (L14).
    case factsAhead(into: Int, from: Int, keep: UInt8)
    /// Some next changeset of the log.
    case applyNext(at: Int, pick: Int)
    /// Every replica is copied, and what a screen shows is remembered.
    case backup(screenOf: Int)
    /// The replica begins a new epoch from the last backup.
    case restore(Int)

    static let bodies: [[Change.Body]] = [
        [.address("x")], [.plan(.phone, .text("1"))], [.handover], [.cancel], [.delete],
        [.address("y"), .note("n")], [.plan(.driver, .name("bob")), .plan(.sequence, .integer(3))],
        [.plan(.address, .none), .plan(.cancelled, .flag(false))], [.note("a"), .note("b")],
    ]

    var description: String {
        switch self {
        case .write(let at, let what, let screen):
            ".write(at: \(at), what: \(what), screen: \(screen.map(String.init) ?? "nil"))"
        case .whole(let into, let from): ".whole(into: \(into), from: \(from))"
        case .delta(let into, let from, let old):
            ".delta(into: \(into), from: \(from), sinceBackup: \(old))"
        case .factsAhead(let into, let from, let keep):
            ".factsAhead(into: \(into), from: \(from), keep: \(keep))"
        case .applyNext(let at, let pick): ".applyNext(at: \(at), pick: \(pick))"
        case .backup(let of): ".backup(screenOf: \(of))"
        case .restore(let index): ".restore(\(index))"
        }
    }

    /// A history of so many replicas; which kinds of trouble it has at all is drawn first.
    static func history(
        replicas: Int, length: Int, using random: inout SeededGenerator
    ) -> [Step] {
        let hasDeltas = Bool.random(using: &random)
        let hasRestores = Int.random(in: 0..<3, using: &random) == 0
        let hasOldScreens = Bool.random(using: &random)
        func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
        return (0..<length).map { _ in
            let index = pick(replicas)
            let other = (index + 1 + pick(replicas - 1)) % replicas
            switch pick(12) {
            case 4, 5: return .whole(into: index, from: other)
            case 6 where hasDeltas:
                return .delta(into: index, from: other, sinceBackup: pick(2) == 0)
            case 7 where hasDeltas:
                return .factsAhead(
                    into: index, from: other, keep: UInt8(truncatingIfNeeded: random.next()))
            case 8: return .applyNext(at: index, pick: pick(8))
            case 9 where hasRestores: return .restore(index)
            case 10: return .backup(screenOf: index)
            default:
                return .write(
                    at: index, what: pick(bodies.count), screen: hasOldScreens ? pick(4) : nil)
            }
        }
    }
}

/// A fleet that plays steps.
struct History {
    private(set) var fleet: Fleet
    private var saved: Fleet
    private var screens: [VersionVector] = []

    init(replicas: Int) {
        fleet = Fleet(count: replicas)
        saved = fleet
    }

    mutating func play(_ step: Step) {
        let count = fleet.states.count
        switch step {
        case .write(let at, let what, let screen):
            let seen = screen.flatMap { screens.isEmpty ? nil : screens[$0 % screens.count] }
            fleet.write(at: at % count, Step.bodies[what % Step.bodies.count], context: seen)
        case .whole(let into, let from): fleet.merge(into: into % count, from: from % count)
        case .delta(let into, let from, let isOld):
            let since = isOld ? saved.known[into % count] : nil
            fleet.mergeDelta(into: into % count, from: from % count, since: since)
        case .factsAhead(let into, let from, let keep):
            fleet.sendFactsAhead(into: into % count, from: from % count) { keep >> ($0 % 8) & 1 == 1 }
        case .applyNext(let at, let pick): fleet.applyNext(at: at % count, pick: pick)
        case .backup(let of):
            saved = fleet
            // A screen left open; its replica may be restored meanwhile.
            screens.append(fleet.states[of % count].vector)
        case .restore(let index): fleet.restore(index % count, from: saved)
        }
    }
}
