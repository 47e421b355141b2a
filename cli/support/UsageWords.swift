internal import Foundation
package import LuckyModel

/// What ArgumentParser says of a call it cannot read, in both languages.
package enum UsageWords {
    /// - Parameter message: English, as ArgumentParser writes it; another sentence comes back as
    ///   it is.
    package static func translated(_ message: String, to language: Language) -> String {
        for sentence in sentences {
            guard let match = try? sentence.pattern().wholeMatch(in: message) else { continue }
            let parts = match.output.dropFirst().map { String($0.substring ?? "") }
            let names = ["first", "second", "third"]
            return sentence.phrase.text(
                in: language, Dictionary(zip(names, parts), uniquingKeysWith: { $1 }))
        }
        return message
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
            text: "The value '(.*)' is invalid for '(.+?)'(?:[:.].*)?", phrase: .usageBadValue),
        Sentence(text: "Missing required subcommand\\.", phrase: .usageMissingCommand),
    ]
}
