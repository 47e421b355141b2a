import LuckyModel
import Testing

/// Invariant 4: what customers gained is what trucks lost, whatever the order, cuts and merges.
@Suite struct LedgerTests {
    private static func customer(_ number: UInt64) -> EntityID {
        EntityID(.customer, Bits128(high: 0, low: number))
    }

    private static func entry(
        _ number: UInt64, _ customer: EntityID?, _ delivered: Quantities,
        _ collected: Quantities = [:], truck vehicle: Identifier? = "T1"
    ) -> Ledger.Entry {
        Ledger.Entry(
            ref: FactRef(change: ChangeID(high: 0, low: number), index: 0), customer: customer,
            vehicle: vehicle, delivered: delivered, collected: collected)
    }

    @Test func balancesAreSums() {
        let ledger = Ledger([
            Self.entry(1, Self.customer(1), [.kg20: 2], [.kg20: 1]),
            Self.entry(2, Self.customer(2), [.kg16: 1]),
            Self.entry(3, Self.customer(1), [:], [.kg20: 3]),
            Self.entry(3, Self.customer(1), [:], [.kg20: 3]),
        ])
        // More came back than the books knew of: shown, never hidden.
        #expect(ledger.holdings(of: Self.customer(1)) == [.kg20: -2])
        let opening = Ledger.Cut(carried: [.kg20: 4])
        #expect(ledger.holdings(of: Self.customer(1), since: opening) == [.kg20: 2])
        #expect(ledger.stock(of: "T1") == [.kg20: 2, .kg16: -1])
        #expect(ledger.stock(of: "T2", since: Ledger.Cut(carried: [.kg4: 1])) == [.kg4: 1])
        let full = (0...20_000).map { Self.entry(UInt64($0), Self.customer(1), [.kg20: 1]) }
        #expect(Ledger(full).holdings(of: Self.customer(1)) == nil)
    }

    /// L2: a late delta of a closed period is an adjustment in the next one, and no sum changes.
    @Test func aCutCoversWhatItNames() {
        let first = Self.entry(1, Self.customer(1), [.kg20: 2])
        let late = Self.entry(2, Self.customer(1), [.kg20: 1])
        let cut = Ledger.Cut(carried: [.kg20: 2], covers: [first.ref])
        let ledger = Ledger([first, late])
        #expect(ledger.adjustments(after: cut) == [late.ref])
        #expect(ledger.holdings(of: Self.customer(1), since: cut) == [.kg20: 3])
        #expect(
            ledger.holdings(of: Self.customer(1), since: cut)
                == ledger.holdings(of: Self.customer(1)))
    }

    /// Scenario 16: the survivor has what both had; a circle of merges is no endless loop.
    @Test func mergedCustomersAreOne() {
        let (a, b, c) = (Self.customer(1), Self.customer(2), Self.customer(3))
        let ledger = Ledger([
            Self.entry(1, a, [.kg20: 2]), Self.entry(2, b, [.kg20: 1]), Self.entry(3, c, [.kg4: 5]),
        ])
        let chain = [a: b, b: c]
        for one in [a, b, c] {
            #expect(ledger.holdings(of: one, merged: chain) == [.kg20: 3, .kg4: 5])
        }
        let circle = [a: b, b: c, c: b]
        for one in [a, b, c] {
            #expect(ledger.holdings(of: one, merged: circle) == [.kg20: 3, .kg4: 5])
        }
        #expect(ledger.holdings(of: a, merged: [a: a]) == [.kg20: 2])
    }

    @Test func whatCustomersGainTrucksLose() throws {
        var random = SeededRandom.printed("whatCustomersGainTrucksLose")
        for _ in 0..<200 {
            let customers = (1...4).map { Self.customer($0) }
            let trucks: [Identifier] = ["T1", "T2"]
            let products: [Product] = [.kg20, .kg16, .kg4]
            var entries: [Ledger.Entry] = (1...30).map { number in
                Self.entry(
                    number, random.pick(customers),
                    [random.pick(products): Int(random.next() % 5)],
                    [random.pick(products): Int(random.next() % 5)], truck: random.pick(trucks))
            }
            let ledger = Ledger(entries)
            entries.shuffle(using: &random)
            #expect(Ledger(entries + entries) == ledger)
            let cut = Set(entries.prefix(Int(random.next() % 30)).map(\.ref))
            var sum: Quantities = [:]
            for one in customers {
                let covered = Ledger(entries.filter { cut.contains($0.ref) })
                let carried = try #require(covered.holdings(of: one))
                let now = try #require(
                    ledger.holdings(of: one, since: Ledger.Cut(carried: carried, covers: cut)))
                #expect(now == ledger.holdings(of: one))
                sum = try #require(sum.adding(now))
            }
            for truck in trucks {
                let load = try #require(ledger.stock(of: truck))
                sum = try #require(sum.adding(load))
            }
            #expect(sum == [:])
        }
    }
}
