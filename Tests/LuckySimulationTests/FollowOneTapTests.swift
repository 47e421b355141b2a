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

/// The README's map, walked: one tap through every hop, and every named file there is.
struct FollowOneTapTests {
    static let start: Int64 = 1_795_312_800_000  // 22 November 2026 in Taipei, morning
    static let stop = EntityID.planned(.stop, ["TTT", "2026-11-22", "S1"])
    static let route = EntityID.planned(.route, ["TTT", "2026-11-22", "R1"])
    static let office = Credential(person: "desk", depot: "TTT", role: .office)

    private func store(_ device: WorldDevice) throws -> ReplicaStore {
        try #require(device.store)
    }

    /// A hub with one stop of `drv-01`.
    private func hub() throws -> Hub {
        let hub = try Hub.inMemory(
            depot: "TTT", random: LuckySimulation.SeededGenerator(seed: 7))
        let plan: [Change] = [
            Change(Self.route, .plan(.code, .name("R1"))),
            Change(Self.route, .plan(.driver, .name("drv-01"))),
            Change(Self.route, .plan(.date, .integer(20_261_122))),
            Change(Self.stop, .plan(.code, .name("S1"))),
            Change(Self.stop, .plan(.driver, .name("drv-01"))),
            Change(Self.stop, .plan(.route, .entity(Self.route))),
            Change(Self.stop, .plan(.date, .integer(20_261_122))),
            Change(Self.stop, .plan(.sequence, .integer(1))),
            Change(Self.stop, .plan(.items, .quantities([.kg20: 2]))),
            Change(Self.stop, .plan(.customerName, .text("林小姐"))),
        ]
        _ = try hub.write(
            plan, contexts: [:], id: ChangeID(high: 1, low: 1), by: Self.office, now: Self.start)
        return hub
    }

    @Test("One tap: saved on this phone, received at the depot, on the other device's screen")
    func oneTap() throws {
        let hub = try hub()
        let simulation = World(start: Self.start, seed: 1)
        let site = simulation.add(hub)
        let phone = try simulation.addDevice("phone", of: "drv-01", at: site)
        let tablet = try simulation.addDevice("tablet", of: "drv-01", at: site)
        try simulation.wake(phone)
        try simulation.wake(tablet)
        simulation.run(until: Self.start + 5_000)
        let loaded = try #require(try store(phone).stop(Self.stop))
        #expect(loaded.stop.status == .pending)

        // The driver taps 已送達 in a dead zone: legal, stamped, row and outbox in one transaction.
        simulation.setLink(phone, WorldLink(isUp: false))
        let commit = try simulation.tap(phone, on: Self.stop) { state throws(StopRefusal) in
            try StopRules.complete(
                state.stop, handover: Handover(delivered: [.kg20: 2], collected: [.kg20: 1]),
                recipient: "林小姐", cash: Money.dollars(1_900))
        }
        let saved = try #require(try store(phone).stop(Self.stop))
        #expect(saved.stop.status == .delivered && saved.unsent > 0)
        #expect(try store(phone).position().pendingCount == 1)
        #expect(try changeInfo(hub, commit.change) == nil)
        simulation.run(until: Self.start + 60_000)
        guard case .waiting = phone.status?.phase else {
            Issue.record("the status should say that it waits: \(phone.status as Any)")
            return
        }

        // The link is back; the answer to the first request is lost after the hub committed.
        simulation.setLink(phone, WorldLink(losesAnswers: true))
        simulation.run(until: Self.start + 120_000)
        #expect(try changeInfo(hub, commit.change)?.dot == commit.dot)
        #expect(try store(phone).position().pendingCount == 1)

        // Nobody does anything: the timer alone brings the receipt. Received at the depot.
        simulation.setLink(phone, WorldLink())
        simulation.run(until: Self.start + 600_000)
        #expect(try store(phone).position().pendingCount == 0)
        #expect(phone.status?.phase == .idle)
        let received = try #require(try store(phone).stop(Self.stop))
        #expect(received.stop.status == .delivered && received.unsent == 0)
        #expect(received.stop.delivered == [.kg20: 2], "doubled")

        // The other device's screen.
        try simulation.wake(tablet)
        simulation.run(until: Self.start + 700_000)
        let shown = try #require(try store(tablet).stop(Self.stop))
        #expect(shown.stop.status == .delivered && shown.stop.cash == Money.dollars(1_900))
        #expect(shown.stop.recipient == "林小姐")

        // Same inputs, by digest, on all three.
        let depot = try hub.read { try $0.scopeDigest(of: "drv-01").digest }
        for number in [phone, tablet] {
            #expect(try store(number).scopeDigest().digest == depot)
            #expect(try store(number).verifyRows() == [])
        }
    }

    @Test("The same seed gives the same run")
    func sameSeedSameRun() throws {
        func run() throws -> [Hash256] {
            let simulation = World(start: Self.start, seed: 99)
            let site = simulation.add(try hub())
            let phone = try simulation.addDevice("a", of: "drv-01", at: site)
            try simulation.wake(phone)
            simulation.run(until: Self.start + 5_000)
            let commit = try simulation.tap(phone, on: Self.stop) { state throws(StopRefusal) in
                [try StopRules.arrive(at: state.stop)]
            }
            simulation.run(until: Self.start + 60_000)
            return [commit.hash, try store(phone).scopeDigest().digest]
        }
        #expect(try run() == run())
    }

    @Test("Every file that the README's map names is there")
    func theMapIsTrue() throws {
        let readme = try String(
            contentsOf: Repository.folder.appendingPathComponent("README.md"), encoding: .utf8)
        let map = try #require(readme.components(separatedBy: "## Follow one tap").dropFirst().first)
        let section = map.components(separatedBy: "\n## ")[0]
        let names = section.matches(of: /`([A-Za-z+]+\.swift)`/).map { String($0.1) }
        #expect(names.count >= 10)
        let tracked = try FileManager.default
            .subpathsOfDirectory(atPath: Repository.folder.appendingPathComponent("Sources").path)
            .map { ($0 as NSString).lastPathComponent }
        for name in names { #expect(tracked.contains(name), "README names \(name)") }
    }

    private func changeInfo(_ hub: Hub, _ change: ChangeID) throws -> HubReader.ChangeInfo? {
        try hub.read { try $0.changeInfo(change) }
    }
}
