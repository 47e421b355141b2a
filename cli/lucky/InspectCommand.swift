import ArgumentParser
import LuckyCausality
import LuckyCommandLine
import LuckyModel

struct InspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: Phrase.helpInspect.spoken,
        subcommands: [
            InspectChange.self, InspectRules.self, InspectVector.self, InspectSchema.self,
        ])
}

struct InspectRules: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: Phrase.helpRules.spoken)

    @OptionGroup var speech: SpeechOptions

    @Flag(help: Phrase.helpRulesPage.help)
    var markdown = false

    func run() async throws {
        let output = speech.output
        let page = RulesPage()
        if markdown, !speech.json {
            return output.line(String(page.markdown.dropLast()))
        }
        output.result(RulesObject(page, in: output.language), page.lines(in: output.language))
    }
}

/// The shape of `inspect rules --json`: words, never sentences, besides the reasons.
private struct RulesObject: Encodable {
    var version: Int
    var fields: [FieldObject]
    var facts: [FactObject]
    var decisions: [DecisionObject]

    struct FieldObject: Encodable {
        var field: String
        var number: UInt32
        var owner: String
        var sibling: String
        var opens: String?
        var decides: String
    }

    struct FactObject: Encodable {
        var fact: String
        var number: UInt32
        var owner: String
        var sibling: String
        var opens: String?
        var decides: String
        var contradicts: [ContradictionObject]
    }

    struct ContradictionObject: Encodable {
        var against: String
        var what: String?
        var opens: String
        var decides: String
    }

    struct DecisionObject: Encodable {
        var name: String
        var answer: String
        var reason: String
    }

    init(_ page: RulesPage, in language: Language) {
        version = ReviewRules.version
        fields = page.rules.fields.map { row in
            FieldObject(
                field: row.field.word ?? "\(row.field.rawValue)", number: row.field.rawValue,
                owner: row.owner.name, sibling: row.sibling.word,
                opens: row.sibling.opens?.rawValue, decides: row.decides.name)
        }
        facts = page.rules.facts.map { row in
            FactObject(
                fact: row.kind.word, number: row.kind.rawValue, owner: row.owner.name,
                sibling: row.sibling.word, opens: row.sibling.opens?.rawValue,
                decides: row.decides.name,
                contradicts: row.contradicts.map(ContradictionObject.init))
        }
        decisions = page.decisions(in: language).map {
            DecisionObject(name: $0.name, answer: $0.answer, reason: $0.reason)
        }
    }
}

extension RulesObject.ContradictionObject {
    init(_ contradiction: Contradiction) {
        opens = contradiction.opens.rawValue
        decides = contradiction.decides.name
        switch contradiction.against {
        case .field(let field):
            against = "field"
            what = field.word
        case .fact(let kind):
            against = "fact"
            what = kind.word
        case .elsewhere: against = "elsewhere"
        case .customer: against = "customer"
        case .itself: against = "itself"
        case .clock: against = "clock"
        case .carrier: against = "carrier"
        }
    }
}
