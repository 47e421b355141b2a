// What one change says, on one line.

extension Change.Body {
    /// For people who judge it; names and words of persons only where they were not redacted.
    public func words(in language: Language) -> String {
        switch self {
        case .plan(let field, let value):
            let name = Phrase.field(field).text(in: language)
            guard let text = value.words(in: language) else {
                return Phrase.saidEmptied.text(in: language, ["field": name])
            }
            return Phrase.saidPlan.text(in: language, ["field": name, "value": text])
        case .fact(let fact): return fact.words(in: language)
        }
    }
}

extension PlanValue {
    /// As a screen shows it; nil for no value.
    package func words(in language: Language) -> String? {
        switch self {
        case .flag(let value): (value ? Phrase.saidYes : .saidNo).text(in: language)
        case .money(let value): value.text
        case .quantities(let value): Formats.quantities(value, in: language)
        case .window(let value): Formats.window(value)
        default: cell
        }
    }
}

extension Fact {
    /// One line: what happened, with its figures.
    package func words(in language: Language) -> String {
        func say(_ phrase: Phrase, _ arguments: [String: String]) -> String {
            phrase.text(in: language, arguments)
        }
        let name = Phrase.fact(kind).text(in: language)
        switch self {
        case .handedOver(let value): return value.words(in: language)
        case .failed(let value):
            return say(.saidReason, ["reason": Phrase.failure(value.reason).text(in: language)])
        case .cashReceived(let value):
            return say(.saidAmount, ["fact": name, "amount": value.amount.text])
        case .cashDropped(let value):
            return say(.saidAmount, ["fact": name, "amount": value.amount.text])
        case .noteAdded(let value):
            return value.text.map { say(.saidPlan, ["field": name, "value": $0]) } ?? name
        case .suggestedAddress(let value):
            return value.address.map { say(.saidAddress, ["address": $0]) } ?? name
        case .meterRead(let value):
            return value.words(in: language)
        case .stopAdded(let value): return say(.saidAdded, ["code": value.code?.text ?? ""])
        case .settled(let value):
            return say(
                .saidSettled, ["due": value.due.text, "received": value.received.text])
        case .corrected(let value):
            return say(.saidCorrection, ["what": value.replacement.words(in: language)])
        default: return name
        }
    }
}

extension HandedOver {
    fileprivate func words(in language: Language) -> String {
        let counts = Phrase.saidHandover.text(
            in: language,
            [
                "delivered": Formats.quantities(handover.delivered, in: language),
                "collected": Formats.quantities(handover.collected, in: language),
            ])
        let price = quoted.map { Phrase.saidQuoted.text(in: language, ["amount": $0.text]) }
        let others =
            Phrase.residualWords(handover.residualGrams, in: language)
            + Phrase.serialWords(serials, back: collectedSerials, in: language)
        return Formats.list([counts] + others + [price].compactMap(\.self), in: language)
    }
}

extension Phrase {
    /// None where nothing was weighed back.
    package static func residualWords(_ grams: Int, in language: Language) -> [String] {
        guard grams > 0 else { return [] }
        let weight = Formats.weight(grams: Int64(grams), in: language)
        return [saidResidual.text(in: language, ["weight": weight])]
    }

    /// None where no number was recorded.
    package static func serialWords(
        _ out: [Identifier], back: [Identifier], in language: Language
    ) -> [String] {
        [(saidSerials, out), (saidSerialsBack, back)].filter { !$0.1.isEmpty }.map {
            $0.text(in: language, ["numbers": $1.map(\.text).joined(separator: " ")])
        }
    }
}

extension MeterReading {
    /// How the meter stood, and of what where it was said.
    package func words(in language: Language) -> String {
        let reading = Phrase.saidReading.text(
            in: language, ["reading": PlainText.decimalText(milli, places: 3)])
        return product.map { "\(reading) (\($0.info?.name(in: language) ?? $0.code.text))" }
            ?? reading
    }
}

extension Correction.Replacement {
    fileprivate func words(in language: Language) -> String {
        switch self {
        case .handedOver(let value): Fact.handedOver(value).words(in: language)
        case .failed(let value): Fact.failed(value).words(in: language)
        case .cashReceived(let value): Fact.cashReceived(value).words(in: language)
        case .withdrawn: Phrase.saidWithdrawn.text(in: language)
        case .unknown: Phrase.statusUnknown.text(in: language)
        }
    }
}
