public import LuckyModel

/// Why a route cannot be simulated: a file that cannot be read as what it should be, or a call that
/// asks for what is not there.
public struct RouteFault: Error, Hashable, Sendable {
    /// What is wrong, in both languages; `{text}` stands for ``rejection``.
    public var phrase: Phrase
    /// Its blanks by name.
    public var arguments: [String: String]
    /// The row of a plan file that cannot be taken.
    public var rejection: Rejection?

    /// One sentence and what goes into it.
    public init(
        _ phrase: Phrase, _ arguments: [String: String] = [:], rejection: Rejection? = nil
    ) {
        self.phrase = phrase
        self.arguments = arguments
        self.rejection = rejection
    }

    /// One sentence for people.
    public func message(in language: Language) -> String {
        var arguments = arguments
        if let rejection {
            arguments["line"] = "\(rejection.line)"
            arguments["text"] = rejection.message(in: language)
        }
        return phrase.text(in: language, arguments)
    }
}
