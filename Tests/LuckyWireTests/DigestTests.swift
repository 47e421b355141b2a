import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@testable import LuckyWire

/// Hexadecimal values were computed by a Python script from the formulas in Digest.swift; `lp` is
/// SHA-256 over parts, each behind its length as UInt64 little-endian.
@Suite struct DigestTests {
    private func hash(_ byte: UInt8) -> Hash256 {
        Hash256(bytes: [UInt8](repeating: byte, count: 32)) ?? .zero
    }

    private func recorded(_ start: UInt8, _ index: Int, _ hash: Hash256, _ body: Change.Body)
        -> Recorded
    {
        Recorded(
            ref: FactRef(change: Fixture.id(start), index: index), dot: Dot(Fixture.replica, 3),
            body: body, hash: hash, stamp: Fixture.stamp, context: [:])
    }

    private func state(
        reversed: Bool = false, _ change: (inout EntityState) -> Void = { _ in }
    ) throws -> EntityState {
        var siblings = [
            recorded(0x60, 2, hash(0x11), .plan(.address, .text("a"))),
            recorded(0x70, 0, hash(0x22), .plan(.address, .text("b"))),
        ]
        if reversed { siblings.reverse() }
        var state = EntityState(id: Fixture.stop, vector: [Fixture.replica: 3, Fixture.hub: 7])
        state.fields[.address] = FieldState(siblings: siblings, cover: [Fixture.hub: 9])
        for fact in try Fixture.changeset().recorded(stamp: Fixture.stamp) {
            state.put(fact)
        }
        change(&state)
        return state
    }

    /// lp("lucky-entity/1", entity, vector, field UInt32, cover, siblings, facts); a sibling or fact
    /// is change id ‖ index UInt32 ‖ change hash.
    @Test func entityGolden() throws {
        let golden = "b4801f43b159bbadfaec1eb88ea80b93929824613b0995ab6e9232a0f6bf1300"
        #expect(Digest.of(try state()).hex == golden)
        #expect(Digest.of(try state(reversed: true)).hex == golden)
        // A field that holds nothing is a field that is not there.
        #expect(Digest.of(try state { $0.fields[.phone] = FieldState() }).hex == golden)
    }

    /// As the formula says it, part by part, of any state.
    @Test func whatIsWrittenAtOnceIsTheFormula() throws {
        try Budget.current("wire").run { random in
            var state = EntityState(id: Fixture.stop, vector: [Fixture.replica: 3])
            func record(_ body: Change.Body) -> Recorded {
                var bytes = (0..<32).map { _ in UInt8.random(in: 0...255, using: &random) }
                // Now and then the same change id: then the index, or the hash, decides.
                let change = UInt64.random(in: 0..<4, using: &random) << 62 | 1
                bytes[0] &= 1
                return Recorded(
                    ref: FactRef(
                        change: ChangeID(high: change, low: 2),
                        index: Int.random(in: 0..<64, using: &random)),
                    dot: Dot(Fixture.replica, 1), body: body, hash: Hash256(bytes: bytes) ?? .zero,
                    stamp: Fixture.stamp, context: [:])
            }
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                let field = PlanField(rawValue: UInt32.random(in: 1..<40, using: &random))
                state.fields[field] = FieldState(
                    siblings: (0..<Int.random(in: 0..<4, using: &random)).map { _ in
                        record(.plan(field, .none))
                    },
                    cover: Bool.random(using: &random) ? [:] : [Fixture.hub: 9])
            }
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                state.put(record(.fact(Fixture.handover)))
            }
            try #require(Digest.of(state) == slowDigest(of: state))
            // And with facts that come to what is there.
            var sheet = DigestSheet(state)
            for _ in 0..<Int.random(in: 0..<6, using: &random) {
                let fact = record(.fact(Fixture.handover))
                guard state.facts[fact.ref] == nil else { continue }
                state.put(fact)
                sheet.add(fact)
                try #require(sheet.digest(of: state.id, state.vector) == slowDigest(of: state))
            }
        }
    }

    private func slowDigest(of state: EntityState) -> Hash256 {
        func names(_ changes: some Sequence<Recorded>) -> [UInt8] {
            changes.sorted { ($0.ref, $0.hash) < ($1.ref, $1.hash) }.flatMap {
                $0.ref.change.bytes + UInt32($0.ref.index).littleEndianBytes + $0.hash.bytes
            }
        }
        var parts = [Array("lucky-entity/1".utf8), state.id.bytes, state.vector.rowBytes]
        for (field, value) in state.fields.sorted(by: { $0.key < $1.key })
        where !value.siblings.isEmpty || !value.cover.isEmpty {
            parts += [
                field.rawValue.littleEndianBytes, value.cover.rowBytes, names(value.siblings),
            ]
        }
        return .sha256(lengthPrefixed: parts + [names(state.facts.values)])
    }

    /// lp("lucky-scope/1", id ‖ digest …), sorted by id.
    @Test func scopeGolden() throws {
        let digest = Digest.of(try state())
        let entities = [
            (id: EntityID(.route, Fixture.id(0x40)), digest: Hash256.zero),
            (id: Fixture.stop, digest: digest),
        ]
        let golden = "851e30d341eeffa97f011eef3e2e2a92ca2d927e70455ec8dc7b577bcab4b144"
        #expect(Digest.ofScope(entities).hex == golden)
        #expect(Digest.ofScope(entities.reversed()).hex == golden)
        #expect(Digest.ofScope([]) != Digest.ofScope(entities))
    }

    /// Whoever has no room for all of them adds them one by one.
    @Test func oneByOneTheScopeIsTheSame() throws {
        try Budget.current("wire").run { random in
            let entities = (0..<Int.random(in: 0..<20, using: &random)).map { _ in
                let kind: EntityKind = Bool.random(using: &random) ? .stop : .route
                let bits = Bits128<EntityPurpose>(high: random.next() & 3, low: random.next())
                return EntityDigest(
                    entity: EntityID(kind, bits), digest: hash(UInt8(random.next() & 255)))
            }
            var scope = Digest.Scope()
            for entity in entities.sorted(by: { $0.entity < $1.entity }) { scope.add(entity) }
            try #require(scope.count == entities.count)
            try #require(
                scope.digest == Digest.ofScope(entities.map { ($0.entity, $0.digest) }))
        }
    }

    @Test func everyDifferenceShows() throws {
        let sibling = recorded(0x60, 2, hash(0x11), .plan(.address, .text("a")))
        let other = recorded(0x70, 0, hash(0x22), .plan(.address, .text("b")))
        func field(_ siblings: [Recorded], _ cover: VersionVector = [Fixture.hub: 9]) -> FieldState
        {
            FieldState(siblings: siblings, cover: cover)
        }
        let changes: [(inout EntityState) -> Void] = [
            { $0.id = EntityID(.stop, Fixture.id(0x41)) },
            { $0.vector.raise(Fixture.hub, to: 8) },
            { $0.vector.raise(ReplicaID(install: 1, epoch: 1), to: 1) },
            { $0.fields[.address]?.cover = [Fixture.hub: 10] },
            { $0.fields[.address]?.cover = [:] },
            { $0.fields[.address] = field([sibling]) },
            { $0.fields[.address] = field([other]) },
            { $0.fields[.address] = nil },
            {
                $0.fields[.phone] = $0.fields[.address]
                $0.fields[.address] = nil
            },
            { [hash] in
                let altered = Recorded(
                    ref: other.ref, dot: other.dot, body: other.body, hash: hash(0x23),
                    stamp: other.stamp, context: [:])
                $0.fields[.address] = field([sibling, altered])
            },
            { $0.fields[.phone] = field([], [Fixture.hub: 9]) },
            { $0.keepFacts { $0.ref != FactRef(change: Fixture.id(0), index: 0) } },
            { $0.keepFacts { $0.ref != FactRef(change: Fixture.id(0), index: 1) } },
            { [hash] in
                guard var fact = $0.facts[FactRef(change: Fixture.id(0), index: 1)] else { return }
                fact.hash = hash(1)
                $0.put(fact)
            },
            { $0.put(sibling) },
        ]
        var seen = [Digest.of(try state())]
        for (index, change) in changes.enumerated() {
            let digest = Digest.of(try state(change))
            #expect(!seen.contains(digest), "change \(index)")
            seen.append(digest)
        }
    }

    /// The first 16 bytes of lp("lucky-review/1", rule, entity, side, side); a side is change id ‖
    /// index UInt32. No rule version in it: opening twice is the same fact (L4).
    @Test func reviewGolden() throws {
        var state = EntityState(id: Fixture.stop)
        for (index, start) in [UInt8(0x10), 0].enumerated() {
            let dot = Dot(ReplicaID(install: UInt64(index + 1), epoch: 1), 1)
            let other = HandedOver(Handover(delivered: [:], collected: [.kg20: 1]), attempt: 1)
            let fact = Recorded(
                ref: FactRef(change: Fixture.id(start), index: start == 0 ? 0 : 1), dot: dot,
                body: .fact(start == 0 ? Fixture.handover : .handedOver(other)), hash: .zero,
                stamp: Fixture.stamp, context: [:])
            state.apply([fact], dot: dot, context: [:])
        }
        let finding = try #require(ReviewRules.findings(in: state).first)
        #expect(finding.kind == .deliveredTwice)
        #expect(finding.id.hex == "8a2d7d523b3047808820780a1885e1ae")
    }

    /// 0x01 ‖ the first 16 bytes of lp("lucky-plan/1", kind, name …).
    @Test func plannedGolden() {
        let id = EntityID.planned(.stop, ["台東", "2026-11-22", "S-01"])
        #expect(id.hex == "0101f36aab272e926eb1048bc8577bf5f6")
        #expect(EntityID.planned(.stop, ["台東", "2026-11-22S", "-01"]) != id)
        #expect(EntityID.planned(.route, ["台東", "2026-11-22", "S-01"]).key != id.key)
        #expect(EntityID.planned(.stop, ["café"]) != EntityID.planned(.stop, ["cafe\u{301}"]))
    }

    /// The first 12 bytes of SHA-256("lucky-hub/1" ‖ 0x00 ‖ depot ‖ 0x00 ‖ history) (L26).
    @Test func hubReplicaGolden() {
        let hub = ReplicaID.hub(depot: "taitung", history: Fixture.history)
        #expect(hub.bytes.hex == "869dff928ed17cf0f4c634eb")
        #expect(hub != ReplicaID.hub(depot: "taitung", history: Fixture.id(0x31)))
    }
}
