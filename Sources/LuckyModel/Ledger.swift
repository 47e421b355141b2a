/// Signed deltas of cylinders, and the balances that they add up to: `carried forward + Σ deltas
/// that the cut does not cover` (L2). No balance is stored or sent, so none can drift.
public struct Ledger: Hashable, Sendable {
    /// What one handover moved.
    public struct Entry: Hashable, Sendable {
        /// The handover, for ever its name.
        public var ref: FactRef
        /// Who holds the cylinders afterwards; nil where the stop names no customer.
        public var customer: EntityID?
        /// The truck they came from; nil where the route names none.
        public var vehicle: Identifier?
        /// Full ones handed over.
        public var delivered: Quantities
        /// Empty ones taken back.
        public var collected: Quantities

        /// Takes the values as they are.
        public init(
            ref: FactRef, customer: EntityID?, vehicle: Identifier?, delivered: Quantities,
            collected: Quantities
        ) {
            self.ref = ref
            self.customer = customer
            self.vehicle = vehicle
            self.delivered = delivered
            self.collected = collected
        }
    }

    /// An opening balance, a stock-take or a period's close: what it counted, and which handovers
    /// it covers. What comes later counts on top, however late it was made.
    public struct Cut: Hashable, Sendable {
        /// Cylinders per product.
        public var carried: Quantities
        /// The handovers that are in it.
        public var covers: Set<FactRef>

        /// Takes both as they are.
        public init(carried: Quantities = [:], covers: Set<FactRef> = []) {
            self.carried = carried
            self.covers = covers
        }
    }

    /// Each handover once, by name.
    public private(set) var entries: [FactRef: Entry] = [:]

    /// From entries in any order; one given twice counts once.
    public init(_ entries: some Sequence<Entry>) {
        for entry in entries { self.entries[entry.ref] = entry }
    }

    /// What a customer holds: what was carried forward, plus delivered, minus taken back. May be
    /// negative: more came back than the books knew of.
    /// - Parameter merged: into whom each merged customer went; chains and circles are followed.
    /// - Returns: nil where a count leaves its range.
    public func holdings(
        of customer: EntityID, since cut: Cut = Cut(), merged: [EntityID: EntityID] = [:]
    ) -> Quantities? {
        let survivor = Self.survivor(of: customer, merged)
        return balance(since: cut) { entry in
            entry.customer.map { Self.survivor(of: $0, merged) } == survivor
        }
    }

    /// Full cylinders that left a truck beyond the empties it took in, negated: its change of stock.
    /// - Returns: nil where a count leaves its range.
    public func stock(of vehicle: Identifier, since cut: Cut = Cut()) -> Quantities? {
        let out = balance(since: Cut(covers: cut.covers)) { $0.vehicle == vehicle }
        return out.flatMap { Quantities($0.pairs.map { ($0.product, -$0.count) }) }
            .flatMap { cut.carried.adding($0) }
    }

    /// What the handovers moved that are asked for.
    /// - Returns: nil where a count leaves its range.
    public func moved(where counts: (Entry) -> Bool) -> CylindersMoved? {
        var (delivered, collected) = (QuantitySum(), QuantitySum())
        for entry in entries.values where counts(entry) {
            delivered.add(entry.delivered)
            collected.add(entry.collected)
        }
        guard let out = delivered.total, let back = collected.total else { return nil }
        return CylindersMoved(delivered: out, collected: back)
    }

    /// Handovers that a closed period does not cover: adjustments in the next one. Sorted.
    public func adjustments(after cut: Cut) -> [FactRef] {
        entries.keys.filter { !cut.covers.contains($0) }.sorted()
    }

    private func balance(since cut: Cut, _ counts: (Entry) -> Bool) -> Quantities? {
        var delivered = QuantitySum()
        for entry in entries.values where counts(entry) && !cut.covers.contains(entry.ref) {
            delivered.add(entry.delivered)
            delivered.subtract(entry.collected)
        }
        return delivered.total.flatMap { cut.carried.adding($0) }
    }

    /// The last of the chain; in a circle the least of its members, so that all agree.
    package static func survivor(of customer: EntityID, _ merged: [EntityID: EntityID]) -> EntityID
    {
        if let least = circle(from: customer, merged).min() { return least }
        var current = customer
        while let next = merged[current] { current = next }
        return current
    }

    /// Those at the end of a chain who were merged into each other; empty where somebody stays.
    package static func circle(
        from customer: EntityID, _ merged: [EntityID: EntityID]
    ) -> [EntityID] {
        var seen: [EntityID] = []
        var current = customer
        while let next = merged[current] {
            if let start = seen.firstIndex(of: current) { return Array(seen[start...]) }
            seen.append(current)
            current = next
        }
        return []
    }
}

/// What moved, in both directions apart.
public struct CylindersMoved: Hashable, Sendable {
    /// Full cylinders that went to customers.
    public var delivered: Quantities
    /// Empty cylinders that came back.
    public var collected: Quantities

    /// Takes both as they are.
    public init(delivered: Quantities = [:], collected: Quantities = [:]) {
        self.delivered = delivered
        self.collected = collected
    }

    /// By how much the customers' holdings grew, and the truck's stock shrank; nil where a count
    /// leaves its range.
    public var change: Quantities? {
        Quantities(collected.pairs.map { ($0.product, -$0.count) })
            .flatMap { delivered.adding($0) }
    }
}
