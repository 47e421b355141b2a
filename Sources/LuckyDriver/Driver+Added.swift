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
    ///   - said: who and where. What it leaves out is filled in: the day is today, the route the
    ///     only one of that day, the code the next of X1, X2 … that no stop of the day has.
    ///   - serials: which cylinders, where they were scanned.
    ///   - cash: what the customer paid at the door.
    @discardableResult
    public func addStop(
        _ said: AddedStop, handover: Handover, serials: Serials = Serials(),
        proof: Proof = Proof(), cash: Money? = nil, change: ChangeID? = nil
    ) async throws(DeliveryError) -> Commit {
        let id = change ?? changeIDs.next()
        let stop = EntityID(.stop, madeBy: id)
        var added = said
        added.date = added.date ?? date(of: .today)
        if let date = added.date {
            let routes = try await routes(on: .on(date))
            let named = routes.compactMap(\.id)
            if added.route == nil, named.count == 1 { added.route = named.first }
            let others = routes.flatMap(\.stops).map(\.stop).filter { $0.id != stop }
            if let code = added.code, others.contains(where: { $0.isCalled(code) }) {
                // One that was saved before the office gave its code away is saved all the same.
                let isSaved = try await read { store throws(StoreError) in
                    try store.result(of: id) != nil
                }
                guard isSaved else { throw DeliveryError(.refused(.codeTaken(code))) }
            }
            added.code = added.code ?? Self.freeCode(others)
        }
        let photo = try await save(proof.image)
        let asked =
            [.stopAdded(said)] + Self.asked(handover, serials, proof.recipient, cash, photo)
        return try await commit(id, on: stop, isNew: true, asked: asked) {
            [added] state throws(StopRefusal) in
            var facts = try StopRules.add(
                added, to: state.stop, handover: handover, recipient: proof.recipient, cash: cash,
                hasPicture: photo != nil, serials: serials.delivered,
                collectedSerials: serials.collected)
            if let photo { facts.append(.photoTaken(photo)) }
            return facts
        }
    }

    private static func freeCode(_ stops: [Stop]) -> Identifier {
        let taken = Set(stops.map(\.code))
        var number = 1
        while taken.contains(Identifier("X\(number)")) { number += 1 }
        return Identifier("X\(number)")
    }
}

extension Stop {
    /// By its code, or by its number on the route.
    fileprivate func isCalled(_ name: Identifier) -> Bool {
        code == name || (sequence > 0 && name == Identifier("\(sequence)"))
    }
}
