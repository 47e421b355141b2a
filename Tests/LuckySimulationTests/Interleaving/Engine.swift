import Foundation
import LuckyCausality
import LuckyDriver
import LuckyHub
import LuckyModel
import LuckySimulation
import LuckyStore
import LuckySync
import LuckyWire
import TestSupport

/// What may go wrong with one operation. Each stands for one place.
enum Fault: String, CaseIterable, Sendable {
    case none
    // Drop.
    case requestLost, answerLost
    // Duplicate: at once, when all is over, and the answer.
    case requestTwice, requestAgainLater, answerTwice
    // Crash of the phone: after the tap, while the answer is on its way, after the answer.
    case killedBeforeSending, killedBeforeAnswer, killedAfterAnswer
    // Crash of the hub: before it has the request, with the request noted, once it is committed,
    // and with the answer on its way.
    case hubKilledBeforeRequest, hubKilledBeforeCommit, hubKilledBeforeMark, hubKilledBeforeAnswer

    /// When the hub's process ends; nil where it does not.
    var hubMoment: EngineHub.Moment? {
        switch self {
        case .hubKilledBeforeRequest: .beforeRequest
        case .hubKilledBeforeCommit: .beforeCommit
        case .hubKilledBeforeMark: .beforeMark
        case .hubKilledBeforeAnswer: .beforeAnswer
        default: nil
        }
    }

    /// A duplicate must change nothing at all.
    var isDuplicate: Bool {
        self == .requestTwice || self == .requestAgainLater || self == .answerTwice
    }
}

/// A hub, two phones and an office, one after another in one thread: the real store, the real sync
/// machine, the real `perform`, the real hub. Day after day, each with a stop of its own.
final class Engine {
    static let depot: Identifier = "TTT"
    static let office = Credential(person: "desk", depot: depot, role: .office)
    static let drivers: [Identifier] = ["drv-1", "drv-2"]
    static let start: Int64 = 1_795_312_800_000

    private let site: EngineHub
    var hub: Hub { site.hub }
    var phones: [EnginePhone] = []
    /// Today's.
    private(set) var stop = EntityID(.stop, Bits128(high: 0x57, low: 0))
    /// What an office person sees who looks at nothing else all day.
    private(set) var morning = VersionVector()
    /// Change ids of what the drivers saved today: the ledger outside.
    private(set) var saved: [ChangeID] = []
    private var now = Engine.start
    private var days: UInt64 = 0
    private var later: [(body: Data, phone: Int)] = []
    private let folder: TemporaryFolder
    private var officeIDs = ChangeIDs(random: (0x0FF1CE, 1))

    /// - Parameter hubOnFile: needed where the hub is to crash.
    init(hubOnFile: Bool) throws {
        folder = try TemporaryFolder.inMemory()
        site = try EngineHub(in: hubOnFile ? folder.path("hub") : nil)
        for (index, driver) in Self.drivers.enumerated() {
            phones.append(
                try EnginePhone(driver, at: folder.path("phone-\(index)"), index: index))
        }
    }

    /// Yesterday's stop goes to nobody; today's is the first driver's, whose phone has it.
    func beginDay() throws {
        let yesterday = days > 0 ? stop : nil
        days += 1
        saved = []
        stop = EntityID(.stop, Bits128(high: 0x57, low: days))
        let plan: [PlanField: PlanValue] = [
            .code: .name("S1"), .driver: .name(Self.drivers[0]), .date: .integer(20_261_122),
            .sequence: .integer(1), .items: .quantities([.kg20: 2]), .address: .text("中華路1號"),
        ]
        var changes = plan.sorted { $0.key < $1.key }.map { Change(stop, .plan($0.key, $0.value)) }
        var seen: [EntityID: VersionVector] = [:]
        if let yesterday {
            changes += [
                Change(yesterday, .plan(.driver, .name(""))),
                Change(yesterday, .plan(.deleted, .flag(false))),
            ]
            seen[yesterday] = try vector(yesterday)
        }
        try write(changes, seen, id: try newID())
        morning = try vector(stop)
        try sync(0, .none)
    }

    private func vector(_ stop: EntityID) throws -> VersionVector {
        try hub.read { try $0.state(stop)?.vector ?? VersionVector() }
    }

    private func newID() throws -> ChangeID {
        try officeIDs.next() ?? { throw StoreError.outOfBounds("change ids") }()
    }

    private func write(
        _ changes: [Change], _ seen: [EntityID: VersionVector], id: ChangeID
    ) throws {
        now += 1_000
        _ = try hub.write(changes, contexts: seen, id: id, by: Self.office, now: now)
    }

    private func exchange(_ body: Data, _ index: Int) throws -> Data {
        now += 1_000
        let credential = Credential(
            person: Self.drivers[index], depot: Self.depot, role: .driver)
        return try hub.sync(body, as: credential, now: now).body
    }

    // MARK: Operations

    /// A driver's tap, saved before this returns; false where the phone refuses it.
    @discardableResult
    func tap(
        _ index: Int, _ rule: (EntityState) throws(StopRefusal) -> [Fact]
    ) throws -> Bool {
        now += 1_000
        do {
            let result = try phones[index].tap(on: stop, at: now, rule)
            saved.append(result.change)
            return true
        } catch let error as StoreError {
            switch error {
            case .refused, .unknownEntity: return false
            default: throw error
            }
        }
    }

    /// One exchange after another until the machine waits for something; the fault is the first's.
    func sync(_ index: Int, _ fault: Fault) throws {
        if fault == .killedBeforeSending { try phones[index].kill() }
        var fault = fault
        var events = try phones[index].begin(at: now)
        while !events.isEmpty {
            var next: [SyncEvent] = []
            for event in events {
                for effect in phones[index].machine.handle(event, now: now) {
                    guard case .exchange(let body, let nonce, _) = effect else {
                        next += phones[index].perform(effect, at: now)
                        continue
                    }
                    guard let answer = try carry(body, index, fault) else {
                        if fault == .killedBeforeAnswer {
                            try phones[index].kill()
                            return
                        }
                        next.append(.failed(.timedOut, nonce: nonce))
                        continue
                    }
                    next += Array(
                        repeating: .answered(answer, nonce: nonce),
                        count: fault == .answerTwice ? 2 : 1)
                    if fault != .killedAfterAnswer { fault = .none }
                }
            }
            events = next
        }
        if fault == .killedAfterAnswer { try phones[index].kill() }
    }

    /// Nil where no answer comes.
    private func carry(_ body: Data, _ index: Int, _ fault: Fault) throws -> Data? {
        if let moment = fault.hubMoment {
            try site.crash(moment) { _ = try exchange(body, index) }
            return nil
        }
        switch fault {
        case .requestLost: return nil
        case .answerLost, .killedBeforeAnswer:
            _ = try exchange(body, index)
            return nil
        case .requestTwice: _ = try exchange(body, index)
        case .requestAgainLater: later.append((body, index))
        default: break
        }
        return try exchange(body, index)
    }

    /// An edit by somebody who saw `seen`, or all that the hub has.
    @discardableResult
    func edit(
        _ fields: [PlanField: PlanValue], seen: VersionVector? = nil, _ fault: Fault = .none
    ) throws -> Bool {
        let id = try newID()
        let seen = [stop: try seen ?? vector(stop)]
        let changes = fields.sorted { $0.key < $1.key }.map {
            Change(stop, .plan($0.key, $0.value))
        }
        if let moment = fault.hubMoment {
            try site.crash(moment) { try write(changes, seen, id: id) }
        }
        // A client that got no answer sends the same again, one that crashed before sending did
        // nothing; one that crashed after it knows nothing, and looks.
        let times =
            switch fault {
            case .killedBeforeSending: 0
            case .answerLost, .requestTwice, .requestAgainLater, .answerTwice: 2
            default: 1
            }
        for _ in 0..<times { try write(changes, seen, id: id) }
        return times > 0
    }

    // MARK: The end of the day

    /// What the network held back comes, and everybody syncs until nothing is left to do.
    func settle() throws {
        for (body, index) in later { _ = try exchange(body, index) }
        later = []
        for index in phones.indices { try sync(index, .none) }
        for index in phones.indices.dropLast() { try sync(index, .none) }
    }

    func close() {
        for phone in phones { phone.store.close() }
        try? site.close()
    }
}
