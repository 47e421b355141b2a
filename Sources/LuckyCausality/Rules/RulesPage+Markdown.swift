internal import LuckyModel

extension RulesPage {
    /// The page of the documentation, in English: `Rules.md` in this target's DocC catalog.
    public var markdown: String {
        let title = Phrase.rulesTitle.text(in: .en, ["version": "\(ReviewRules.version)"])
        var lines = [
            "# \(title)", "",
            "Who owns what, what two at once mean, what contradicts it, and who decides.", "",
            "@Comment { Printed by `lucky inspect rules --markdown`; a test compares. }", "",
            "A plan field's concurrent values are all kept. The one that is shown is the owner's,",
            "then that of the higher role, then the later. A fact is only ever added. What is",
            "marked → opens a review: nobody's record is overwritten, and only a decision closes",
            "it. A write of the office whose author knew the fact contradicts nothing.", "",
        ]
        lines += table("Plan fields", fields(in: .en))
        lines += table("Facts", facts(in: .en))
        lines += [
            "## Who decides", "",
            "The role in the last column, the office (which is every desk), or a supervisor; a",
            "driver never. Behind → stands who decides that one.", "",
            "## Decisions", "",
            "Questions of the trade that its papers leave open. The safer answer stands; each is",
            "one line to change, in `Sources/LuckyModel/Policy.swift`.", "",
            "| Question | Answer | Why |", "| --- | --- | --- |",
        ]
        lines += decisions(in: .en).map { "| \($0.name) | \($0.answer) | \($0.reason) |" }
        return lines.joined(separator: "\n") + "\n"
    }

    private func table(_ title: String, _ rows: [Row]) -> [String] {
        [
            "## \(title)", "", "| What | Owner | Two at once | Contradicted by | Decides |",
            "| --- | --- | --- | --- | --- |",
        ]
            + rows.map { row in
                let against = row.contradictions.joined(separator: "<br>")
                return "| `\(row.word)` | \(row.owner) | \(row.sibling) | \(against) |"
                    + " \(row.decides) |"
            } + [""]
    }
}
