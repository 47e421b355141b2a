import Foundation
import LuckyCausality
import LuckyFiles
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport

@testable import LuckyHub

/// A hub whose pages are as small as the test says, an office, and four phones of two drivers: five
/// replicas that write.
final class PageFleet {
    static let depot: Identifier = "TTT"
    static let start: Int64 = 1_795_312_800_000
    static let drivers: [Identifier] = ["drv-1", "drv-2", ""]
    static let stops = (1...6).map { EntityID(.stop, Bits128(high: 0x57, low: $0)) }
    private static let office = Credential(person: "desk", depot: depot, role: .office)

    let hub: Hub
    let phones: [PagePhone]
    private let folder: TemporaryFolder
    private var now = PageFleet.start
    private var officeIDs = ChangeIDs(random: (0x0FF1CE, 1))
    private var screens: [VersionVector] = []
    /// Change ids of all that drivers saved.
    private var saved: Set<ChangeID> = []
    private var answers: [(phone: Int, body: Data)] = []

    init(onFile: Bool, limits: PageLimits) throws {
        folder = try TemporaryFolder.inMemory()
        hub = try Hub(
            SQLiteStorage(
                at: onFile ? folder.path("hub.sqlite") : nil, SystemFiles()), depot: Self.depot,
            random: RandomSource(SeededGenerator(seed: 5)), pageLimits: limits)
        let folder = folder
        phones = try (0..<4).map {
            try PagePhone(
                Self.drivers[$0 / 2], at: folder.path("phone-\($0)"), seed: UInt64(100 + $0))
        }
        for (index, stop) in Self.stops.enumerated() {
            try write([
                Change(stop, .plan(.code, .name(Identifier("S\(index)")))),
                Change(stop, .plan(.driver, .name(Self.drivers[index % 2]))),
                Change(stop, .plan(.date, .integer(20_261_122))),
                Change(stop, .plan(.sequence, .integer(Int64(index)))),
                Change(stop, .plan(.items, .quantities([.kg20: 2]))),
            ])
        }
    }

    func close() throws {
        for phone in phones { phone.store.close() }
        try hub.close()
    }

    /// - Parameter seen: nil: all that the hub has.
    private func write(_ changes: [Change], seen: VersionVector? = nil) throws {
        now += 1_000
        let id = try officeIDs.next() ?? { throw BrokenLaw(description: "no change id") }()
        var contexts: [EntityID: VersionVector] = [:]
        for entity in changes.map(\.entity) {
            contexts[entity] = try seen ?? hub.read { try $0.state(entity)?.vector }
        }
        do {
            _ = try hub.write(changes, contexts: contexts, id: id, by: Self.office, now: now)
        } catch {
            guard error.code == "siblings_full" else { throw error }
        }
    }

    // MARK: Steps

    func play(_ step: PageStep) throws {
        func stop(_ index: Int) -> EntityID { Self.stops[index % Self.stops.count] }
        switch step {
        case .begin: break
        case .tap(let phone, let at, let what): try tap(phone, stop(at), what)
        case .manyNotes(let phone, let at, let count):
            for _ in 0..<count { try tap(phone, stop(at), 0) }
        case .edit(let at, let what, let screen):
            let seen = screen.flatMap { screens.isEmpty ? nil : screens[$0 % screens.count] }
            try write([Change(stop(at), Self.edits[what % Self.edits.count])], seen: seen)
        case .editTwo(let one, let other):
            let pair = Set([stop(one), stop(other)]).sorted()
            try write(pair.map { Change($0, .plan(.sequence, .integer(Int64(one)))) })
        case .assign(let at, let driver):
            let name = Self.drivers[driver % Self.drivers.count]
            try write([Change(stop(at), .plan(.driver, .name(name)))])
        case .remember(let at):
            screens.append(try hub.read { try $0.state(stop(at))?.vector ?? VersionVector() })
        case .exchange(let phone, let pageBytes, let pushBytes, let arrives):
            try exchange(
                phone % phones.count, pageBytes: pageBytes, pushBytes: pushBytes, arrives)
        case .lateAnswer(let pick):
            guard !answers.isEmpty else { return }
            let late = answers[pick % answers.count]
            // The machine takes no answer but to its last request; the store is as careful.
            guard let page = try SyncResponse(decoding: late.body).page else { return }
            _ = try phones[late.phone].store.apply(page: page, hubTime: now)
            try check(phones[late.phone])
        case .restart(let phone): try phones[phone % phones.count].restart()
        }
    }

    private static let edits: [Change.Body] = [
        .plan(.address, .text("新生路3號")), .plan(.cancelled, .flag(true)),
        .plan(.cancelled, .flag(false)), .plan(.deleted, .flag(true)), .plan(.phone, .none),
    ]

    private func tap(_ phone: Int, _ stop: EntityID, _ what: Int) throws {
        now += 1_000
        let id = try phones[phone % phones.count].tap(stop, at: now) {
            state throws(StopRefusal) in
            switch what {
            case 0: [.noteAdded(Note(String(repeating: "很長的話", count: 30)))]
            case 1: [.arrived(Arrival(attempt: 1))]
            default:
                try StopRules.complete(
                    state.stop, handover: Handover(delivered: [.kg20: 2]), recipient: nil,
                    cash: Money.dollars(1_900), despiteCancel: true)
            }
        }
        if let id { saved.insert(id) }
    }

    @discardableResult
    private func exchange(
        _ index: Int, pageBytes: Int, pushBytes: Int, _ arrives: PageStep.Arrives,
        digest: Bool = false
    ) throws -> Absorbed? {
        now += 1_000
        let phone = phones[index]
        let request = try phone.request(
            pageBytes: pageBytes, pushBytes: pushBytes, digest: digest, at: now)
        let credential = Credential(person: phone.driver, depot: Self.depot, role: .driver)
        let body = try hub.sync(request.body, as: credential, now: now).body
        answers.append((index, body))
        var last: Absorbed?
        for arrived in Self.pieces(of: body, arrives) {
            last = try phone.take(arrived, to: request, at: now)
            let hasEnd = Frame.read(arrived, limit: Bounds.responseBytes).frames.contains {
                $0.kind == FrameKind.pageEnd.rawValue
            }
            try hold(hasEnd || last?.entities == nil, "a page without its end counted")
            try check(phone)
        }
        return last
    }

    /// What comes of an answer, one after the other.
    private static func pieces(of body: Data, _ arrives: PageStep.Arrives) -> [Data] {
        switch arrives {
        case .whole: [body]
        case .twice: [body, body]
        case .bytes(let count): [body.prefix(count)]
        case .frames(let count):
            [body.prefix(ends(body)[min(count, ends(body).count - 1)])]
        case .everyCut: ends(body).map { body.prefix($0) }
        }
    }

    /// Where frames end: 0 for none, and so on.
    private static func ends(_ body: Data) -> [Int] {
        Frame.read(body, limit: Bounds.responseBytes).frames.reduce(into: [0]) { ends, frame in
            ends.append((ends.last ?? 0) + Frame.headerBytes + frame.payload.count)
        }
    }

    // MARK: Laws

    /// No phone says what the hub does not: where vectors agree, so does everything.
    private func check(_ phone: PagePhone) throws {
        let own = try phone.store.turn().replica
        for stop in Self.stops {
            guard let shown = try phone.store.state(of: stop) else { continue }
            let truth = try hub.read { try $0.state(stop) } ?? EntityState(id: stop)
            for entry in shown.vector.entries where entry.replica != own {
                try hold(
                    truth.vector[entry.replica] >= entry.counter, "\(stop): \(entry) of nobody")
            }
            guard truth.vector == shown.vector, try phone.store.position().pendingCount == 0
            else { continue }
            try hold(truth.digest == shown.digest, "\(stop): one vector, two states")
        }
    }

    /// Pages of so many bytes until nothing is left, twice: what one phone brought is news to
    /// another. Then all is the hub's.
    func settle(pageBytes: Int) throws {
        for _ in 0..<2 {
            for index in phones.indices {
                var rounds = 0
                while let absorbed = try exchange(
                    index, pageBytes: pageBytes, pushBytes: 1_024, .whole),
                    absorbed.hasMore || absorbed.pending > 0 || absorbed.sendFrom != nil
                {
                    rounds += 1
                    try hold(rounds < 2_000, "\(index) does not come to an end: \(absorbed)")
                }
            }
        }
        for index in phones.indices { try checkEnd(index) }
        let stops = try Self.stops.compactMap { stop in try hub.read { try $0.state(stop) } }
        let facts = stops.flatMap { $0.facts.values.filter { $0.fact?.isDoorstep == true } }
        let received = facts.map(\.ref.change)
        try hold(Set(received) == saved, "saved \(saved), received \(received)")
    }

    private func checkEnd(_ index: Int) throws {
        let phone = phones[index]
        let last = try exchange(
            index, pageBytes: 1 << 20, pushBytes: 0, .whole, digest: true)
        try hold(last?.digestsAgree == true, "phone \(index): \(String(describing: last))")
        let (scope, digest) = try hub.read {
            (try $0.scope(of: phone.driver), try $0.scopeDigest(of: phone.driver))
        }
        let mine = try phone.store.scopeDigest()
        try hold(mine == (digest.digest, digest.entities), "phone \(index): another digest")
        for entity in scope {
            let truth = try hub.read { try $0.state(entity) }
            try hold(try phone.store.state(of: entity) == truth, "phone \(index): \(entity)")
        }
        let differences = try phone.store.verifyRows()
        try hold(differences == [], "phone \(index): \(differences)")
    }
}

extension EntityState {
    fileprivate var digest: Hash256 { Digest.of(self) }
}
