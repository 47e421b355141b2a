internal import LuckyCausality
public import LuckyModel
internal import LuckyStore

extension Driver {
    /// Gas was handed over where the plan has no stop: it has left the truck, so it is recorded as
    /// a stop of this driver's own, which the office reviews.
    ///
    /// The stop is ``LuckyModel/EntityID/init(_:madeBy:)`` of the commit's change: the same change
    /// id again is the same stop.
    /// - Parameters:
    ///   - added: who and where. What it leaves out is filled in: the day is today, the route the
    ///     only one of that day, the code the next of X1, X2 … that no stop of the day has.
    ///   - cash: what the customer paid at the door.
    @discardableResult
    public func addStop(
        _ added: AddedStop, handover: Handover, proof: Proof = Proof(), cash: Money? = nil,
        change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        var added = added
        added.date = added.date ?? date(of: .today)
        if let date = added.date {
            let routes = try await routes(on: .on(date))
            let named = routes.compactMap(\.id)
            if added.route == nil, named.count == 1 { added.route = named.first }
            added.code = added.code ?? Self.freeCode(routes.flatMap(\.stops))
        }
        let photo = try await save(proof.image)
        let id = change ?? changeIDs.next()
        let stop = EntityID(.stop, madeBy: id)
        return try await commit(id, on: stop, isNew: true) { [added] state throws(StopRefusal) in
            var facts = try StopRules.add(
                added, to: state.stop, handover: handover, recipient: proof.recipient, cash: cash,
                hasPicture: photo != nil)
            if let photo { facts.append(.photoTaken(photo)) }
            return facts
        }
    }

    private static func freeCode(_ stops: [StoredStop]) -> Identifier {
        let taken = Set(stops.map(\.stop.code))
        var number = 1
        while taken.contains(Identifier("X\(number)")) { number += 1 }
        return Identifier("X\(number)")
    }
}
