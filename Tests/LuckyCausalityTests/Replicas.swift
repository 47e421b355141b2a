import LuckyCausality
import LuckyModel

extension ReplicaID {
    static let a = ReplicaID(install: 0xA, epoch: 1)
    static let b = ReplicaID(install: 0xB, epoch: 1)
    static let c = ReplicaID(install: 0xC, epoch: 1)
    static let h = ReplicaID(install: 0xF0, epoch: 1)
}

extension VersionVector {
    /// A few small counters over six replicas: collisions are frequent.
    static func random(using random: inout some RandomNumberGenerator) -> VersionVector {
        var vector = VersionVector()
        for _ in 0..<Int.random(in: 0...6, using: &random) {
            vector.raise(
                ReplicaID(install: .random(in: 1...6, using: &random), epoch: 1),
                to: .random(in: 0...4, using: &random))
        }
        return vector
    }
}

extension EntityID {
    static let stop = EntityID(.stop, Bits128(high: 0, low: 1))
}

extension Stamp {
    static func by(
        _ author: Identifier, _ role: Role = .office, hlc: Int64 = 0, received: Int64? = 0
    ) -> Stamp {
        Stamp(
            author: author, role: role, relation: .inScope,
            hlc: HLC(milliseconds: hlc, logical: 0), writtenAt: hlc, receivedAt: received)
    }
}

extension Recorded {
    /// A change whose name and hash follow from its dot, so that two dots are two changes.
    init(
        _ dot: Dot, _ body: Change.Body, seen context: VersionVector = [:],
        _ stamp: Stamp = .by("office"), index: Int = 0, change: ChangeID? = nil
    ) {
        let name = change ?? ChangeID(high: dot.replica.install, low: dot.counter)
        let hash = Bits128<EntityPurpose>(high: name.high ^ UInt64(index) << 32, low: name.low)
        self.init(
            ref: FactRef(change: name, index: index), dot: dot, body: body,
            hash: Hash256(bytes: hash.bytes + hash.bytes) ?? .zero, stamp: stamp, context: context)
    }
}

extension EntityState {
    /// One changeset of plan writes and facts, all with one context.
    mutating func write(
        _ dot: Dot, seen context: VersionVector = [:], as stamp: Stamp = .by("office"),
        change: ChangeID? = nil, _ bodies: Change.Body...
    ) {
        apply(
            bodies.enumerated().map {
                Recorded(dot, $1, seen: context, stamp, index: $0, change: change)
            },
            dot: dot, context: context)
    }

    func merging(_ other: EntityState) -> EntityState {
        var merged = self
        merged.merge(other)
        return merged
    }

    /// The dots of a field's siblings.
    func dots(_ field: PlanField) -> [Dot] { fields[field]?.siblings.map(\.dot) ?? [] }
}

extension Change.Body {
    static func address(_ text: String) -> Self { .plan(.address, .text(text)) }
    static let handover = Self.fact(
        .handedOver(HandedOver(Handover(delivered: [.kg20: 1]), attempt: 1)))
    static let cancel = Self.plan(.cancelled, .flag(true))
    static let delete = Self.plan(.deleted, .flag(true))
    static func note(_ text: String) -> Self { .fact(.noteAdded(Note(text))) }
}
