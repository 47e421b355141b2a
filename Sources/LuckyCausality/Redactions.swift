public import LuckyModel

// A redaction takes a change's words out of every view at once; stores drop the bytes (L18).

extension EntityState {
    /// The changes whose personal part is redacted: no view shows it.
    public var redacted: Set<FactRef> { targets { _ in true } }

    /// Those of them whose redaction is proven: a hub drops their bytes. One that only a witness
    /// tells of after a restore hides words, and may not destroy them (L26).
    public var provenRedacted: Set<FactRef> { targets { $0.witnessedBy == nil } }

    private func targets(_ counts: (Recorded) -> Bool) -> Set<FactRef> {
        var targets: Set<FactRef> = []
        for record in facts.values {
            guard case .redacted(let redaction) = record.fact, counts(record) else { continue }
            targets.insert(redaction.target)
        }
        return targets
    }

    /// Whether a fact of this entity takes the words of one of its changes out of every view.
    public func isRedacted(_ ref: FactRef) -> Bool {
        facts.values.contains {
            if case .redacted(let redaction) = $0.fact { redaction.target == ref } else { false }
        } && change(ref)?.plan?.field.isPersonal != false
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
