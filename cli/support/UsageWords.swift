internal import Foundation
package import LuckyModel

/// What ArgumentParser says of a call it cannot read, in both languages.
package enum UsageWords {
    /// - Parameter message: English, as ArgumentParser writes it; another sentence comes back as
    ///   it is.
    package static func translated(_ message: String, to language: Language) -> String {
        for sentence in sentences {
            guard let match = try? sentence.pattern().wholeMatch(in: message) else { continue }
            var parts = match.output.dropFirst().map { String($0.substring ?? "") }
            if sentence.phrase == .usageBadValueOneOf, let all = parts.popLast() {
                // 'a', 'b' or 'c'
                let words = all.matches(of: /'([^']+)'/).map { String($0.output.1) }
                parts.append(words.joined(separator: ", "))
            }
            let names = ["first", "second", "third"]
            return sentence.phrase.text(
                in: language, Dictionary(zip(names, parts), uniquingKeysWith: { $1 }))
        }
        return message
    }

    /// Where a number with a minus was taken for an option, and so for none at all.
    /// - Parameters:
    ///   - message: as above.
    ///   - arguments: of the call.
    /// - Returns: nil for anything else.
    package static func negative(
        _ message: String, _ arguments: [String], in language: Language
    ) -> String? {
        func isNegative(_ text: String) -> Bool {
            text.wholeMatch(of: /-[0-9][0-9.,]*/) != nil
        }
        var (name, found): (String, String?)
        if let match = message.firstMatch(of: /Missing value for '(\S+)( <.*>)?'/) {
            name = String(match.1)
            found = zip(arguments, arguments.dropFirst()).first { $0.0 == name }?.1
        } else if let match = message.firstMatch(of: /Missing expected argument '(.+)'/) {
            name = String(match.1)
            found = arguments.last(where: isNegative)
        } else {
            return nil
        }
        guard let found, isNegative(found) else { return nil }
        return Phrase.usageNegative.text(in: language, ["option": name, "found": found])
    }

    private struct Sentence: Sendable {
        let text: String
        let phrase: Phrase

        /// Compiled where it is used: a regex value cannot be shared between threads.
        func pattern() throws -> Regex<AnyRegexOutput> {
            try Regex(text).dotMatchesNewlines()
        }
    }

    private static let sentences: [Sentence] = [
        Sentence(
            text: "Unknown option '(.+?)'\\. Did you mean '(.+)'\\?",
            phrase: .usageUnknownDidYouMean),
        Sentence(text: "Unknown option '([^']+)'", phrase: .usageUnknownOption),
        Sentence(text: "Missing expected argument '(.+)'", phrase: .usageMissingArgument),
        Sentence(text: "Missing one of: '(.+)'", phrase: .usageMissingOneOf),
        Sentence(text: "Missing value for '(.+)'", phrase: .usageMissingValue),
        Sentence(text: "Unexpected argument '(.*)'", phrase: .usageUnexpected),
        Sentence(text: "\\d+ unexpected arguments: '(.*)'", phrase: .usageUnexpected),
        Sentence(
            text: "The option '(.+)' does not take any value, but '(.*)' was specified\\.",
            phrase: .usageTakesNoValue),
        Sentence(
            text:
                "The value '(.*)' is invalid for '(\\S+?)(?: <[^>]*>)?'\\. Please provide one of (.+)\\.",
            phrase: .usageBadValueOneOf),
        Sentence(
            text: "The value '(.*)' is invalid for '(.+?)'(?:[:.].*)?", phrase: .usageBadValue),
        Sentence(text: "Missing required subcommand\\.", phrase: .usageMissingCommand),
    ]
}
