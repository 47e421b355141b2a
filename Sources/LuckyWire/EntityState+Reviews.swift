public import LuckyCausality
public import LuckyModel

extension EntityState {
    /// Every review of this entity, sorted by id; what stood before is what the hub wrote down.
    public var reviews: [Review] {
        let opened = facts(of: .reviewOpened).compactMap { record -> ReviewOpened? in
            guard case .reviewOpened(let opened) = record.fact else { return nil }
            return opened
        }
        return reviews(id: \.id).map { review in
            guard
                let base = opened.first(where: {
                    $0.kind == review.kind && $0.sides == review.sides.map(\.ref)
                })?.base,
                case .plan(let field, let value) = change(base.ref)?.body
                    ?? Change.Body(core: base.core)
            else { return review }
            var review = review
            review.base = .value(field, value)
            return review
        }
    }

    /// One review of this entity, by its id or by the change that opened it; nil for none.
    public func review(_ id: ChangeID) -> Review? {
        let reviews = reviews
        return reviews.first { $0.id == id } ?? reviews.first { $0.openedAs == id }
    }
}

extension Review {
    /// Whether nothing has overwritten a side, as far as this entity's state tells: only a plan value
    /// can be, and a side at another entity is not in it.
    public func stands(_ side: Side) -> Bool {
        side.record != nil || side.elsewhere.map { $0 != entity } ?? false
    }

    /// Numbers of cylinders that every side names, sorted; empty where they are unknown.
    var commonSerials: [Identifier] {
        let named = sides.map { side -> Set<Identifier> in
            guard case .fact(let fact) = side.body, let value = fact.handedOver else { return [] }
            return Set(value.serials + value.collectedSerials)
        }
        guard let first = named.first else { return [] }
        return named.dropFirst().reduce(first) { $0.intersection($1) }.sorted()
    }
}

extension Fact {
    /// What changed hands, as recorded or as corrected.
    fileprivate var handedOver: HandedOver? {
        switch self {
        case .handedOver(let value): return value
        case .corrected(let value):
            if case .handedOver(let value) = value.replacement { return value }
            return nil
        default: return nil
        }
    }
}

extension Review.Side {
    /// Of what entity the hub kept it.
    fileprivate var elsewhere: EntityID? {
        core.flatMap { try? ChangeCodec.decode(EncodedChange(core: $0, personal: nil)).entity }
    }

    /// What it says: from the state, else as the hub kept it; nil where neither has it.
    public var body: Change.Body? { record?.body ?? core.flatMap(Change.Body.init(core:)) }
}

extension Change.Body {
    /// Reads a change's `core` alone. A personal value is not in it: unknown here, not empty.
    fileprivate init?(core: [UInt8]) {
        guard let body = try? ChangeCodec.decode(EncodedChange(core: core, personal: nil)).body
        else { return nil }
        if case .plan(let field, _) = body, field.isPersonal {
            self = .plan(field, .unknown)
        } else {
            self = body
        }
    }
}
