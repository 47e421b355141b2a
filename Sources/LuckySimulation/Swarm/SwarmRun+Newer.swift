internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

// Builds that are newer than this one.
extension SwarmRun {
    /// A phone of paper of a newer build tells a fact of a kind that is not known here, and a reason
    /// that is not: both are accepted, kept and sent on as they are (L5).
    func sendNewer(as driver: Identifier, _ draw: inout SwarmDraw) throws {
        guard let change = ChangeID(bytes: draw.bytes(16)) else { return }
        let replica = ReplicaID(install: draw.next(), epoch: UInt32(draw.below(1 << 30)))
        let entity = EntityID(.stop, madeBy: change)
        let kind: UInt32 = 40
        let facts: [Fact] = [
            .stopAdded(AddedStop(customer: "明年的客人")), .unknown(kind: kind),
            .failed(Failure(FailureReason(rawValue: 99), attempt: 0)),
        ]
        var core = RawMessage()
        core.data(1, entity.bytes)
        core.data(kind, [])
        let encoded = facts.map { fact in
            if case .unknown = fact { return EncodedChange(core: core.bytes, personal: nil) }
            return ChangeCodec.encode(Change(entity, .fact(fact))) { draw.bytes(16) }
        }
        let changeset = try Changeset(
            sealing: encoded, header: header(change, of: driver), dot: Dot(replica, 1),
            previous: .zero)
        let tap = SwarmLedger.Tap(
            change: change, entity: entity, driver: driver, versions: [facts], state: .unknown,
            step: -1)
        hand([changeset.bytes], endingWith: changeset, tap, .newer, &draw)
        try writeNewField(for: driver, &draw)
    }

    /// An office of that build fills in a field of a stop that this one does not know: phones keep it
    /// byte for byte.
    private func writeNewField(
        for driver: Identifier, _ draw: inout SwarmDraw
    ) throws {
        let stops = plan.stops.filter { name(ofDriver: $0.driver) == driver && !$0.isSpare }
        guard !stops.isEmpty, let door = hub.hub, let id = ChangeID(bytes: draw.bytes(16)) else {
            return
        }
        let entity = stopID(stops[draw.below(stops.count)])
        guard let state = try door.read({ try $0.state(entity) }) else { return }
        do throws(HubRefusal) {
            let result = try door.write(
                [Change(entity, .plan(PlanField(rawValue: 99), .text("新欄位")))],
                contexts: [entity: state.vector], id: id,
                by: Credential(person: "mei", depot: Self.depot, role: .office), now: world.now)
            guard world.lives(hub) else { return }
            ledger.note(
                SwarmLedger.Edit(change: result.change, entity: entity, state: .acknowledged))
        } catch {
            if world.lives(hub) { trace.mix(error.code) }
        }
    }
}
