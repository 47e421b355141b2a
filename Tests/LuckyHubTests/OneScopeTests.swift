import Foundation
import LuckyCausality
import LuckyModel
import Testing

@testable import LuckyHub

/// L23 lets an entity be in many scopes. What people can do here puts it in one at most.
@Suite struct OneScopeTests {
    @Test("Stops, routes and shifts are somebody's, one driver's at a time; customers are nobody's")
    func oneAtATime() throws {
        let desk = try OfficeDesk()
        try desk.load()
        var phones = ["drv-1", "drv-2"].enumerated().map { index, driver in
            OfficePhone(Identifier(driver), install: UInt64(80 + index))
        }
        for (stop, code) in [("S1", "C-1"), ("S3", "C-2")] {
            var books = PlanBooks()
            books.customerCode = code
            let _: PlanEditReply = try desk.ask(
                .planSet,
                PlanSetRequest(id: desk.id(), stop: stop, date: Plans.date, books: books))
        }
        for index in phones.indices { try phones[index].sync(desk) }
        try phones[0].record(
            [.shiftStarted(ShiftStart(float: .zero))],
            on: EntityID(.shift, Bits128(high: 7, low: 7)), at: desk.now)
        try phones[1].record(
            [.stopAdded(AddedStop(code: "X1"))] + phones[1].deliver([.kg20: 1], cash: 950),
            on: EntityID(.stop, Bits128(high: 7, low: 8)), at: desk.now)
        for index in phones.indices { try phones[index].sync(desk) }
        let _: PlanEditReply = try desk.ask(
            .customerMerge, CustomerMergeRequest(id: desk.id(), customer: "C-1", into: "C-2"))
        let _: PlanEditReply = try desk.ask(
            .planReassign,
            PlanReassignRequest(id: desk.id(), stop: "S2", date: Plans.date, driver: "drv-2"))
        let _: PlanEditReply = try desk.ask(
            .planCancelRoute,
            PlanCancelRouteRequest(id: desk.id(), route: "R1", date: Plans.date))

        let kinds = try desk.hub.read { reader in
            let scopes = try phones.map { try reader.scope(of: $0.driver) }
            #expect(Set(scopes[0]).isDisjoint(with: scopes[1]))
            for customer in try reader.entities(.customer) {
                #expect(try reader.drivers(everWith: customer) == [])
            }
            #expect(try reader.entities(.customer).count == 2)
            return Set(scopes.flatMap(\.self).map(\.kind))
        }
        #expect(kinds == [.stop, .route, .shift])
    }
}
