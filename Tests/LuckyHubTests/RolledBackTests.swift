import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// A hub whose file was put back together with the nonce beside it, as a virtual machine's snapshot
/// does: no start can tell, the first device that knows more can (L22, L26).
@Suite struct RolledBackTests {
    /// A hub on files that are put aside and put back.
    final class Scene {
        let folder: TemporaryFolder
        let stop = Bench.stop(1)
        private(set) var bench: Bench
        private var runs: UInt64 = 0

        var path: String { folder.path("hub.sqlite") }

        init() throws {
            folder = try TemporaryFolder()
            bench = try Bench(at: folder.path("hub.sqlite"), seed: 1)
            try bench.plan(1, for: "drv-1")
        }

        /// Ends the hub's process and starts another, on what `between` leaves.
        func restart(_ between: () throws -> Void = {}) throws {
            try bench.hub.close()
            try between()
            runs += 1
            let now = bench.now
            bench = try Bench(at: path, seed: 100 + runs)
            bench.now = now
        }

        /// All that a snapshot holds.
        func snapshot() throws -> [String: Data] {
            var snapshot: [String: Data] = [:]
            try restart {
                for part in ["", "-wal", "-intake", ".nonce"] {
                    snapshot[part] = FileManager.default.contents(atPath: path + part)
                }
            }
            return snapshot
        }

        func putBack(_ snapshot: [String: Data]) throws {
            try restart {
                for part in ["", "-wal", "-shm", "-intake", ".nonce"] {
                    try? FileManager.default.removeItem(atPath: path + part)
                    try snapshot[part]?.write(to: URL(fileURLWithPath: path + part))
                }
            }
        }

        var alarms: [String] {
            get throws { try bench.hub.read { try $0.alarms() }.map(\.kind.rawValue) }
        }
    }

    /// Counterexample 15: the hub went on under its own dots; the device's checkpoint is the proof.
    @Test func counterexample15_aKnownTagBeyondTheLogEndsTheHistory() throws {
        let scene = try Scene()
        let snapshot = try scene.snapshot()
        let history = scene.bench.hub.history
        try scene.bench.edit(scene.stop, [.officeNote: .text("lost")])
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        try phone.tap(scene.stop, .delivered(2))
        try scene.bench.settle(&phone)

        try scene.putBack(snapshot)
        #expect(scene.bench.hub.history == history, "a start cannot tell")
        try scene.bench.edit(scene.stop, [.officeNote: .text("kept")])

        let refusal = try scene.bench.refusal(phone.request(), as: phone.credential)
        #expect(refusal?.code == "history_disproved" && refusal?.status == 503)
        #expect(try scene.alarms == ["rolled_back"])
        // Nothing is promised under that history any more.
        let other = Phone("drv-1", install: 2)
        #expect(try scene.bench.refusal(other.request(), as: other.credential) == refusal)
        let edit = #expect(throws: HubRefusal.self) {
            try scene.bench.edit(scene.stop, [.sequence: .integer(7)])
        }
        #expect(edit == refusal)

        try scene.restart()
        let next = scene.bench.hub.history
        #expect(next != history)
        try phone.takeUp(with: scene.bench)
        let state = try #require(try scene.bench.hub.read { try $0.state(scene.stop) })
        #expect(state.shown(.officeNote) == .text("kept"))
        #expect(state.facts.count == 1)
        #expect(phone.outbox.isEmpty && phone.digest() == phone.hubDigest)
        // The edit that went with the snapshot has a dot that names another one now: it is listed
        // for a person, not taken for overwritten.
        let offers = try scene.bench.hub.storage.read { try $0.openOffers() }
        guard case .sibling(.officeNote, let change) = offers.first?.content else {
            Issue.record("the lost note is not listed")
            return
        }
        #expect(try change.recorded().plan?.value == .text("lost"))
        // Once is enough.
        try scene.restart()
        #expect(scene.bench.hub.history == next)
        #expect(try scene.bench.hub.read { try $0.audit() }.isEmpty)
    }

    /// The log has overtaken the checkpoint: another tag stands there.
    @Test func anotherTagAtAKnownPlaceEndsTheHistory() throws {
        let scene = try Scene()
        let snapshot = try scene.snapshot()
        try scene.bench.edit(scene.stop, [.officeNote: .text("lost")])
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        try scene.putBack(snapshot)
        for number in 1...5 {
            try scene.bench.edit(scene.stop, [.sequence: .integer(Int64(number))])
        }
        let refusal = try scene.bench.refusal(phone.request(), as: phone.credential)
        #expect(refusal?.code == "history_disproved")
    }

    /// Whoever has a token can state any checkpoint: only a tag that this hub made is a proof.
    @Test func anInventedTagMintsNothing() throws {
        let scene = try Scene()
        let history = scene.bench.hub.history
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        let known = try #require(phone.checkpoint)
        var invented: [Checkpoint] = []
        for bit in stride(from: 0, to: 64, by: 7) {
            var checkpoint = known
            checkpoint.tag ^= 1 << UInt64(bit)
            invented.append(checkpoint)
        }
        for sequence in [known.sequence - 1, known.sequence + 1, known.sequence + 1_000] {
            var checkpoint = known
            checkpoint.sequence = sequence
            invented.append(checkpoint)
        }
        for checkpoint in invented {
            phone.checkpoint = checkpoint
            let response = try scene.bench.answer(phone.request(), as: phone.credential)
            #expect(response.answer.direction == .rebaselineNeeded)
        }
        #expect(try scene.alarms == ["unknown_checkpoint"])
        try scene.bench.edit(scene.stop, [.sequence: .integer(7)])
        try scene.restart()
        #expect(scene.bench.hub.history == history)
    }
}
