import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// What a transaction remembers while it judges one changeset after the other is what one that has
/// just begun reads of the rows.
@Suite struct OnceForAMessageTests {
    private let stop = Bench.stop(1)

    @Test func rolesAndStatedCountersAreAsTheRowsSay() throws {
        var random = SeededGenerator.current()
        let bench = try Bench(seed: random.next())
        try bench.plan(1, for: "drv-1")
        var phones = [Phone("chief", install: 1), Phone("chief", install: 2)]
        phones.append(Phone("drv-1", install: 3))
        var written: [Admitted] = []
        for step in 0..<24 {
            // In turns, so that all there can be is seen with every seed.
            let index = step % 3
            let role: Role = index < 2 && (step / 3).isMultiple(of: 2) ? .supervisor : .driver
            try bench.edit(stop, [.sequence: .integer(Int64(step + 1))])
            let asks = Credential(
                person: phones[index].credential.person, depot: Bench.depot, role: role)
            try phones[index].take(
                try bench.answer(phones[index].request(Phone.Options(count: 0)), as: asks))
            if step < 6 {
                try phones[index].tap(stop, .noteAdded(Note("\(step)")))
                try phones[index].take(try bench.answer(phones[index].request(), as: asks))
            }
            // By whichever phone: a page that another one was given, too.
            for var other in phones {
                other.checkpoint = phones[index].checkpoint
                try other.tap(stop, .arrival)
                let bytes = try #require(other.outbox.last?.bytes)
                written.append(
                    try Admitted(
                        Changeset(Envelope(reading: bytes)), role: .driver, receivedAt: 1))
            }
        }
        try compare(written, phones.map(\.replica), bench, &random)
    }

    private func compare(
        _ written: [Admitted], _ replicas: [ReplicaID], _ bench: Bench,
        _ random: inout SeededGenerator
    ) throws {
        let known = replicas + [bench.hub.replica, ReplicaID(install: 77, epoch: 1)]
        let draws = random.next()
        let seen = try bench.hub.append(1, isTrial: true) { writer in
            var random = SeededGenerator(seed: draws)
            var seen = (roles: Set<[Role]>(), unknown: Set<Bool>(), again: 0)
            var last = written[0]
            for _ in 0..<1_000 {
                let isAgain = Bool.random(using: &random)
                if !isAgain { last = written[Int.random(in: written.indices, using: &random)] }
                var fresh = try LogWriter(writer.rows, of: bench.hub, now: 1)
                let roles = try writer.rolesThen(of: last)
                try #require(try roles == fresh.rolesThen(of: last))
                var context = VersionVector()
                for replica in known where Int.random(in: 0..<4, using: &random) > 1 {
                    let counter = UInt64.random(in: 1...8, using: &random)
                    context.raise(replica, to: counter)
                }
                let isUnknown = try writer.namesUnknownDot([stop: context], writtenBy: last.dot)
                try #require(
                    try isUnknown == fresh.namesUnknownDot([stop: context], writtenBy: last.dot))
                seen.roles.insert(roles)
                seen.unknown.insert(isUnknown)
                seen.again += isAgain ? 1 : 0
            }
            return seen
        }
        #expect(seen.roles.count > 2 && seen.unknown.count == 2 && seen.again > 100, "\(seen)")
    }
}
