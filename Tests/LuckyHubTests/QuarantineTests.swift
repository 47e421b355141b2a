import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// Each reason of the closed list (L20): stored verbatim, receipted, not applied, and the chain
/// goes on behind it.
@Suite struct QuarantineTests {
    let bench: Bench
    let stop: EntityID
    let state: EntityState?

    init() throws {
        bench = try Bench()
        stop = try bench.plan(1, for: "drv-1")
        state = try bench.hub.read { [stop] in try $0.state(stop) }
    }

    func phone() throws -> Phone {
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        return phone
    }

    /// Sends what is in the outbox, then an ordinary tap, and expects the first to be quarantined.
    func expect(_ reason: QuarantineReason, _ phone: inout Phone) throws {
        let bytes = try #require(phone.outbox.first?.bytes)
        try bench.sync(&phone)
        #expect(phone.results[1]?.result == .quarantined(reason.rawValue))
        #expect(phone.results[1]?.sequences == [])
        let after = try bench.hub.read { try $0.state(stop) }
        #expect(after == state)
        let kept = try bench.hub.storage.read { try $0.changeset(Dot(phone.replica, 1)) }
        #expect(kept?.bytes == bytes)
        #expect(try bench.hub.read { try $0.quarantined() }.map(\.reason) == [reason.rawValue])

        try phone.tap(stop, .arrival)
        try bench.settle(&phone)
        #expect(phone.results[2]?.result == .accepted)
        let next = try #require(try bench.hub.read { try $0.state(stop) })
        #expect(next.facts.count == 1)
        #expect(phone.digest() == phone.hubDigest)
    }

    /// An envelope by hand, as the phone's next.
    func envelope(
        _ phone: Phone, header: [UInt8], cores: [[UInt8]]
    ) throws -> Envelope {
        func little(_ value: some FixedWidthInteger) -> [UInt8] {
            withUnsafeBytes(of: value.littleEndian) { Array($0) }
        }
        var bytes = phone.replica.bytes + little(UInt64(1)) + [UInt8](repeating: 0, count: 32)
        bytes += little(UInt32(header.count)) + little(UInt16(cores.count))
        for core in cores { bytes += little(UInt32(core.count)) + little(UInt32.max) }
        return try Envelope(reading: bytes + header + cores.flatMap { $0 })
    }

    @Test func undecodableHeader() throws {
        var phone = try phone()
        let broken = try envelope(phone, header: [0xFF, 0xFF, 0xFF], cores: [[1]])
        phone.add(broken.bytes, hash: broken.hash)
        try expect(.undecodable, &phone)
    }

    @Test func undecodableChange() throws {
        var phone = try phone()
        try phone.tap(stop, .arrival)
        let good = try Envelope(reading: try #require(phone.outbox.first?.bytes))
        let broken = try envelope(phone, header: good.header, cores: [[0xFF, 0xFF]])
        phone.outbox = []
        phone.head = nil
        phone.add(broken.bytes, hash: broken.hash)
        try expect(.undecodable, &phone)
    }

    @Test func aChainThatDoesNotBeginWithZeros() throws {
        var phone = try phone()
        try phone.write([Change(stop, .fact(.arrival))], previous: .sha256([1]))
        try expect(.undecodable, &phone)
    }

    @Test func moreChangesThanAChangesetMayHave() throws {
        var phone = try phone()
        let cores = [[UInt8]](repeating: [1], count: Bounds.changesPerChangeset + 1)
        let wide = try envelope(phone, header: [], cores: cores)
        phone.add(wide.bytes, hash: wide.hash)
        try expect(.bounds, &phone)
    }

    @Test func anotherAuthor() throws {
        var phone = try phone()
        try phone.write([Change(stop, .fact(.arrival))], author: "drv-2")
        try expect(.author, &phone)
    }

    @Test func aDriversPlanWrite() throws {
        var phone = try phone()
        try phone.write([
            Change(stop, .fact(.arrival)), Change(stop, .plan(.address, .text("my place"))),
        ])
        try expect(.authority, &phone)
    }

    @Test func aStopNeverInScope() throws {
        let theirs = try bench.plan(2, for: "drv-2")
        var phone = try phone()
        try phone.tap(theirs, .arrival)
        try expect(.authority, &phone)
        #expect(try bench.hub.read { try $0.state(theirs) }?.facts.isEmpty == true)
    }

    @Test func anotherPersonsChangeID() throws {
        var other = Phone("drv-2", install: 2)
        try bench.plan(2, for: "drv-2")
        try bench.settle(&other)
        let id = try other.tap(Bench.stop(2), .arrival)
        try bench.settle(&other)
        var phone = try phone()
        try phone.write([Change(stop, .fact(.arrival))], id: id)
        try expect(.authority, &phone)
    }

    @Test func aContextThatNobodyCanHaveSeen() throws {
        var phone = try phone()
        let stranger = ReplicaID(install: 77, epoch: 1)
        try phone.write([Change(stop, .fact(.arrival))], contexts: [stop: [stranger: 1]])
        try expect(.unknownContext, &phone)
    }

    @Test func eachContextOfAMessageIsLookedAt() throws {
        try bench.plan(2, for: "drv-2")
        var other = Phone("drv-2", install: 2)
        try bench.settle(&other)
        try other.tap(Bench.stop(2), .arrival)
        try bench.settle(&other)
        var phone = try phone()
        for counter: UInt64 in [1, 1, 2] {
            try phone.write(
                [Change(stop, .fact(.arrival))], contexts: [stop: [other.replica: counter]])
        }
        try bench.sync(&phone)
        #expect(phone.results[1]?.result == .accepted)
        #expect(phone.results[2]?.result == .accepted)
        #expect(phone.results[3]?.result == .quarantined("unknown_context"))
    }

    /// What another history showed cannot be judged by what was stated here before; once its
    /// replica has spoken again it can.
    @Test func aContextFromAnotherHistory() throws {
        try bench.plan(2, for: "drv-2")
        var other = Phone("drv-2", install: 2)
        try bench.settle(&other)
        var phone = try phone()
        var lost = phone
        lost.history = HistoryID(high: 1, low: 1)
        #expect(try bench.sync(&lost).answer.direction == .rebaselineNeeded)
        try phone.write([Change(stop, .fact(.arrival))], contexts: [stop: [other.replica: 3]])
        try bench.sync(&phone)
        #expect(phone.results[1]?.result == .accepted)
        #expect(try bench.hub.read { try $0.replicas() }.map(\.id).contains(other.replica))

        try bench.settle(&other)
        try phone.write([Change(stop, .fact(.arrival))], contexts: [stop: [other.replica: 4]])
        try bench.sync(&phone)
        #expect(phone.results[2]?.result == .quarantined("unknown_context"))
    }

    @Test func aContextAboveTheHubsOwnCounter() throws {
        var phone = try phone()
        try phone.write([Change(stop, .fact(.arrival))], contexts: [stop: [bench.hub.replica: 2]])
        try expect(.unknownContext, &phone)
    }

    @Test func aContextAboveItsOwnCounter() throws {
        var phone = try phone()
        try phone.write([Change(stop, .fact(.arrival))], contexts: [stop: [phone.replica: 1]])
        try expect(.unknownContext, &phone)
    }

    /// Counterexample 5: the quarantined dot counts nowhere, and the author's next changeset stands
    /// on its own.
    @Test func counterexample5_aQuarantinedWriteLeavesNoTrace() throws {
        var phone = try phone()
        try phone.write([Change(stop, .plan(.address, .text("elsewhere")))])
        try phone.tap(stop, .arrival)
        try bench.settle(&phone)
        #expect(phone.results[1]?.result == .quarantined("authority"))
        let state = try #require(try bench.hub.read { try $0.state(stop) })
        #expect(state.shown(.address) == .text("臺東市中華路1號"))
        #expect(state.vector[phone.replica] == 2)
        #expect(phone.base[stop] == state)
        // It comes whole to a device that starts over, and merges to the same.
        var fresh = Phone("drv-1", install: 2)
        try bench.settle(&fresh)
        #expect(fresh.base[stop] == state)
        #expect(fresh.digest() == phone.digest())
    }

    /// Counterexample 11: the cap is a refusal, never a cut.
    @Test func counterexample11_theSeventeenthSiblingIsRefused() throws {
        let nothing = VersionVector()
        let seen = try bench.vector(stop)
        for number in 1..<Bounds.siblings {
            try bench.edit(stop, [.sequence: .integer(Int64(number))], seen: nothing)
        }
        let full = try #require(try bench.hub.read { try $0.state(stop) })
        #expect(full.fields[.sequence]?.siblings.count == Bounds.siblings)
        let before = try bench.fingerprint()
        #expect(throws: HubRefusal.self) {
            try bench.edit(stop, [.sequence: .integer(99)], seen: nothing)
        }
        do {
            try bench.edit(stop, [.sequence: .integer(99)], seen: nothing)
        } catch let refusal as HubRefusal {
            #expect(refusal.status == 409)
            #expect(refusal.code == "siblings_full")
        }
        #expect(try bench.fingerprint() == before)
        // One that saw some of them is let in.
        try bench.edit(stop, [.sequence: .integer(100)], seen: seen)
        #expect(
            try bench.hub.read { try $0.state(stop) }?.fields[.sequence]?.siblings.count
                == Bounds.siblings)
        // From an office device it is quarantined, and the chain goes on.
        let desk = Credential(person: "ofc-1", depot: Bench.depot, role: .office)
        var device = Phone("ofc-1", install: 9)
        try device.write(
            [Change(stop, .plan(.sequence, .integer(3)))], contexts: [stop: nothing])
        let response = try bench.answer(device.request(), as: desk)
        #expect(response.receipts.first?.result == .quarantined("siblings_full"))
    }
}
