internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// From a review to what the office reads.

extension ReviewListReply.Review {
    /// - Parameter day: in whose books the entity stands.
    init(_ review: Review, of state: EntityState, on day: CivilDate?, in language: Language) {
        self.init(
            review: review.id.hex, kind: review.kind.rawValue, status: review.state.word,
            decides: review.decides.name, date: day?.text, entity: state.id.hex,
            entityKind: state.id.kind.word, stop: state.codeText,
            openedMs: review.openedAt,
            text: review.sentence(in: language, stop: state.codeText),
            sides: review.sides.compactMap { side in
                guard let author = side.author, let role = side.role else { return nil }
                return ReviewListReply.Side(
                    change: side.ref.change.hex, by: author.text, role: role.name,
                    writtenMs: side.writtenAt ?? 0, receivedMs: side.receivedAt,
                    field: side.body?.planField?.name)
            })
    }
}

extension ReviewShowReply {
    init(
        _ review: Review, of state: EntityState, in language: Language, dates: DateStyle = .common
    ) {
        self.init(
            review: review.id.hex, kind: review.kind.rawValue, ruleVersion: review.ruleVersion,
            status: review.state.word, decides: review.decides.name, entity: state.id.hex,
            stop: state.codeText, openedMs: review.openedAt,
            text: review.sentence(in: language, stop: state.codeText),
            lines: review.lines(in: language, stop: state.codeText, now: state.stop, dates: dates),
            base: Base(review.base),
            sides: review.sides.map { Side($0, of: review, in: language) },
            decisions: review.decisions.map { decision in
                Decision(
                    change: decision.ref.change.hex, outcome: decision.resolution.outcome.rawValue,
                    by: decision.author.text, role: decision.role.name,
                    note: decision.resolution.note, receivedMs: decision.receivedAt,
                    supersedes: decision.resolution.supersedes.map(\.change.hex),
                    stands: decision.isStanding,
                    witnessed: decision.isWitnessed ? true : nil)
            },
            context: state.vector.base64)
    }
}

extension ReviewShowReply.Base {
    init?(_ base: Review.Base) {
        switch base {
        case .unknown: return nil
        case .fact(let ref): self.init(change: ref.change.hex, field: nil, value: nil)
        case .value(let field, let value):
            self.init(change: nil, field: field.name, value: value.cell)
        }
    }
}

extension ReviewShowReply.Side {
    init(_ side: Review.Side, of review: Review, in language: Language) {
        var fact: String?
        if case .fact(let said) = side.body { fact = said.kind.word }
        self.init(
            change: side.ref.change.hex, index: side.ref.index, fact: fact,
            field: side.body?.planField?.name, value: side.body?.planValue?.cell,
            what: side.body?.words(in: language),
            notes: side.words.isEmpty ? nil : side.words, by: side.author?.text,
            role: side.role?.name,
            carriedBy: side.record?.stamp.carriedBy?.text, writtenMs: side.writtenAt,
            receivedMs: side.receivedAt, sawOther: side.knewOther,
            stands: review.stands(side))
    }
}

extension Change.Body {
    fileprivate var planField: PlanField? {
        if case .plan(let field, _) = self { field } else { nil }
    }
    fileprivate var planValue: PlanValue? {
        if case .plan(_, let value) = self { value } else { nil }
    }
}
