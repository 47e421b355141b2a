/// One thing the program says, in both languages. `{name}` stands for an argument.
///
/// The catalogue: static members grouped by file in this folder, a line each. A test reads these
/// files and proves that both texts are there and name the same arguments.
///
///     extension Phrase {
///         static let stopDelivered = Phrase("第 {stop} 站已送達", "Stop {stop} delivered")
///     }
///     Phrase.stopDelivered.text(in: .en, ["stop": "17"])      // "Stop 17 delivered"
public struct Phrase: Hashable, Sendable {
    /// Traditional Chinese, with `{name}` for each argument.
    public let zhHant: String
    /// English, with the same arguments.
    public let en: String

    /// Chinese first, then English.
    public init(_ zhHant: String, _ en: String) {
        self.zhHant = zhHant
        self.en = en
    }

    /// The same in both languages: a name, a number, what a system said.
    public init(verbatim text: String) { self.init(text, text) }

    /// This with its arguments put in, to be said later: without any, so that braces in what was put
    /// in stay as they are.
    public func with(_ arguments: [String: String]) -> Phrase {
        Phrase(text(in: .zhHant, arguments), text(in: .en, arguments))
    }

    /// The same where arguments are said in either language themselves.
    public func with(_ arguments: [String: Phrase]) -> Phrase {
        Phrase(
            text(in: .zhHant, arguments.mapValues(\.zhHant)),
            text(in: .en, arguments.mapValues(\.en)))
    }

    /// The text with its arguments put in. Arguments are not searched for further placeholders; a
    /// placeholder without an argument stays, so that the gap is seen.
    public func text(in language: Language, _ arguments: [String: String] = [:]) -> String {
        var rest = Substring(language == .zhHant ? zhHant : en)
        var text = ""
        while let open = rest.firstIndex(of: "{"),
            let close = rest[open...].firstIndex(of: "}")
        {
            text += rest[..<open]
            let name = String(rest[rest.index(after: open)..<close])
            text += arguments[name] ?? String(rest[open...close])
            rest = rest[rest.index(after: close)...]
        }
        return text + rest
    }
}
