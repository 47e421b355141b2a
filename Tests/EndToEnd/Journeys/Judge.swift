import Foundation
import LuckyCausality
import LuckyHub
import LuckyModel
import TestSupport
import Testing

/// Judges a journey by its ledger: nothing acknowledged is missing or doubled, nothing is waiting,
/// everybody holds the same, and gas and cash add up.
struct Judge {
    let depot: Depot
    var ledger: Ledger { depot.ledger }

    init(_ depot: Depot) { self.depot = depot }

    /// Syncs every phone once, unless told otherwise, and looks at everything.
    func rule(syncing: Bool = true) async throws {
        if syncing { for phone in await depot.all { try await phone.sync() } }
        for phone in await depot.all { try await holdsAll(phone) }
        try await figures()
        try await copy()
        #expect(await depot.hub.end() == 0)
    }

    private func holdsAll(_ phone: Phone) async throws {
        let status = try await phone.status()
        #expect(status.outbox.pending == 0, "\(phone.name)")
        #expect(status.outbox.quarantined == 0, "\(phone.name)")
        #expect(status.parked == 0, "\(phone.name)")
        let result = try await phone.lucky("verify")
        #expect(result.status == 0, "\(phone.name): \(result.errors)")
        let verified = try HubJSON.read(result.output, as: PhoneJSON.Verified.self)
        #expect(verified.digestsAgree == true, "\(phone.name)")
        #expect(verified.rowsAgree && verified.differences.isEmpty, "\(phone.name)")
    }

    /// The hub's report and the ledger come to the same, in all and for each driver.
    private func figures() async throws {
        let result = try await depot.dispatch("report", "day")
        try #require(result.status == 0, "\(result.errors)")
        let report = try HubJSON.read(result.output, as: Report.self)
        #expect(report.total.sums == ledger.sums())
        let drivers = Set(ledger.acknowledged.values.map(\.driver))
            .union(report.drivers.map(\.driver))
        for driver in drivers.sorted() {
            let figures = report.drivers.first { $0.driver == driver }?.figures
            #expect((figures?.sums ?? .init()) == ledger.sums(of: driver), "\(driver)")
        }
    }

    /// Every acknowledged id is in the hub's log once, in the name of who tapped; a refused one
    /// is not; and the drivers' devices sent nothing else.
    private func copy() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("copy.sqlite")
        let made = try await depot.office.hub("backup", path, "--db", depot.office.db, "--json")
        try #require(made.status == 0, "\(made.errors)")
        let hub = try Hub.open(at: path, depot: nil, random: SystemRandomNumberGenerator())
        try hub.read { reader in
            var found: Set<UInt64> = []
            for entry in ledger.entries {
                let id = try #require(ChangeID(hex: entry.id))
                let info = try reader.changeInfo(id)
                if ledger.acknowledged[entry.id] != nil {
                    let info = try #require(info, "\(entry) is not in the log")
                    #expect(info.author.text == entry.driver)
                    found.insert(info.sequence)
                } else if entry.status != nil {
                    #expect(info == nil, "\(entry) was refused, and is in the log")
                } else if let info {
                    found.insert(info.sequence)
                }
            }
            #expect(found.count >= ledger.acknowledged.count)
            #expect(try facts(reader).allSatisfy { $0.value == 1 })
            #expect(try reader.quarantined().isEmpty)
        }
        try hub.close()
    }

    /// How often each id carried a handover into the state of the stops.
    private func facts(_ reader: HubReader) throws -> [ChangeID: Int] {
        var counts: [ChangeID: Int] = [:]
        for id in try reader.entities(.stop) {
            guard let state = try reader.state(id) else { continue }
            for record in state.factRecords {
                if case .handedOver = record.fact { counts[record.ref.change, default: 0] += 1 }
            }
        }
        let delivered = ledger.acknowledged.values.filter {
            if case .delivered = $0.act { true } else { false }
        }
        #expect(Set(delivered.map(\.id)) == Set(counts.keys.map(\.hex)))
        return counts
    }

    private struct Report: Decodable {
        var drivers: [Driver]
        var total: Figures

        struct Driver: Decodable {
            var driver: String
            var figures: Figures
        }

        struct Figures: Decodable {
            var products: [Product]
            var cashCents: Int

            var sums: Ledger.Sums {
                var sums = Ledger.Sums(cashCents: cashCents)
                for product in products {
                    if product.delivered > 0 { sums.delivered[product.product] = product.delivered }
                    if product.collected > 0 { sums.collected[product.product] = product.collected }
                }
                return sums
            }
        }

        struct Product: Decodable {
            var product: String
            var delivered: Int
            var collected: Int
        }
    }
}
