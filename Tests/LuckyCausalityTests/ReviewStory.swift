import LuckyCausality
import LuckyModel

/// What two phones and two desks wrote on one stop, each on what it had heard of by then.
struct ReviewStory: CustomStringConvertible {
    struct Write: CustomStringConvertible {
        var dot: Dot
        var seen: VersionVector
        var changes: [Recorded]

        init(_ dot: Dot, seen: VersionVector, _ stamp: Stamp, _ bodies: [Change.Body]) {
            self.dot = dot
            self.seen = seen
            changes = bodies.enumerated().map {
                Recorded(dot, $1, seen: seen, stamp, index: $0)
            }
        }

        var description: String {
            let seen = seen.entries.map { "\($0.replica.install):\($0.counter)" }
            return "\(dot.replica.install):\(dot.counter) after \(seen) \(changes.map(\.body))"
        }
    }

    private(set) var writes: [Write] = []

    init(using random: inout some RandomNumberGenerator) {
        let replicas: [ReplicaID] = [.a, .b, .c, .h]
        var states = replicas.map { _ in EntityState(id: .stop) }
        let isOneDriver = Bool.random(using: &random)
        for step in 0..<Int.random(in: 3...12, using: &random) {
            let index = Int.random(in: 0..<replicas.count, using: &random)
            if Int.random(in: 0...3, using: &random) == 0 {
                for other in states { states[index].merge(other) }
            }
            let isPhone = index < 2
            let name: Identifier = index == 0 || (index == 1 && isOneDriver) ? "amy" : "bob"
            let role: Role = isPhone ? .driver : index == 2 ? .finance : .office
            let dot = Dot(replicas[index], states[index].vector[replicas[index]] + 1)
            let write = Write(
                dot, seen: states[index].vector,
                .by(isPhone ? name : "desk", role, hlc: Int64(step), received: Int64(step)),
                isPhone
                    ? Self.tap(on: states[index], using: &random)
                    : Self.edit(using: &random))
            states[index].apply(write.changes, dot: dot, context: write.seen)
            writes.append(write)
        }
    }

    /// In an order in which each comes after all that its writer had seen.
    func shuffled(using random: inout some RandomNumberGenerator) -> [Write] {
        var left = writes
        var known = VersionVector()
        var order: [Write] = []
        while !left.isEmpty {
            let ready = left.indices.filter { index in
                let write = left[index]
                return known.covers(write.seen)
                    && known[write.dot.replica] + 1 == write.dot.counter
            }
            guard let next = ready.randomElement(using: &random) else { return order }
            let write = left.remove(at: next)
            known.add(write.dot)
            order.append(write)
        }
        return order
    }

    var description: String { writes.map(\.description).joined(separator: "; ") }

    func words(_ findings: Set<ReviewFinding>) -> [String] {
        findings.map { finding in
            let sides = finding.sides.map { "\($0.change.high):\($0.change.low).\($0.index)" }
            return "\(finding.kind.rawValue) \(sides)"
        }.sorted()
    }

    // MARK: What is written

    private static func nt(_ dollars: Int64) -> Money { Money.dollars(dollars) ?? .zero }

    private static func handover(using random: inout some RandomNumberGenerator) -> HandedOver {
        HandedOver(
            Handover(
                delivered: [.kg20: .random(in: 1...2, using: &random)],
                collected: [.kg20: .random(in: 0...3, using: &random)]),
            attempt: .random(in: 1...2, using: &random),
            quoted: Bool.random(using: &random) ? nt(500) : nil)
    }

    private static func cash(using random: inout some RandomNumberGenerator) -> CashReceipt {
        CashReceipt(nt(Int64.random(in: -1...2, using: &random) * 500))
    }

    private static func tap(
        on state: EntityState, using random: inout some RandomNumberGenerator
    ) -> [Change.Body] {
        switch Int.random(in: 0...9, using: &random) {
        case 0: return [.fact(.arrived(Arrival(attempt: 1)))]
        case 1: return [.fact(.failed(Failure(.absent, attempt: 1)))]
        case 2: return [.fact(.cashReceived(cash(using: &random)))]
        case 3:
            let milli = Int64.random(in: 1...2, using: &random) * 100
            return [.fact(.meterRead(MeterReading(milli: milli)))]
        case 4, 5, 6:
            guard let correction = correction(on: state, using: &random) else { fallthrough }
            return [.fact(.corrected(correction))]
        case 7:
            return [
                .fact(.handedOver(handover(using: &random))),
                .fact(.cashReceived(cash(using: &random))),
            ]
        default: return [.fact(.handedOver(handover(using: &random)))]
        }
    }

    /// Of something that this phone has, mostly knowing the corrections that it has.
    private static func correction(
        on state: EntityState, using random: inout some RandomNumberGenerator
    ) -> Correction? {
        let facts = state.facts.values.sorted { $0.ref < $1.ref }
        let originals = facts.filter {
            [.handedOver, .failed, .cashReceived].contains($0.fact?.kind)
        }
        guard let original = originals.randomElement(using: &random) else { return nil }
        let known = facts.compactMap { record -> FactRef? in
            guard case .corrected(let correction) = record.fact,
                correction.original == original.ref
            else { return nil }
            return record.ref
        }
        let seen = Int.random(in: 0...3, using: &random) == 0 ? [] : known
        let isCash = original.fact?.kind == .cashReceived
        let value: Correction.Replacement =
            switch Int.random(in: 0...2, using: &random) {
            case 0: .withdrawn
            case 1 where !isCash: .failed(Failure(.absent, attempt: 1))
            default:
                isCash
                    ? .cashReceived(cash(using: &random)) : .handedOver(handover(using: &random))
            }
        return Correction(of: original.ref, seen: seen, to: value)
    }

    private static func edit(using random: inout some RandomNumberGenerator) -> [Change.Body] {
        let isOn = Bool.random(using: &random)
        func route() -> Change.Body {
            let key = UInt64.random(in: 7...9, using: &random)
            return .plan(
                .route, key == 7 ? .none : .entity(EntityID(.route, Bits128(high: 0, low: key))))
        }
        func driver() -> Change.Body { .plan(.driver, .name(isOn ? "amy" : "bob")) }
        switch Int.random(in: 0...11, using: &random) {
        case 0: return [.plan(.cancelled, .flag(isOn))]
        case 1: return [.plan(.deleted, .flag(isOn))]
        case 2: return [driver()]
        case 3: return [route()]
        case 4: return [driver(), route()]
        case 5: return [.plan(.price, .money(nt(isOn ? 500 : 1000)))]
        case 6: return [.plan(.items, .quantities([.kg20: .random(in: 1...3, using: &random)]))]
        case 7: return [.plan(.lastReading, .integer(isOn ? 150 : 50))]
        case 8: return [.plan(.holds, .quantities([.kg20: .random(in: 0...2, using: &random)]))]
        case 9: return [.plan(.payment, .name(isOn ? PaymentMethod.monthly.code : "cash"))]
        case 10: return [.plan(.creditHold, .flag(isOn))]
        default: return [.plan(.invoice, isOn ? .name("AB-1") : .none)]
        }
    }
}
