public import LuckyModel

/// Why a route cannot be simulated: a file that cannot be read as what it should be, or a call that
/// asks for what is not there.
public struct RouteFault: Error, Hashable, Sendable {
    /// What is wrong, in both languages; `{line}` and `{text}` stand for each of
    /// ``rejections``.
    public var phrase: Phrase
    /// Its blanks by name.
    public var arguments: [String: String]
    /// The rows of a plan file that cannot be taken, in the order of the file.
    public var rejections: [Rejection]

    /// One sentence and what goes into it.
    public init(
        _ phrase: Phrase, _ arguments: [String: String] = [:], rejections: [Rejection] = []
    ) {
        self.phrase = phrase
        self.arguments = arguments
        self.rejections = rejections
    }

    /// What a file holds is wrong, and not how it was named.
    public var isOfContents: Bool {
        let contents: [Phrase] = [
            .routeGPXBad, .routeGPXCut, .routeNetBad, .routePlanBad, .routeProfileBad,
            .routeProfileNoJSON, .routeRoadsBad,
        ]
        return contents.contains(phrase)
    }

    /// So many faults of a file are named; of the others only how many there are.
    static let named = 20

    /// For people: one sentence, or one for each row that cannot be taken.
    public func message(in language: Language) -> String {
        guard !rejections.isEmpty else { return phrase.text(in: language, arguments) }
        var sentences = rejections.prefix(Self.named).map { rejection in
            phrase.text(
                in: language,
                arguments.merging(
                    ["line": "\(rejection.line)", "text": rejection.message(in: language)]
                ) { $1 })
        }
        if rejections.count > Self.named {
            sentences.append(
                Phrase.routePlanMore.text(
                    in: language, ["count": "\(rejections.count - Self.named)"]))
        }
        return sentences.joined(separator: language == .zhHant ? "　" : "  ")
    }
}
