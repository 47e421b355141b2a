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
import Testing

/// A hub on a file and phones on files, all of which can be copied, put back and killed: the real
/// store, the real `perform`, the real hub, one exchange at a time.
final class RecoveryBench {
    static let driver: Identifier = "drv-01"
    static let office = Credential(person: "desk", depot: "TTT", role: .office)

    let folder: TemporaryFolder
    var hub: Hub
    var random: LuckySimulation.SeededGenerator
    private(set) var now: Int64 = 1_795_312_800_000
    private var edits: UInt64 = 0
    private var taps: UInt64 = 0

    init(seed: UInt64 = 1, stops: Int = 3) throws {
        folder = try TemporaryFolder()
        random = LuckySimulation.SeededGenerator(seed: seed)
        hub = try Hub.open(
            at: folder.path("hub.sqlite"), depot: "TTT", random: Self.fork(of: &random))
        for number in 1...stops { try plan(number) }
    }

    static func stop(_ number: Int) -> EntityID {
        EntityID.planned(.stop, ["TTT", "2026-11-22", Identifier("S\(number)")])
    }

    func plan(_ number: Int, driver: Identifier = RecoveryBench.driver) throws {
        let stop = Self.stop(number)
        try write([
            Change(stop, .plan(.code, .name(Identifier("S\(number)")))),
            Change(stop, .plan(.driver, .name(driver))),
            Change(stop, .plan(.date, .integer(20_261_122))),
            Change(stop, .plan(.sequence, .integer(Int64(number)))),
            Change(stop, .plan(.items, .quantities([.kg20: 2]))),
            Change(stop, .plan(.customerName, .text("林小姐\(number)"))),
        ])
    }

    /// An office edit that has seen all that the hub has, or what it is said to have seen.
    func write(_ changes: [Change], contexts: [EntityID: VersionVector]? = nil) throws {
        edits += 1
        now += 1_000
        var seen = contexts ?? [:]
        if contexts == nil {
            for entity in Set(changes.map(\.entity)) {
                seen[entity] = try hub.read { try $0.state(entity)?.vector }
            }
        }
        _ = try hub.write(
            changes, contexts: seen, id: ChangeID(high: 0x0FF1CE, low: edits), by: Self.office,
            now: now)
    }

    func set(_ field: PlanField, _ text: String, on stop: Int) throws {
        try write([Change(Self.stop(stop), .plan(field, .text(text)))])
    }

    var time: DeviceTime {
        now += 250
        return DeviceTime(
            wallMilliseconds: now, monotonicMilliseconds: now - 1_790_000_000_000,
            boot: BootID(high: 1, low: 1))
    }

    func newChange() -> ChangeID {
        taps += 1
        return ChangeID(high: 0x7A9, low: taps)
    }

    /// Closes the hub and copies its file: what a nightly backup has.
    func backUpHub() throws {
        for suffix in ["", "-wal"] { remove("hub.backup" + suffix) }
        try hub.close()
        for suffix in ["", "-wal"] where exists("hub.sqlite" + suffix) {
            try copy("hub.sqlite" + suffix, to: "hub.backup" + suffix)
        }
        try openHub()
    }

    /// Puts the copy back: the hub is as it was then, and knows that it was put back.
    func restoreHub() throws {
        try hub.close()
        for suffix in ["", "-wal", "-shm"] { remove("hub.sqlite" + suffix) }
        for suffix in ["", "-wal"] where exists("hub.backup" + suffix) {
            try copy("hub.backup" + suffix, to: "hub.sqlite" + suffix)
        }
        let before = hub.history
        try openHub()
        #expect(hub.history != before)
    }

    /// The hub's machine is lost, and no copy of its file is left.
    func replaceHub() throws {
        try hub.close()
        for suffix in ["", "-wal", "-shm", "-intake", ".nonce"] { remove("hub.sqlite" + suffix) }
        hub = try Hub.open(
            at: folder.path("hub.sqlite"), depot: "TTT", random: Self.fork(of: &random))
    }

    /// Of its own: two lives of a hub must not draw the same by chance.
    private static func fork(
        of random: inout LuckySimulation.SeededGenerator
    ) -> LuckySimulation.SeededGenerator {
        LuckySimulation.SeededGenerator(seed: random.next())
    }

    func openHub() throws {
        hub = try Hub.open(
            at: folder.path("hub.sqlite"), depot: nil, random: Self.fork(of: &random))
    }

    func copy(_ name: String, to other: String) throws {
        remove(other)
        try FileManager.default.copyItem(atPath: folder.path(name), toPath: folder.path(other))
    }

    func exists(_ name: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.path(name))
    }

    func remove(_ name: String) { try? FileManager.default.removeItem(atPath: folder.path(name)) }

    func tick(_ milliseconds: Int64) { now += milliseconds }

    /// Facts of a stop as the hub holds them.
    func facts(_ number: Int) throws -> [Recorded] {
        try hub.read { try $0.state(Self.stop(number)) }.map(\.factsInOrder) ?? []
    }
}

/// One phone of a bench.
final class BenchPhone {
    let bench: RecoveryBench
    let name: String
    let driver: Identifier
    /// Marks of all phones in one folder, as one machine has them; or of its own.
    let marks: String
    var store: ReplicaStore
    private var sendFrom: UInt64?
    private(set) var last: Absorbed?
    /// Runs after each exchange, and ends the process where it throws.
    var afterExchange: (() throws -> Void)?

    init(
        _ bench: RecoveryBench, _ name: String, driver: Identifier = RecoveryBench.driver
    ) throws {
        self.bench = bench
        self.name = name
        self.driver = driver
        marks = bench.folder.path("state")
        let path = bench.folder.path(name)
        try ReplicaStore.create(
            at: path, identity: NewReplica(driver: driver, using: &bench.random), marks: marks)
        store = try ReplicaStore.open(
            at: path, as: driver, leaseWaitMilliseconds: 2_000, marks: marks)
    }

    /// A store whose file is there already.
    init(_ bench: RecoveryBench, opening name: String, marks: String? = nil) throws {
        self.bench = bench
        self.name = name
        driver = RecoveryBench.driver
        self.marks = marks ?? bench.folder.path("state")
        store = try ReplicaStore.open(
            at: bench.folder.path(name), as: RecoveryBench.driver, leaseWaitMilliseconds: 2_000,
            marks: self.marks)
    }

    /// The same file on another phone, with everything that a copy of the whole machine takes
    /// along: nothing shows it at open.
    func cloned(as other: String) throws -> BenchPhone {
        let mark = try closedMark()
        try bench.copy(name, to: other)
        try reopen()
        let marks = bench.folder.path("state-" + other)
        try FileManager.default.createDirectory(
            atPath: marks, withIntermediateDirectories: true)
        let clone = BenchPhone.place(of: bench.folder.path(other), in: marks)
        try mark.write(to: URL(filePath: clone))
        return try BenchPhone(bench, opening: other, marks: marks)
    }

    /// What a backup of the whole machine keeps.
    func backUp() throws {
        let mark = try closedMark()
        try bench.copy(name, to: name + ".backup")
        try mark.write(to: URL(filePath: bench.folder.path(name + ".mark")))
        try reopen()
    }

    /// Puts it back, mark and all.
    func restore() throws {
        store.close()
        try bench.copy(name + ".backup", to: name)
        let mark = try Data(contentsOf: URL(filePath: bench.folder.path(name + ".mark")))
        try mark.write(to: URL(filePath: Self.place(of: store.path, in: marks)))
        try reopen()
    }

    private func closedMark() throws -> Data {
        store.close()
        return try Data(contentsOf: URL(filePath: Self.place(of: store.path, in: marks)))
    }

    static func place(of path: String, in marks: String) -> String {
        ReplicaStore.markPath(of: path, in: marks)
    }

    func reopen() throws {
        store.close()
        store = try ReplicaStore.open(
            at: bench.folder.path(name), as: driver, leaseWaitMilliseconds: 2_000, marks: marks)
    }

    @discardableResult
    func note(_ text: String, on stop: Int, id: ChangeID? = nil) throws -> CommitResult {
        try store.commit(
            id ?? bench.newChange(), on: RecoveryBench.stop(stop), time: bench.time,
            using: &bench.random
        ) { _ in [.noteAdded(Note(text))] }
    }

    @discardableResult
    func complete(_ stop: Int) throws -> CommitResult {
        try store.commit(
            bench.newChange(), on: RecoveryBench.stop(stop), time: bench.time,
            using: &bench.random
        ) { state throws(StopRefusal) in
            try StopRules.complete(
                state.stop, handover: Handover(delivered: [.kg20: 2], collected: [.kg20: 1]),
                recipient: "林小姐", cash: Money.dollars(1_900))
        }
    }

    func request(wantsDigest: Bool = false, pageBytes: Int = 256 * 1024) throws -> Prepared {
        let events = perform(
            .prepare(
                PrepareOptions(
                    fromCounter: sendFrom, pushBytes: 64 * 1024, pageBytes: pageBytes,
                    wantsDigest: wantsDigest)),
            on: store, at: bench.time, using: &bench.random)
        guard case .prepared(let prepared) = try #require(events.first) else {
            throw Unexpected(what: "\(events)")
        }
        return prepared
    }

    @discardableResult
    func take(_ answer: Data, _ request: Prepared) throws -> Absorbed {
        let events = perform(
            .absorb(answer, nonce: request.nonce, asked: request.asked), on: store,
            at: bench.time, using: &bench.random)
        guard case .absorbed(let absorbed) = try #require(events.first) else {
            throw Unexpected(what: "\(events)")
        }
        sendFrom = absorbed.sendFrom
        last = absorbed
        return absorbed
    }

    @discardableResult
    func exchange(
        wantsDigest: Bool = false, pageBytes: Int = 256 * 1024
    ) throws -> Absorbed {
        let request = try request(wantsDigest: wantsDigest, pageBytes: pageBytes)
        let absorbed = try take(try bench.answer(request.body, to: self), request)
        try afterExchange?()
        return absorbed
    }

    /// Exchanges until nothing is left to do, and proves that both sides hold the same.
    /// - Returns: how many exchanges it took.
    @discardableResult
    func settle(most: Int = 40, _ location: SourceLocation = #_sourceLocation) throws -> Int {
        for round in 1...most {
            let result = try exchange(wantsDigest: true)
            guard result.pending == 0, result.recovery == nil, result.digestsAgree == true else {
                continue
            }
            #expect(try store.verifyRows() == [], sourceLocation: location)
            return round
        }
        Issue.record("not settled: \(String(describing: last))", sourceLocation: location)
        return most
    }

    func notes(_ stop: Int) throws -> [String] {
        try #require(try store.stop(RecoveryBench.stop(stop))).stop.notes
    }

    struct Unexpected: Error { var what: String }
}
