import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Synchronization
import TestSupport
import Testing

@testable import LuckyHub

/// The door of a serving hub: it is opened again by itself where the history is disproved.
@Suite struct KeptHubTests {
    /// What a door told whoever keeps it.
    private final class Heard: Sendable {
        let histories = Mutex<[HistoryID]>([])
        let refusals = Mutex(0)
    }

    private let scene: RolledBackTests.Scene
    private let phone: Phone
    private let heard = Heard()

    init() throws {
        scene = try RolledBackTests.Scene()
        let snapshot = try scene.snapshot()
        try scene.bench.edit(scene.stop, [.officeNote: .text("lost")])
        var phone = Phone("drv-1", install: 1)
        try scene.bench.settle(&phone)
        self.phone = phone
        try scene.putBack(snapshot)
    }

    private func door(refusing times: Int = 0) -> KeptHub {
        KeptHub(
            scene.bench.hub,
            onReopen: { [heard] hub in heard.histories.withLock { $0.append(hub.history) } },
            reopening: { [heard, path = scene.path] () throws(HubOpenError) in
                let refused = heard.refusals.withLock { count in
                    count += 1
                    return count <= times
                }
                if refused { throw .inUse }
                return try Hub.open(at: path, depot: nil, random: SeededGenerator(seed: 5))
            })
    }

    /// Whoever shows it is answered under the new history at once; others never notice.
    @Test func theOneWhoShowsItIsAnswered() throws {
        let old = scene.bench.hub.history
        let door = door()
        let answer = try door.sync(phone.request(), as: phone.credential, now: 9_000_000)
        let response = try SyncResponse(decoding: answer.body)
        #expect(response.answer.direction == .rebaselineNeeded)
        #expect(heard.histories.withLock { $0 } == [response.answer.history])
        #expect(response.answer.history != old)
        let alarms = try door.office(
            "alarms-list", Data("{}".utf8), as: Bench.office, now: 9_000_001)
        #expect(String(decoding: alarms, as: UTF8.self).contains("rolled_back"))
        #expect(door.isReady() && door.sequence(of: Bench.depot) == 1)
        try door.close()
    }

    /// Many at once: one new history, and an answer for each.
    @Test func manyAtOnceShareOneHistory() throws {
        let door = door()
        let answers = Mutex<[HistoryID]>([])
        DispatchQueue.concurrentPerform(iterations: 12) { [phone] index in
            do {
                let body: Data
                let credential: Credential
                if index % 3 == 0 {
                    (body, credential) = (phone.request(), phone.credential)
                } else {
                    let other = Phone("drv-2", install: UInt64(10 + index))
                    (body, credential) = (other.request(), other.credential)
                }
                let answer = try door.sync(body, as: credential, now: 9_000_000)
                let history = try SyncResponse(decoding: answer.body).answer.history
                answers.withLock { $0.append(history) }
            } catch {
                Issue.record("\(index): \(error)")
            }
        }
        let histories = heard.histories.withLock { $0 }
        #expect(histories.count == 1)
        #expect(answers.withLock { $0.count } == 12)
        let last = try door.sync(phone.request(), as: phone.credential, now: 9_000_001)
        #expect(try SyncResponse(decoding: last.body).answer.history == histories.first)
        try door.close()
    }

    /// A file that cannot be opened just now is tried again: until then every answer is transient.
    @Test func anOpenThatFailsIsTriedAgain() throws {
        let door = door(refusing: 2)
        for _ in 0..<2 {
            let refusal = #expect(throws: HubRefusal.self) {
                try door.sync(phone.request(), as: phone.credential, now: 9_000_000)
            }
            #expect(refusal?.status == 503)
        }
        #expect(door.isReady())
        let answer = try door.sync(phone.request(), as: phone.credential, now: 9_000_001)
        #expect(
            try SyncResponse(decoding: answer.body).answer.direction == .rebaselineNeeded)
        try door.close()
    }
}
