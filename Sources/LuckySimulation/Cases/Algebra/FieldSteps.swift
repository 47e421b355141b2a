internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// One plan write or one fact of an algebra case, as any replica records it.
struct CaseWrite {
    var dot: Dot
    var context: VersionVector
    var change: Recorded
}

/// What a case can do to an entity's state at a named place.
enum FieldStep {
    /// Applies a write, or a fact, at a place.
    case apply(CaseWrite, at: String, field: PlanField)
    /// Applies the write of an earlier step, named by its dot, again or elsewhere.
    case again(Dot, at: String, field: PlanField)
    /// Joins another place's state into this one.
    case join(from: String, into: String, field: PlanField)
}

/// Entity states by place, all of one stop.
struct CaseStates {
    static let stop = EntityID(.stop, Bits128(high: 0, low: 1))
    private var states: [String: EntityState] = [:]
    private var writes: [Dot: CaseWrite] = [:]

    mutating func play(_ step: FieldStep, at path: String) throws(CaseError) -> CaseValue {
        switch step {
        case .apply(let write, let place, let field):
            writes[write.dot] = write
            return change(place, field) { state in
                state.apply([write.change], dot: write.dot, context: write.context)
            }
        case .again(let dot, let place, let field):
            guard let write = writes[dot] else {
                throw CaseError(path, .faultNoStepBefore, ["dot": CaseNames.text(dot)])
            }
            return change(place, field) { state in
                state.apply([write.change], dot: write.dot, context: write.context)
            }
        case .join(let from, let into, let field):
            guard let other = states[from] else {
                throw CaseError(path, .faultNothingAt, ["place": from])
            }
            return change(into, field) { $0.merge(other) }
        }
    }

    private mutating func change(
        _ place: String, _ field: PlanField, _ body: (inout EntityState) -> Void
    ) -> CaseValue {
        let before = states[place] ?? EntityState(id: Self.stop)
        var state = before
        body(&state)
        states[place] = state
        let found = state.fields[field]
        return [
            "siblings": .list(found?.siblings.map { Self.value($0.plan?.value) } ?? []),
            "shown": Self.value(state.shownWrite(field)?.plan?.value),
            "vector": .text(CaseNames.text(state.vector)),
            "cover": .text(CaseNames.text(found?.cover ?? VersionVector())),
            "facts": .integer(state.facts.count), "hidden": .flag(state.isHidden),
            "changed": .flag(state != before),
            "digest_changed": .flag(Digest.of(state) != Digest.of(before)),
        ]
    }

    private static func value(_ value: PlanValue?) -> CaseValue {
        switch value {
        case .text(let text): .text(text)
        case .name(let name): .text(name.text)
        case .integer(let number): .integer(number)
        case .flag(let flag): .flag(flag)
        default: .null
        }
    }
}
