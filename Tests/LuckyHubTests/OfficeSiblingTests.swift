import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyHub

/// Many office people edit the same fields of one stop through one hub, most of them with screens
/// that show less than there is. Values stand side by side only for edits that had not seen each
/// other, and never more than 16.
@Suite struct OfficeSiblingTests {
    enum Step: Hashable, Sendable {
        /// The person's screen shows all that there is.
        case look(Int)
        /// From what the screen shows; then the screen is loaded again, or it stays as it is.
        case write(Int, field: Int, reloads: Bool)
        /// Somebody looks at all of it and settles it.
        case settle(Int, field: Int)
    }

    @Test func valuesStandSideBySideOnlyWhereEditsWereConcurrent() throws {
        var refusals = 0
        try Budget.current("office-desks").runHistories { random in
            Self.history(using: &random)
        } check: { steps in
            let desks = try Desks()
            for step in steps { try desks.play(step) }
            for field in 0..<2 { try desks.play(.settle(0, field: field)) }
            try desks.checkAlone()
            refusals += desks.refusals
        }
        // Histories in which the seventeenth comes.
        #expect(refusals > 0)
    }

    private static func history(using random: inout SeededGenerator) -> [Step] {
        // In turn: an office that loads a screen again after saving; one that does so now and then;
        // and many people who never look.
        let office = random.seed % 3
        func pick(_ count: Int) -> Int { Int.random(in: 0..<count, using: &random) }
        let people = office == 2 ? 24 : 2 + pick(8)
        return (0..<60).map { _ in
            switch pick(20) {
            case 0..<4 where office < 2: .look(pick(people))
            case 4 where office < 2: .settle(pick(people), field: pick(2))
            default:
                .write(
                    pick(people), field: pick(2),
                    reloads: office == 0 || office == 1 && pick(3) == 0)
            }
        }
    }
}

/// The office at one hub, and beside it what each field must hold, by the contexts alone.
private final class Desks {
    private struct Edit: Hashable {
        var dot: Dot
        var person: Int
        /// The person's screen was loaded again after it.
        var wasSeen: Bool
    }

    private static let fields: [PlanField] = [.officeNote, .address]

    private let desk: OfficeDesk
    private let morning: String
    private var screens: [Int: String] = [:]
    private var held: [[Edit]] = [[], []]
    private var edits = 0
    private(set) var refusals = 0

    init() throws {
        desk = try OfficeDesk()
        try desk.load()
        morning = try desk.show("S1").context
    }

    func play(_ step: OfficeSiblingTests.Step) throws {
        switch step {
        case .look(let person): screens[person] = try desk.show("S1").context
        case .write(let person, let field, let reloads):
            try write(person, field, reloads: reloads)
        case .settle(let person, let field):
            screens[person] = try desk.show("S1").context
            try write(person, field, reloads: true)
            try hold(held[field].count == 1, "an edit that saw all left \(held[field])")
        }
    }

    private func write(_ person: Int, _ field: Int, reloads: Bool) throws {
        edits += 1
        var cells = PlanCells()
        if field == 0 { cells.note = "note \(edits)" } else { cells.address = "no. \(edits)" }
        let context = screens[person] ?? morning
        let seen = try VersionVector(base64: context)
        desk.credential.person = Identifier("ofc-\(person)")
        let request = PlanSetRequest(
            id: desk.id(), stop: "S1", date: Plans.date, context: context, set: cells)

        let left = held[field].filter { !seen.covers($0.dot) }
        if left.count >= Bounds.siblings {
            let before = (try state(), desk.sequence)
            let refusal = try desk.refusal(.planSet, request)
            try hold(refusal == "409 siblings_full", "the seventeenth: \(refusal ?? "taken")")
            try hold(try (state(), desk.sequence) == before, "the seventeenth left something")
            refusals += 1
            return
        }
        let reply: PlanEditReply = try desk.ask(.planSet, request)
        let change =
            try ChangeID(hex: reply.changes.first ?? "")
            ?? { throw BrokenLaw(description: "nothing was written: \(reply)") }()
        let info = try desk.hub.read { try $0.changeInfo(change) }
        guard let dot = info?.dot else { throw BrokenLaw(description: "\(change) has no dot") }
        held[field] = left + [Edit(dot: dot, person: person, wasSeen: reloads)]
        if reloads { screens[person] = try desk.show("S1").context }
        try hold(
            reply.concurrent.isEmpty == (held[field].count == 1), "concurrent: \(reply.concurrent)")
        try check(field)
    }

    private func state() throws -> EntityState? {
        try desk.hub.read { hub in
            try hub.entities(.stop).compactMap { try hub.state($0) }
                .first { $0.has(code: "S1") }
        }
    }

    private func check(_ field: Int) throws {
        let siblings = try state()?.fields[Self.fields[field]]?.siblings ?? []
        try hold(
            Set(siblings.map(\.dot)) == Set(held[field].map(\.dot)),
            "\(siblings.map(\.dot)) instead of \(held[field].map(\.dot))")
        // Who looks at what became of the own edit has but one value among them.
        for (index, edit) in held[field].enumerated() where edit.wasSeen {
            let again = held[field][(index + 1)...].contains { $0.person == edit.person }
            try hold(!again, "ofc-\(edit.person) stands beside an own edit")
        }
    }

    /// One value each is left; nothing stands side by side.
    func checkAlone() throws {
        try hold(held.allSatisfy { $0.count == 1 }, "\(held)")
        let concurrent = try desk.show("S1").concurrent
        try hold(concurrent.isEmpty, "\(concurrent)")
    }
}
