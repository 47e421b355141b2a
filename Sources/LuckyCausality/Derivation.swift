public import LuckyModel

/// From a merged state to what a screen shows. The version changes whenever a row derived by an
/// older build would differ: stores rebuild their rows then (L11).
public enum Derivation {
    /// From 1, one more for every such change; a store keeps the one its rows were derived by.
    public static let version = 4

    /// Of the build that runs now.
    package static var ofThisBuild: Int { version - Knowledge.current.derivationsBehind }
}

extension EntityState {
    /// The facts as derived views read them, in display order.
    public var factRecords: [FactRecord] { factRecords(without: redacted) }

    func factRecords(without redacted: Set<FactRef>) -> [FactRecord] {
        factsInOrder.compactMap { recorded in
            recorded.fact.map {
                FactRecord(
                    ref: recorded.ref,
                    fact: redacted.contains(recorded.ref) ? $0.withoutPersonal : $0,
                    author: recorded.stamp.author,
                    role: recorded.stamp.role, relation: recorded.stamp.relation,
                    writtenAt: recorded.stamp.writtenAt, receivedAt: recorded.stamp.receivedAt)
            }
        }
    }

    /// The stop as a screen shows it; for another kind of entity it means nothing.
    public var stop: Stop { stop(planned: nil) }

    /// The same.
    /// - Parameter planned: ``planned`` of a state with the same plan fields; nil: not known.
    package func stop(planned: Stop?) -> Stop {
        let redacted = redacted
        let records = factRecords(without: redacted)
        let aside = putAside(of: Corrections.effective(records))
        let notCounted = aside.duplicates.union(aside.suspected)
        // Redactions take words of the plan too.
        if let planned, redacted.isEmpty {
            return Stop(planned: planned, facts: records, aside: notCounted)
        }
        return Stop(
            id: id, plan: { shown($0, redacted: redacted) }, facts: records, aside: notCounted)
    }

    /// The stop as the plan alone has it, nothing redacted: what facts do not change.
    package var planned: Stop { Stop(id: id, plan: { shown($0, redacted: []) }, facts: []) }

    /// What the stop comes to; for another kind of entity it means nothing. A settlement that only
    /// a witness tells of closes nothing (L26).
    public func account(policy: Policy = .standard) -> Account {
        let counted = counted
        let proven = factRecords.filter {
            $0.fact.kind != .settled || facts[$0.ref]?.witnessedBy == nil
        }
        return Account(
            stop, plan: { shown($0) }, facts: proven, effective: counted.effective,
            suspected: counted.suspected, isInvoiceHeld: isInvoiceHeld, policy: policy)
    }

    /// A review that touches what is billed waits for a decision.
    private var isInvoiceHeld: Bool {
        facts(of: .reviewOpened).contains { record in
            guard case .reviewOpened(let opened) = record.fact,
                RuleTable.standard.holdsInvoice(opened.kind)
            else { return false }
            return Review.State(decisions(on: record.ref.change)).needsDecision
        }
    }

    /// When the stop was first visited, by its driver's hybrid clock, which never goes back; nil
    /// before.
    public var visitedAt: HLC? {
        var first: HLC?
        for record in facts.values {
            switch record.body {
            case .fact(.arrived), .fact(.handedOver), .fact(.failed):
                first = min(first ?? record.stamp.hlc, record.stamp.hlc)
            default: continue
            }
        }
        return first
    }

    /// What the stop's handovers moved, for a ledger.
    /// - Parameters:
    ///   - vehicle: the truck of the stop's route.
    ///   - author: only what this driver recorded; nil: everybody's.
    public func ledgerEntries(
        vehicle: Identifier?, by author: Identifier? = nil
    ) -> [Ledger.Entry] {
        let customer = shown(.customer).entity
        return counted.effective.compactMap { effective in
            guard case .handedOver(let value) = effective.value,
                author == nil || effective.record.author == author
            else { return nil }
            return Ledger.Entry(
                ref: effective.record.ref, customer: customer, vehicle: vehicle,
                delivered: value.handover.delivered, collected: value.handover.collected)
        }
    }

    /// The route as a screen shows it.
    /// - Parameter stops: its stops, in any order.
    public func route(stops: [Stop]) -> Route {
        Route(id: id, plan: { shown($0) }, facts: factRecords, stops: stops)
    }

    /// When the office first said that a route is done, by the hub's clock where it says, Unix
    /// milliseconds; nil while it did not. A driver says so of his own, and closes nothing.
    public var closedByOffice: Int64? {
        facts(of: .routeCompleted).filter { $0.stamp.role != .driver }
            .map { $0.stamp.receivedAt ?? $0.stamp.writtenAt }.min()
    }

    /// The shift as a screen shows it; for another kind of entity it means nothing.
    /// - Parameters:
    ///   - receipts: what its driver took at stops until the box was counted, posted.
    ///   - late: what he took after that.
    public func shift(receipts: [Money], late: [Money] = []) -> Shift {
        Shift(id: id, facts: factRecords, receipts: receipts, late: late)
    }

    /// What the driver is about to say as the price, and which plan write says so.
    public var quote: Quote? {
        guard let write = shownWrite(.price), let price = write.plan?.value.money else {
            return nil
        }
        return Quote(price: price, source: write.ref)
    }

    /// L9: hidden exactly when the shown `deleted` says so and its writer had seen every doorstep
    /// fact of the entity.
    public var isHidden: Bool {
        guard let delete = shownWrite(.deleted), delete.plan?.value.flag == true else {
            return false
        }
        return facts.values.allSatisfy {
            $0.fact?.isDoorstep != true || delete.context.covers($0.dot)
        }
    }
}
