internal import LuckyModel

// A redaction takes a change's words out of every view at once; stores drop the bytes (L18).

extension EntityState {
    /// The changes whose personal part is redacted.
    var redacted: Set<FactRef> {
        var targets: Set<FactRef> = []
        for record in facts.values {
            if case .redacted(let redaction) = record.fact { targets.insert(redaction.target) }
        }
        return targets
    }

    func isRedacted(_ ref: FactRef) -> Bool {
        facts.values.contains {
            if case .redacted(let redaction) = $0.fact { redaction.target == ref } else { false }
        } && change(ref)?.plan?.field.isPersonal != false
    }
}

extension Fact {
    /// Without what names or describes a person.
    var withoutPersonal: Fact {
        switch self {
        case .handedOver(var value):
            value.recipient = nil
            return .handedOver(value)
        case .failed(var value):
            value.note = nil
            return .failed(value)
        case .noteAdded: return .noteAdded(Note(nil))
        case .suggestedAddress: return .suggestedAddress(AddressSuggestion(nil))
        case .stopAdded(var value):
            value.customer = nil
            value.address = nil
            value.note = nil
            return .stopAdded(value)
        case .reviewResolved(var value):
            value.note = nil
            return .reviewResolved(value)
        case .corrected(var value):
            switch value.replacement {
            case .handedOver(var new):
                new.recipient = nil
                value.replacement = .handedOver(new)
            case .failed(var new):
                new.note = nil
                value.replacement = .failed(new)
            default: break
            }
            return .corrected(value)
        default: return self
        }
    }
}
