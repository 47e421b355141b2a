public import LuckyModel

// A redaction takes a change's words out of every view at once; stores drop the bytes (L18).

extension EntityState {
    /// The changes whose personal part is redacted: no view shows it. A correction repeats words of
    /// what it corrects, also one that comes later: it goes with it.
    public var redacted: Set<FactRef> { targets { _ in true } }

    /// Those of them whose redaction is proven: a hub drops their bytes. One that only a witness
    /// tells of after a restore hides words, and may not destroy them (L26).
    public var provenRedacted: Set<FactRef> { targets { $0.witnessedBy == nil } }

    private func targets(_ counts: (Recorded) -> Bool) -> Set<FactRef> {
        var targets: Set<FactRef> = []
        for record in facts(of: .redacted) where counts(record) {
            guard case .redacted(let redaction) = record.fact else { continue }
            targets.insert(redaction.target)
        }
        guard !targets.isEmpty else { return targets }
        let corrections = facts(of: .corrected)
        while true {
            let more = corrections.filter {
                !targets.contains($0.ref) && $0.repeats(anyOf: targets)
            }
            guard !more.isEmpty else { return targets }
            targets.formUnion(more.map(\.ref))
        }
    }

    /// Whether a fact of this entity takes the words of one of its changes out of every view.
    public func isRedacted(_ ref: FactRef) -> Bool { isRedacted(ref, among: redacted) }

    /// The same for one of many.
    /// - Parameter redacted: ``redacted``, which goes over every fact.
    public func isRedacted(_ ref: FactRef, among redacted: Set<FactRef>) -> Bool {
        redacted.contains(ref) && change(ref)?.plan?.field.isPersonal != false
    }
}

extension Recorded {
    /// As ``LuckyModel/Fact/repeats(anyOf:)``; a plan value repeats nothing.
    public func repeats(anyOf refs: Set<FactRef>) -> Bool { fact?.repeats(anyOf: refs) ?? false }
}

extension Fact {
    /// Whether it corrects one of these, or a correction of it that is among them.
    public func repeats(anyOf refs: Set<FactRef>) -> Bool {
        guard case .corrected(let correction) = self else { return false }
        return refs.contains(correction.original) || !refs.isDisjoint(with: correction.seen)
    }
}

extension Change.Body {
    /// As it reads once its personal bytes are gone.
    public var withoutPersonal: Change.Body {
        switch self {
        case .fact(let fact): .fact(fact.withoutPersonal)
        case .plan(let field, let value): .plan(field, field.isPersonal ? .none : value)
        }
    }
}
