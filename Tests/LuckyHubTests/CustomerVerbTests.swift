import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import Testing

@testable import LuckyHub

/// Customers by their code: shown, merged, deleted; what they hold is a sum over their stops.
@Suite("Verbs of customers")
struct CustomerVerbTests {
    private static let service = Credential(
        person: "lin", depot: "taitung", role: .customerService)

    /// S1 is C1's, S2 and T1 are C2's; S1 and S2 are delivered.
    private static func day() throws -> OfficeDesk {
        let desk = try OfficeDesk()
        try desk.load()
        for (stop, code) in [("S1", "C1"), ("S2", "C2"), ("T1", "C2")] {
            var books = PlanBooks()
            books.customerCode = code
            let _: PlanEditReply = try desk.ask(
                .planSet,
                PlanSetRequest(id: desk.id(), stop: stop, date: Plans.date, books: books))
        }
        var phone = OfficePhone("drv-1", install: 60)
        try phone.sync(desk)
        let moved: [(String, Handover)] = [
            ("S1", Handover(delivered: [.kg20: 2], collected: [.kg20: 1])),
            ("S2", Handover(delivered: [.kg20: 3], collected: [.kg16: 1])),
        ]
        for (stop, handover) in moved {
            try phone.record(
                [.handedOver(HandedOver(handover, attempt: 1))], on: phone.state(stop).id,
                at: desk.now)
        }
        try phone.sync(desk)
        desk.credential = service
        return desk
    }

    private func show(_ desk: OfficeDesk, _ customer: String) throws -> CustomerShowReply {
        try desk.ask(.customerShow, CustomerShowRequest(customer: customer))
    }

    private func held(_ reply: CustomerShowReply) -> [String] {
        reply.holdings.map { "\($0.product) \($0.count)" }
    }

    private func merge(
        _ desk: OfficeDesk, _ customer: String, _ into: String?, context: String? = nil
    ) -> CustomerMergeRequest {
        CustomerMergeRequest(id: desk.id(), customer: customer, into: into, context: context)
    }

    @Test("Shown by a code that only stops name, with all of its stops and what it holds")
    func shown() throws {
        let desk = try Self.day()
        let reply = try show(desk, "C2")
        #expect(reply.customer == "C2" && reply.stops.map(\.stop) == ["S2", "T1"])
        #expect(reply.stops.map(\.status) == ["delivered", "pending"])
        #expect(held(reply) == ["16kg -1", "20kg 3"] && !reply.overflow && !reply.deleted)
        #expect(reply.mergedInto == nil && reply.members.map(\.customer) == ["C2"])
        #expect(try show(desk, reply.entity).stops.map(\.entity) == reply.stops.map(\.entity))
        #expect(
            try desk.refusal(.customerShow, CustomerShowRequest(customer: "C9"))
                == "404 unknown_customer")
        let stop = try desk.show("S1").entity
        #expect(
            try desk.refusal(.customerShow, CustomerShowRequest(customer: stop))
                == "404 unknown_customer")
    }

    @Test("Merged: both are shown as one, chains are followed, and it can be taken back")
    func merged() throws {
        let desk = try Self.day()
        let request = merge(desk, "C1", "C2")
        let reply: PlanEditReply = try desk.ask(.customerMerge, request)
        #expect(reply.code == "C1" && reply.fields.contains("merged_into"))
        #expect(try desk.ask(.customerMerge, request, as: PlanEditReply.self).isRepeat)
        for name in ["C1", "C2"] {
            let one = try show(desk, name)
            #expect(held(one) == ["16kg -1", "20kg 4"] && one.survivor.customer == "C2")
            #expect(one.members.map(\.customer) == ["C1", "C2"])
            #expect(one.stops.map(\.customer) == ["C1", "C2", "C2"])
        }
        #expect(try show(desk, "C1").mergedInto?.customer == "C2")
        #expect(try desk.refusal(.customerMerge, merge(desk, "C2", "C1")) == "409 merge_circle")
        #expect(try desk.refusal(.customerMerge, merge(desk, "C1", "C1")) == "409 merge_itself")
        #expect(try desk.refusal(.customerMerge, merge(desk, "C1", "C9")) == "404 unknown_customer")

        let _: PlanEditReply = try desk.ask(.customerMerge, merge(desk, "C1", nil))
        #expect(held(try show(desk, "C1")) == ["20kg 1"])
        #expect(held(try show(desk, "C2")) == ["16kg -1", "20kg 3"])
        let nothing: PlanEditReply = try desk.ask(.customerMerge, merge(desk, "C2", nil))
        #expect(nothing.changes.isEmpty)
    }

    @Test("Two who merge two into each other at once: where it is written, the second is refused")
    func atOnce() throws {
        let desk = try Self.day()
        let (one, two) = (try show(desk, "C1"), try show(desk, "C2"))
        let ids = try [one, two].map { try #require(EntityID(hex: $0.entity)) }
        // Each of them looked before the other wrote.
        func write(_ gone: EntityID, _ stays: EntityID, _ low: UInt64) throws -> String? {
            do {
                _ = try desk.hub.write(
                    [Change(gone, .plan(.mergedInto, .entity(stays)))], contexts: [:],
                    id: ChangeID(high: 77, low: low), by: Self.service, now: desk.now)
                return nil
            } catch { return error.code }
        }
        #expect(try write(ids[0], ids[1], 1) == nil)
        #expect(try write(ids[1], ids[0], 2) == "merge_circle")
        #expect(try write(ids[1], ids[1], 3) == "merge_circle")
        #expect(try show(desk, "C1").circle == nil)

        // One that an older build let in is told of, and counts the same from both sides.
        _ = try desk.hub.append(desk.now) { writer in
            try writer.write(
                [Change(ids[1], .plan(.mergedInto, .entity(ids[0])))], contexts: [:],
                id: ChangeID(high: 77, low: 4), author: "lin", role: .hub)
        }
        for name in ["C1", "C2"] {
            let reply = try show(desk, name)
            #expect(reply.circle?.map(\.entity) == ids.map(\.hex).sorted())
            #expect(reply.survivor.entity == ids.min()?.hex)
            #expect(held(reply) == ["16kg -1", "20kg 4"])
        }
        let _: PlanEditReply = try desk.ask(.customerMerge, merge(desk, "C2", nil))
        #expect(try show(desk, "C1").circle == nil)
    }

    @Test("Nor by a chain whose middle goes elsewhere just now")
    func throughAChain() throws {
        let desk = try Self.day()
        var books = PlanBooks()
        books.customerCode = "C3"
        let _: PlanEditReply = try desk.ask(
            .planSet, PlanSetRequest(id: desk.id(), stop: "S3", date: Plans.date, books: books))
        let _: PlanEditReply = try desk.ask(.customerMerge, merge(desk, "C1", "C3"))
        let _: PlanEditReply = try desk.ask(.customerMerge, merge(desk, "C2", "C1"))
        #expect(try desk.refusal(.customerMerge, merge(desk, "C1", "C2")) == "409 merge_circle")
    }

    @Test(
        "Deleted and purged, a merged customer still counts as the other; nobody counts as nobody")
    func purged() throws {
        let desk = try Self.day()
        let _: PlanEditReply = try desk.ask(.customerMerge, merge(desk, "C1", "C2"))
        let _: PlanEditReply = try desk.ask(
            .customerDelete, CustomerDeleteRequest(id: desk.id(), customer: "C1"))
        let gone = try #require(EntityID(hex: try show(desk, "C1").entity))
        let supervisor = Credential(person: "boss", depot: "taitung", role: .supervisor)
        #expect(try desk.hub.purge(gone, by: supervisor, now: desk.now) != nil)
        #expect(held(try show(desk, "C2")) == ["16kg -1", "20kg 4"])

        let _: PlanEditReply = try desk.ask(.customerMerge, merge(desk, "C1", nil))
        #expect(try desk.refusal(.customerMerge, merge(desk, "C2", "C1")) == "409 deleted")
    }

    @Test("Two who merge one into different ones at once: both are kept, and a review says so")
    func contested() throws {
        let desk = try Self.day()
        var books = PlanBooks()
        books.customerCode = "C3"
        let _: PlanEditReply = try desk.ask(
            .planSet, PlanSetRequest(id: desk.id(), stop: "S3", date: Plans.date, books: books))
        let seen = try show(desk, "C1").context
        for into in ["C2", "C3"] {
            let _: PlanEditReply = try desk.ask(
                .customerMerge, merge(desk, "C1", into, context: seen))
        }
        let after = try show(desk, "C1")
        #expect(after.concurrent.contains("merged_into"))
        let list: ReviewListReply = try desk.ask(.reviewList, ReviewListRequest())
        #expect(list.reviews.map(\.kind).contains("plan_contested"))
    }

    @Test("Deleted: their stops and what they hold stay; it can be taken back")
    func deleted() throws {
        let desk = try Self.day()
        func delete(_ undo: Bool? = nil) -> CustomerDeleteRequest {
            CustomerDeleteRequest(id: desk.id(), customer: "C1", undo: undo)
        }
        #expect(try desk.ask(.customerDelete, delete(true), as: PlanEditReply.self).code == "C1")
        let _: PlanEditReply = try desk.ask(.customerDelete, delete())
        let gone = try show(desk, "C1")
        #expect(gone.deleted && held(gone) == ["20kg 1"] && gone.stops.count == 1)
        #expect(try desk.show("S1").status == "delivered")
        let _: PlanEditReply = try desk.ask(.customerDelete, delete(true))
        #expect(try !show(desk, "C1").deleted)
    }

    @Test("Who merges is who owns the field by the hub's rules: customer service")
    func whose() throws {
        let desk = try Self.day()
        for role in [Role.dispatcher, .finance] {
            desk.credential = Credential(person: "x", depot: "taitung", role: role)
            #expect(try desk.refusal(.customerMerge, merge(desk, "C1", "C2")) == "403 not_theirs")
            #expect(try held(show(desk, "C1")) == ["20kg 1"])
        }
        for role in [Role.office, .supervisor] {
            desk.credential = Credential(person: "y", depot: "taitung", role: role)
            #expect(try desk.refusal(.customerMerge, merge(desk, "C1", "C2")) == nil)
        }
    }
}
