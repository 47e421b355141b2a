internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

// What a view says of all replicas together, and what must hold in every scenario.
extension ScenarioRun {
    /// What everybody shows; where two replicas differ, both, so that no expectation fits.
    static func everywhere(_ on: [CaseMember]) -> CaseValue {
        .object(
            ScenarioEntity.groups.map { group in
                var codes: [CaseMember] = []
                for replica in on {
                    for entry in replica.value[group]?.members ?? []
                    where entry.value["handed_over"]?.flag != true {
                        let index = codes.firstIndex { $0.key == entry.key }
                        if let index {
                            codes[index].value = agreed(
                                codes[index].value, entry.value, replica.key)
                        } else {
                            codes.append(entry)
                        }
                    }
                }
                return CaseMember(key: group, value: .object(codes))
            })
    }

    /// What both say of an entity; a value in which they differ says so.
    private static func agreed(
        _ first: CaseValue, _ second: CaseValue, _ name: String
    ) -> CaseValue {
        let more = (second.members ?? []).filter { first[$0.key] == nil }
        return .object(
            (first.members ?? []).map { member in
                guard let other = second[member.key], other != member.value else { return member }
                return CaseMember(
                    key: member.key,
                    value: .members(["elsewhere": member.value, "on \(name)": other]))
            } + more)
    }

    /// Label → what became of the tap: its receipt.
    func receipts() throws -> CaseValue {
        var members: [CaseMember] = []
        for (label, change) in labels.sorted(by: { $0.key < $1.key }) {
            for device in world.devices {
                let entry = try device.store?.changesets(.all, limit: 100_000)
                    .first { $0.change == change }
                guard let entry else { continue }
                let reason = entry.reason.map { " \($0)" } ?? ""
                members.append(
                    CaseMember(key: label, value: .text(entry.state.rawValue + reason)))
                break
            }
        }
        return .object(members)
    }

    /// Nothing unsent, and the same digest of each driver's scope on hub and devices.
    func hasConverged() throws -> Bool {
        for device in world.devices {
            guard let store = device.store, let hub = device.hub.hub else { continue }
            let position = try store.position()
            let theirs = try hub.read { try $0.scopeDigest(of: device.driver).digest }
            guard position.pendingCount == 0, position.recovery == nil,
                try store.scopeDigest().digest == theirs
            else { return false }
        }
        return true
    }

    /// What must hold after every scenario, whatever it expects.
    func brokenInvariants() throws -> [Phrase] {
        var broken: [Phrase] = []
        for device in world.devices {
            guard let store = device.store else { continue }
            broken += try store.verifyRows().map {
                .invariantRows.with([
                    "name": Phrase(verbatim: device.name), "what": .rowDifference($0),
                ])
            }
        }
        return try broken + lostTaps() + diverged() + lostPhotos()
    }

    /// Photos of own taps that are not on their phone, or are not what the tap says. None leaves it
    /// before the depot proved that it has it.
    private func lostPhotos() throws -> [Phrase] {
        var broken: [Phrase] = []
        for device in world.devices {
            guard let store = device.store else { continue }
            let own = Set(try store.changesets(.all, limit: 100_000).map(\.change))
            for state in try states(in: store).values where state.id.kind == .stop {
                for record in state.facts.values {
                    guard case .photoTaken(let photo) = record.fact,
                        own.contains(record.ref.change),
                        store.photo(photo.sha256) == nil
                    else { continue }
                    broken.append(.invariantPhoto.with(["name": device.name]))
                }
            }
        }
        return broken
    }

    /// Taps that were acknowledged, and that nobody has: neither a hub, applied or in quarantine,
    /// nor an outbox.
    private func lostTaps() throws -> [Phrase] {
        var pending: Set<ChangeID> = excused
        for device in world.devices {
            let waiting = try device.store?.changesets(.pending, limit: 100_000) ?? []
            pending.formUnion(waiting.map(\.change))
        }
        return try taps.compactMap { device, change in
            // What does not run cannot be asked.
            guard !pending.contains(change), device.isRunning || device.isLost,
                let hub = device.hub.hub
            else { return nil }
            let isThere = try hub.read { reader in
                if try reader.changeInfo(change) != nil { return true }
                return try reader.quarantined().contains { $0.change == change }
            }
            let isWitnessed = try states(at: device.hub).values.contains { state in
                state.facts.keys.contains { $0.change == change }
            }
            guard !isThere, !isWitnessed else { return nil }
            let label = labels.first { $0.value == change }?.key ?? change.hex
            return .invariantTap.with(["tap": label, "name": device.name])
        }
    }

    /// Replicas that know the same of an entity and do not hold the same.
    private func diverged() throws -> [Phrase] {
        var broken: [Phrase] = []
        for device in world.devices {
            guard let store = device.store, try store.position().pendingCount == 0 else { continue }
            let theirs = try states(at: device.hub)
            for (id, state) in try states(in: store).sorted(by: { $0.key < $1.key }) {
                // What the hub's history has not told whole is shown beside what it told (L26).
                guard let other = theirs[id], other.vector == state.vector,
                    try store.stop(id)?.isUnconfirmed != true,
                    Digest.of(other) != Digest.of(state)
                else { continue }
                broken.append(.invariantDiffers.with(["name": device.name, "entity": "\(id)"]))
            }
        }
        return broken
    }

    /// What each named customer holds, as the office is told; of a merged one nothing: it is counted
    /// with the survivor.
    func holdings(at hub: WorldHub) throws -> CaseValue {
        let desk = Credential(person: "judge", depot: hub.depot, role: .office)
        var members: [CaseMember] = []
        for customer in named where customer.group == "customers" {
            guard
                let reply = try asked({
                    try call(
                        CustomerShowReply.self, .customerShow,
                        CustomerShowRequest(customer: customer.id.hex), at: hub, as: desk)
                }), reply.mergedInto == nil, !reply.overflow
            else { continue }
            members.append(
                CaseMember(
                    key: customer.code,
                    value: .object(
                        reply.holdings.map {
                            CaseMember(key: $0.product, value: .integer($0.count))
                        })))
        }
        return .object(members)
    }

    /// Nil where the hub refuses: nobody named the customer yet.
    private func asked<Reply>(_ call: () throws -> Reply) throws -> Reply? {
        do { return try call() } catch is HubRefusal { return nil }
    }

    /// What drivers recorded, summed per driver.
    static func ledger(_ states: some Sequence<EntityState>) -> CaseValue {
        var drivers: [Identifier: (given: Quantities, taken: Quantities, cash: Int64, gas: Int)] =
            [:]
        for state in states where state.id.kind == .stop {
            for fact in state.counted.effective {
                var sums = drivers[fact.record.author] ?? ([:], [:], 0, 0)
                switch fact.value {
                case .handedOver(let value):
                    sums.given = sums.given.adding(value.handover.delivered) ?? sums.given
                    sums.taken = sums.taken.adding(value.handover.collected) ?? sums.taken
                    sums.gas += value.handover.residualGrams
                case .cashReceived(let value): sums.cash += value.amount.cents
                default: continue
                }
                drivers[fact.record.author] = sums
            }
        }
        return .object(
            drivers.sorted { $0.key < $1.key }.map { driver, sums in
                CaseMember(
                    key: driver.text,
                    value: .members([
                        "delivered": sums.given.caseValue, "collected": sums.taken.caseValue,
                        "cash_cents": .integer(sums.cash),
                        "cash_ntd": Money(cents: sums.cash)?.caseNTD ?? .null,
                        "residual_grams": .integer(sums.gas),
                    ]))
            })
    }
}
