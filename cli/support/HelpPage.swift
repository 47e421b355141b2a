internal import Foundation
package import LuckyModel

/// Help as ArgumentParser writes it, laid out anew: in the caller's language, and no wider than the
/// terminal, where Chinese takes two columns a character.
package enum HelpPage {
    /// So many columns that ArgumentParser breaks no line.
    package static let unbroken = 100_000

    /// Where what is said of an option begins.
    private static let column = 26
    /// Narrower, and it stands below the option.
    private static let narrow = 60

    private enum Place { case overview, list }

    /// - Parameters:
    ///   - text: ArgumentParser's, its lines ``unbroken``.
    ///   - width: of the terminal. A word that is wider, such as a path, stays whole.
    /// - Returns: nil for what is no help: a script for a shell, an object.
    package static func laidOut(_ text: String, in language: Language, width: Int) -> String? {
        let (overview, usage) = (Phrase.helpOverview.en, Phrase.helpUsage.en)
        guard text.hasPrefix(overview) || text.hasPrefix(usage) else { return nil }
        var place = Place.overview
        var page: [String] = []
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for (index, line) in lines.enumerated() {
            if line.hasPrefix(usage), place == .overview {
                place = .list
                page += call(line.dropFirst(usage.count), in: language, width: width)
            } else if place == .overview {
                let head = index == 0 ? Phrase.helpOverview.text(in: language) : ""
                let said = index == 0 ? line.dropFirst(overview.count) : line[...]
                page += TextWidth.wrapped(head + said, to: width, hanging: 0)
            } else if !line.hasPrefix("  ") {
                page.append(heads.first { $0.en == line }?.text(in: language) ?? line)
            } else if let match = line.wholeMatch(of: /\ \ See '(.+)' for detailed help\./) {
                let more = Phrase.helpSeeMore.text(in: language, ["command": String(match.1)])
                page += TextWidth.wrapped("  " + more, to: width, hanging: 0)
            } else {
                let next = lines.indices.contains(index + 1) ? lines[index + 1] : ""
                page += element(line, before: next, in: language, width: width)
            }
        }
        while page.last?.isEmpty == true { page.removeLast() }
        return page.map { $0 + "\n" }.joined()
    }

    /// ArgumentParser's own sentences, wherever they stand in a text, in a language.
    package static func translated(_ text: String, to language: Language) -> String {
        guard language != .en else { return text }
        return sentences.reduce(text) {
            $0.replacingOccurrences(of: $1.en, with: $1.text(in: language))
        }
    }

    private static let heads: [Phrase] = [.helpArguments, .helpOptions, .helpSubcommands]
    private static let sentences: [Phrase] = [
        .helpShowHelp, .helpShowVerbHelp, .helpShowVersion,
    ]

    /// How a command is called: an option and its value stay together.
    private static func call(
        _ usage: Substring, in language: Language, width: Int
    ) -> [String] {
        var (depth, joined) = (0, "")
        for character in usage {
            depth += character == "[" ? 1 : character == "]" ? -1 : 0
            joined.append(character == " " && depth > 0 ? "\u{A0}" : character)
        }
        let head = Phrase.helpUsage.text(in: language)
        return TextWidth.wrapped(head + joined, to: width, hanging: TextWidth.of(head)).map {
            $0.replacing("\u{A0}", with: " ")
        }
    }

    /// A line of a list: an argument, an option or a verb, and what is said of it; or the latter
    /// alone, where the former is too long for its column.
    private static func element(
        _ line: String, before next: String, in language: Language, width: Int
    ) -> [String] {
        let blank = String(repeating: " ", count: column)
        let isLabel = !line.hasPrefix(blank) && (line.count <= column || next.hasPrefix(blank))
        let name = isLabel ? line : String(line.prefix(column))
        let said = isLabel ? "" : described(String(line.dropFirst(column)), in: language)
        var label = String(name.reversed().drop { $0 == " " }.reversed())
        if label.hasSuffix(Phrase.helpDefaultVerb.en) {
            label.removeLast(Phrase.helpDefaultVerb.en.count)
            label += Phrase.helpDefaultVerb.text(in: language)
        }
        let indent = width < narrow ? 6 : column
        let margin = String(repeating: " ", count: indent)
        var texts = TextWidth.wrapped(said, to: width - indent, hanging: 0).map { margin + $0 }
        if said.isEmpty { texts = [] }
        guard !label.isEmpty else { return texts }
        guard TextWidth.of(label) < indent, let first = texts.first else {
            return TextWidth.wrapped(label, to: width) + texts
        }
        return [TextWidth.padded(label, to: indent) + first.dropFirst(indent)] + texts.dropFirst()
    }

    /// What ArgumentParser adds to an option's text, in a language.
    private static func described(_ text: String, in language: Language) -> String {
        guard language != .en else { return text }
        let text = translated(text, to: language)
        let added = /^(.*?) ?\((?:values: ([^()]*?))?(?:; )?(?:default( as flag)?: ([^()]*))?\)$/
        guard let match = text.wholeMatch(of: added) else { return text }
        let phrase: Phrase? =
            switch (match.2, match.3, match.4) {
            case (_?, nil, nil): .helpValues
            case (_?, _, _?): .helpValuesDefault
            case (nil, nil, _?): .helpDefault
            case (nil, _?, _?): .helpDefaultAsFlag
            default: nil
            }
        guard let phrase else { return text }
        let blanks = ["values": match.2.map(String.init), "default": match.4.map(String.init)]
        return match.1 + phrase.text(in: language, blanks.compactMapValues { $0 })
    }
}
