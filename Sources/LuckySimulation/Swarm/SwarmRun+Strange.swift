internal import Foundation
internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

// What honest phones of this build never do.
extension SwarmRun {
    /// A phone of paper sends a changeset that nobody can read, and a good one behind it: the first
    /// is kept aside and receipted, and the chain goes on (L20).
    func sendUnreadable(as driver: Identifier, _ draw: inout SwarmDraw) throws {
        guard let change = ChangeID(bytes: draw.bytes(16)) else { return }
        let replica = ReplicaID(install: draw.next(), epoch: UInt32(draw.below(1 << 30)))
        strangers.insert(replica)
        let bad = RawEnvelope.bytes(
            replica, counter: 1, previous: .zero, header: draw.bytes(40),
            parts: [RawEnvelope.Part(core: draw.bytes(20), personal: nil)])
        let entity = EntityID(.stop, madeBy: change)
        let fact = Fact.stopAdded(AddedStop(customer: "紙上客人"))
        let good = try Changeset(
            sealing: [ChangeCodec.encode(Change(entity, .fact(fact))) { draw.bytes(16) }],
            header: header(change, of: driver), dot: Dot(replica, 2),
            previous: try Envelope(reading: bad).hash)
        let tap = SwarmLedger.Tap(
            change: change, entity: entity, driver: driver, versions: [[fact]], state: .unknown,
            step: -1)
        hand([bad, good.bytes], endingWith: good, tap, .unreadable, &draw)
    }

    func header(_ change: ChangeID, of driver: Identifier) -> ChangesetHeader {
        ChangesetHeader(
            changeID: change, author: driver,
            time: DeviceTime(
                wallMilliseconds: world.now, monotonicMilliseconds: 0,
                boot: BootID(high: 0, low: 1)),
            hlc: HLC(milliseconds: world.now, logical: 0), checkpoint: nil, contexts: [:])
    }

    /// What a phone of paper wrote is brought to the hub, once; its last changeset gets a receipt.
    func hand(
        _ changesets: [[UInt8]], endingWith last: Changeset, _ tap: SwarmLedger.Tap,
        _ kind: FaultKind, _ draw: inout SwarmDraw
    ) {
        guard let door = hub.hub else { return }
        let (replica, counter) = (last.dot.replica, last.dot.counter)
        let request = SyncRequest(
            replica: replica, head: ChainHead(counter: counter, hash: last.hash),
            history: door.history, checkpoint: nil, nonce: draw.next(), wantsDigest: false,
            changesets: changesets)
        var tap = tap
        let paper = "paper \(replica)"
        ledger.note(tap, on: paper)
        do throws(HubRefusal) {
            let answer = try door.sync(
                request.encoded(),
                as: Credential(person: tap.driver, depot: Self.depot, role: .driver),
                now: world.now)
            guard world.lives(hub) else { return }
            world.strike(kind)
            guard let receipts = try? SyncResponse(decoding: answer.body).receipts,
                receipts.contains(where: { $0.counters.contains(counter) && $0.hash == last.hash })
            else {
                return report(
                    QuarantineChecker.name,
                    .findNoReceipt.with(["kind": kind.rawValue]))
            }
            tap.state = .acknowledged
            ledger.note(tap, on: paper)
            _ = ledger.see(pending: [], on: paper)
            ledger.lose(paper, to: nil, atHub: [])
        } catch {
            if world.lives(hub) { trace.mix(error.code) }
        }
    }

    /// Deletes a stop and has its plan forgotten: what proves the deletion stays for ever (L9).
    func purge(_ entity: EntityID, _ step: SwarmStep) throws {
        guard let door = hub.hub, let state = try door.read({ try $0.state(entity) }) else {
            return
        }
        let desk = Credential(person: "mei", depot: Self.depot, role: .office)
        do throws(HubRefusal) {
            let deletion = try door.write(
                [Change(entity, .plan(.deleted, .flag(true)))], contexts: [entity: state.vector],
                id: ChangeID(high: 0xDE1E, low: UInt64(step.number)), by: desk, now: world.now)
            guard world.lives(hub) else { return }
            if !deletion.isRepeat {
                ledger.note(
                    SwarmLedger.Edit(
                        change: deletion.change, entity: entity, state: .acknowledged))
            }
            askAgain(deletion, of: entity, seen: state.vector, by: desk, step)
            guard hub.hub != nil else { return }
            _ = try door.purge(entity, by: desk, now: world.now)
            guard world.lives(hub) else { return }
            purged.insert(entity)
            tell(.tracePurged.with(["step": "\(step.number)"]))
        } catch {
            if world.lives(hub) {
                tell(.tracePurgeRefused.with(["step": "\(step.number)", "code": error.code]))
            }
            trace.mix(error.code)
        }
    }

    /// An office client that got no answer asks again, with the same id.
    private func askAgain(
        _ first: WriteResult, of entity: EntityID, seen: VersionVector, by desk: Credential,
        _ step: SwarmStep
    ) {
        guard let door = hub.hub else { return }
        do throws(HubRefusal) {
            let second = try door.write(
                [Change(entity, .plan(.deleted, .flag(true)))], contexts: [entity: seen],
                id: first.change, by: desk, now: world.now)
            guard world.lives(hub), !second.isRepeat || second.dot != first.dot else { return }
            report(DoublingChecker.name, .findDeletionTwice.with(["step": "\(step.number)"]))
        } catch {
            guard world.lives(hub) else { return }
            report(
                DoublingChecker.name,
                .findDeletionRefused.with(["step": "\(step.number)", "code": error.code]))
        }
    }

    /// One change on the stops of two drivers: each phone hears of its own.
    func writeToNeighbours(_ stop: SwarmStop, _ step: SwarmStep) throws {
        let next = (stop.driver + 1) % plan.settings.drivers
        let other = plan.stops.first {
            $0.day == stop.day && $0.driver == next && !$0.isSpare
        }
        guard let door = hub.hub, let other else { return }
        var contexts: [EntityID: VersionVector] = [:]
        for entity in [stopID(stop), stopID(other)] {
            contexts[entity] = try door.read { try $0.state(entity)?.vector }
        }
        guard contexts.count == 2 else { return }
        let changes = contexts.keys.sorted().map {
            Change($0, .plan(.officeNote, .text("兩家一起送")))
        }
        do throws(HubRefusal) {
            let result = try door.write(
                changes, contexts: contexts,
                id: ChangeID(high: 0x2E16, low: UInt64(step.number)),
                by: Credential(person: "mei", depot: Self.depot, role: .office), now: world.now)
            guard world.lives(hub) else { return }
            ledger.note(
                SwarmLedger.Edit(
                    change: result.change, entity: stopID(stop), also: [stopID(other)],
                    state: .acknowledged))
            tell(.traceWroteTwo.with(["step": "\(step.number)"]))
        } catch {
            if world.lives(hub) {
                tell(.traceWriteRefused.with(["step": "\(step.number)", "code": error.code]))
            }
            trace.mix(error.code)
        }
    }

    /// An edit drops exactly what its writer had seen (L7), whatever the hub made of it.
    func checkOverwritten(
        _ before: EntityState?, _ context: VersionVector, _ step: SwarmStep
    ) throws {
        guard let before, let after = try hub.hub?.read({ try $0.state(before.id) }) else { return }
        for (field, old) in before.fields.sorted(by: { $0.key < $1.key }) {
            for sibling in old.siblings where !context.covers(sibling.dot) {
                if after.fields[field]?.siblings.contains(where: { $0.ref == sibling.ref }) != true
                {
                    report(
                        CausalityChecker.name,
                        .findDropped.with([
                            "step": "\(step.number)", "field": "\(field.rawValue)",
                            "entity": "\(before.id)",
                        ]))
                }
            }
        }
    }
}
