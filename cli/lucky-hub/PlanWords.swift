import LuckyCommandLine
import LuckyModel

/// Words for parts of a plan.
struct PlanWords {
    let output: Output

    init(_ output: Output) { self.output = output }

    /// `window, note`; how many, where they are more than four.
    func fields(_ words: [String]) -> String {
        guard words.count <= 4 else {
            return output.text(.hubManyFields, ["count": "\(words.count)"])
        }
        return Formats.list(
            words.map { Phrase.planField($0, in: output.language) }, in: output.language)
    }

    func status(_ word: String) -> String {
        StopStatus(rawValue: word).map { output.text(.status($0)) } ?? word
    }

    func time(_ unixMilliseconds: Int64?) -> String {
        unixMilliseconds.map(Formats.timeOfDay) ?? "–"
    }

    func money(_ cents: Int64) -> String { Money(cents: cents)?.text ?? "\(cents)/100" }

    func day(_ text: String) -> String {
        CivilDate(text: text).map { Formats.date($0, in: output.language, output.dates) } ?? text
    }
}
