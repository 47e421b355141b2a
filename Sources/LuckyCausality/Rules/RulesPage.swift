public import LuckyModel

/// The rule table and the decisions as people read them: generated, so that page and code cannot
/// differ.
public struct RulesPage: Sendable {
    /// What is printed.
    public var rules: RuleTable
    /// The decisions under it.
    public var policy: Policy

    /// The depot's own by default.
    public init(rules: RuleTable = .standard, policy: Policy = .standard) {
        self.rules = rules
        self.policy = policy
    }

    /// One row of the table in words.
    public struct Row: Hashable, Sendable {
        /// The field's or the kind's word.
        public var word: String
        /// What it is called.
        public var name: String
        /// Who owns it.
        public var owner: String
        /// What two at once mean.
        public var sibling: String
        /// What contradicts it, and who decides that where it is not ``decides``.
        public var contradictions: [String]
        /// Who decides.
        public var decides: String
    }

    /// The plan fields' rows.
    public func fields(in language: Language) -> [Row] {
        rules.fields.map { row in
            Row(
                word: row.field.word ?? "\(row.field.rawValue)",
                name: Phrase.field(row.field).text(in: language),
                owner: Phrase.role(row.owner).text(in: language),
                sibling: text(row.sibling, in: language),
                contradictions: against(row.field, in: language),
                decides: Phrase.role(row.decides).text(in: language))
        }
    }

    /// The facts' rows.
    public func facts(in language: Language) -> [Row] {
        rules.facts.map { row in
            Row(
                word: row.kind.word, name: Phrase.fact(row.kind).text(in: language),
                owner: Phrase.role(row.owner).text(in: language),
                sibling: text(row.sibling, in: language),
                contradictions: row.contradicts.map { text($0, in: language) },
                decides: Phrase.role(row.decides).text(in: language))
        }
    }

    /// The decisions, each as its word, its answer and its reason.
    public func decisions(
        in language: Language
    ) -> [(name: String, answer: String, reason: String)] {
        policy.decisions.map { ($0.name, $0.answer, $0.reason.text(in: language)) }
    }

    /// The page, for a terminal.
    public func lines(in language: Language) -> [String] {
        func say(_ phrase: Phrase) -> String { phrase.text(in: language) }
        func table(_ rows: [Row]) -> [String] {
            rows.flatMap { row in
                [
                    "  \(row.word)（\(row.name)）".inLatin(language),
                    "      \(say(.rulesOwner)) \(row.owner)",
                    "      \(say(.rulesSibling)) \(row.sibling)",
                    "      \(say(.rulesDecides)) \(row.decides)",
                ] + row.contradictions.map { "      ✗ \($0)" }
            }
        }
        let title = Phrase.rulesTitle.text(
            in: language, ["version": "\(ReviewRules.version)"])
        let answers = decisions(in: language).flatMap {
            ["  \($0.name): \($0.answer)", "      \($0.reason)"]
        }
        return [title, "", say(.rulesFields)] + table(fields(in: language))
            + ["", say(.rulesFacts)] + table(facts(in: language))
            + ["", say(.rulesDecisions)] + answers
    }

    private func text(_ sibling: Sibling, in language: Language) -> String {
        let review = ["review": sibling.opens?.rawValue ?? ""]
        return
            switch sibling {
            case .shownOnly: Phrase.siblingShownOnly.text(in: language)
            case .allStand: Phrase.siblingAllStand.text(in: language)
            case .review: Phrase.siblingReview.text(in: language, review)
            case .reviewIfNotOwner: Phrase.siblingReviewIfNotOwner.text(in: language, review)
            }
    }

    private func text(_ contradiction: Contradiction, in language: Language) -> String {
        let (phrase, what): (Phrase, String) =
            switch contradiction.against {
            case .field(let field): (.againstField, field.word ?? "\(field.rawValue)")
            case .fact(let kind): (.againstFact, kind.word)
            case .elsewhere: (.againstElsewhere, "")
            case .customer: (.againstCustomer, "")
            case .itself: (.againstItself, "")
            case .clock: (.againstClock, "")
            case .carrier: (.againstCarrier, "")
            }
        return phrase.text(
            in: language,
            [
                "what": what, "review": contradiction.opens.rawValue,
                "who": Phrase.role(contradiction.decides).text(in: language),
            ])
    }

    /// The facts that contradict a field.
    private func against(_ field: PlanField, in language: Language) -> [String] {
        rules.facts.flatMap { row in
            row.contradicts.filter { $0.against == .field(field) }.map { contradiction in
                Phrase.againstFact.text(
                    in: language,
                    [
                        "what": row.kind.word, "review": contradiction.opens.rawValue,
                        "who": Phrase.role(contradiction.decides).text(in: language),
                    ])
            }
        }
    }
}

extension String {
    /// Round brackets as the language writes them.
    fileprivate func inLatin(_ language: Language) -> String {
        guard language == .en else { return self }
        return replacing("（", with: " (").replacing("）", with: ")")
    }
}
