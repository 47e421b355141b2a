import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// L6: clocks that jump years, stand still and run backwards, the hub's own among them, change
/// neither what is accepted nor what everybody holds in the end.
@Suite struct MadClockTests {
    private static let year: Int64 = 365 * 24 * 3_600_000
    private static let jumps: [Int64] = [-100 * year, -year, -1, 0, 0, 1, year, 100 * year]

    @Test(arguments: Backend.allCases)
    func anyClockAnywhere(_ backend: Backend) throws {
        var random = SeededGenerator.current()
        func jump() -> Int64 { Self.jumps.randomElement(using: &random) ?? 0 }
        for _ in 0..<6 {
            let bench = try Bench(backend)
            bench.now = 1_795_312_800_000
            let stop = try bench.plan(1, for: "drv-1")
            var phones = [1, 2].map { Phone("drv-1", install: $0) }
            for index in phones.indices { try bench.settle(&phones[index]) }
            let morning = try bench.vector(stop)
            var taps = 0
            for _ in 0..<25 {
                bench.now += jump()
                let index = Int.random(in: 0..<2, using: &random)
                // Its stamps follow its wall clock; none is before 1970.
                phones[index].clock = max(0, phones[index].clock + jump())
                switch Int.random(in: 0..<3, using: &random) {
                case 0:
                    try phones[index].tap(stop, .noteAdded(Note("n")))
                    taps += 1
                case 1:
                    // Settled by who saw it, so that no field ever has many values.
                    try bench.edit(stop, [.address: .text("no. \(taps)")])
                    if try bench.siblings(of: stop) < 3 {
                        try bench.edit(stop, [.address: .text("old")], seen: morning)
                    }
                default: try bench.settle(&phones[index])
                }
            }
            for _ in 0..<2 {
                for index in phones.indices { try bench.settle(&phones[index], responseBytes: 500) }
            }
            let state = try #require(try bench.hub.read { try $0.state(stop) })
            #expect(state.facts.values.count { $0.fact?.isDoorstep == true } == taps)
            for phone in phones {
                #expect(phone.base[stop] == state, "\(random)")
                #expect(phone.digest() == phone.hubDigest)
                #expect(phone.results.values.allSatisfy { $0.result == .accepted })
            }
            try Self.checkOwnStamps(bench)
        }
    }

    /// The hub's own readings grow from dot to dot, whatever its wall clock says.
    private static func checkOwnStamps(_ bench: Bench) throws {
        let stamps = try bench.hub.storage.read { rows in
            var stamps: [HLC] = []
            while let row = try rows.changeset(Dot(bench.hub.replica, UInt64(stamps.count) + 1)) {
                stamps.append(try Changeset(reading: row.bytes).header.hlc)
            }
            return stamps
        }
        #expect(stamps.count > 5)
        #expect(zip(stamps, stamps.dropFirst()).allSatisfy { $0 < $1 })
    }
}

extension Bench {
    fileprivate func siblings(of stop: EntityID) throws -> Int {
        try hub.read { try $0.state(stop)?.fields[.address]?.siblings.count ?? 0 }
    }
}
