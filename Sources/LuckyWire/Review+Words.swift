public import LuckyCausality
public import LuckyModel

// The same words wherever the same review is read.

extension Review {
    /// Whose word closes it, by the rule table.
    public var decides: Role { RuleTable.standard.decides(kind, field: contestedField) }

    /// The plan field that a side wrote.
    public var contestedField: PlanField? {
        sides.lazy.compactMap { side in
            if case .plan(let field, _) = side.body { field } else { nil }
        }.first
    }

    /// One sentence that says what contradicts what.
    /// - Parameter stop: what the reader calls the stop.
    public func sentence(in language: Language, stop: String) -> String {
        // Who acted at the door comes first, the office after.
        let doorFirst = sides.filter(\.isOfDoor) + sides.filter { !$0.isOfDoor }
        let from = doorFirst.first?.author
        var to = doorFirst.dropFirst().first?.author ?? doorFirst.first?.record?.stamp.carriedBy
        if kind == .deliveredAfterReassign {
            to = doorFirst.lazy.compactMap(\.assignee).first ?? to
        }
        let cylinders = kind == .serialTwice ? commonSerials.map(\.text) : []
        let phrase = cylinders.isEmpty ? Phrase.review(kind) : .reviewSerialNamed
        return phrase.text(
            in: language,
            [
                "stop": stop, "from": from?.text ?? "?", "to": to?.text ?? "?",
                "who": Formats.list(
                    [from, from == to ? nil : to].compactMap { $0?.text }, in: language),
                "cylinder": Formats.list(cylinders, in: language),
            ])
    }

    /// Everything about it, a line each: the sentence, the rule, what stood before, both sides with
    /// who, when and what they had seen, each decision; of money, what the records come to now.
    /// - Parameter now: the stop as it stands; nil where the reader has none.
    public func lines(
        in language: Language, stop: String, now: Stop? = nil, dates: DateStyle = .common
    ) -> [String] {
        func say(_ phrase: Phrase, _ arguments: [String: String] = [:]) -> String {
            phrase.text(in: language, arguments)
        }
        let head = [
            "review": id.hex, "status": say(.reviewStatus(state.word)),
            "time": openedAt.map { Self.time($0, dates) } ?? "",
        ]
        var lines = [
            sentence(in: language, stop: stop),
            say(openedAt == nil ? .reviewHeadDerived : .reviewHead, head),
            "  " + say(.reviewRule, ["rule": kind.rawValue, "version": "\(ruleVersion)"]),
            "  " + say(.reviewDecides, ["role": say(.role(decides))]),
        ]
        if case .value(let field, let value) = base {
            let what = Change.Body.plan(field, value).words(in: language)
            lines.append("  " + say(.reviewBase, ["what": what]))
        }
        for (number, side) in sides.enumerated() {
            lines.append(
                "  \(number + 1)  " + side.words(in: language, stands: stands(side), dates))
        }
        return lines + decisions.map { "  " + $0.words(in: language, dates) }
            + (now.map { records(of: $0, in: language) } ?? []).map { "  " + $0 }
    }

    fileprivate static func time(_ milliseconds: Int64, _ dates: DateStyle) -> String {
        let day = CivilDate(taipeiDayAt: milliseconds).map { $0.text(dates) + " " } ?? ""
        return day + Formats.timeOfDay(milliseconds)
    }
}

extension Review.Side {
    /// A record of what happened; not the plan, and not the books.
    fileprivate var isOfDoor: Bool {
        if case .fact(let fact) = body { fact.kind != .settled } else { false }
    }

    fileprivate var assignee: Identifier? {
        if case .plan(.driver, let value) = body { value.name } else { nil }
    }

    fileprivate func words(
        in language: Language, stands: Bool, _ dates: DateStyle
    ) -> String {
        func say(_ phrase: Phrase, _ arguments: [String: String] = [:]) -> String {
            phrase.text(in: language, arguments)
        }
        let what = body?.words(in: language) ?? say(.reviewSideUnknown)
        guard let author, let role else { return what }
        var parts = [
            say(
                .reviewSide,
                [
                    "who": author.text, "role": say(.role(role)),
                    "time": writtenAt.map { Review.time($0, dates) } ?? "", "what": what,
                ])
        ]
        parts.append(
            receivedAt.map { say(.reviewReceived, ["time": Review.time($0, dates)]) }
                ?? say(.reviewNotReceived))
        parts += words.map { say(.reviewSaid, ["text": $0]) }
        if let carrier = record?.stamp.carriedBy {
            parts.append(say(.reviewBroughtBy, ["who": carrier.text]))
        }
        if let knewOther { parts.append(say(knewOther ? .reviewSawOther : .reviewUnaware)) }
        if !stands { parts.append(say(.reviewOverwritten)) }
        return parts.joined(separator: " · ")
    }
}

extension Review.Decision {
    fileprivate func words(in language: Language, _ dates: DateStyle) -> String {
        let outcome =
            Phrase.outcome(resolution.outcome)?.text(in: language) ?? resolution.outcome.rawValue
        var parts = [
            Phrase.reviewDecision.text(
                in: language,
                [
                    "outcome": outcome, "who": author.text,
                    "role": Phrase.role(role).text(in: language),
                    "time": Review.time(receivedAt ?? writtenAt, dates),
                ])
        ]
        if let note = resolution.note { parts.append(note) }
        if isWitnessed { parts.append(Phrase.reviewDecisionWitnessed.text(in: language)) }
        if !isStanding { parts.append(Phrase.reviewDecisionReplaced.text(in: language)) }
        return parts.joined(separator: " · ")
    }
}
