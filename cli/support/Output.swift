internal import Foundation
public import LuckyModel

/// Says things: results on standard output, errors on standard error.
public struct Output: Sendable {
    /// What sentences are said in; JSON's keys and words never change with it.
    public let language: Language
    /// One JSON object a line on standard output, instead of text.
    public let isJSON: Bool
    /// No remarks; results and errors still come.
    public let isQuiet: Bool

    /// Text with remarks, by default.
    public init(language: Language, isJSON: Bool = false, isQuiet: Bool = false) {
        self.language = language
        self.isJSON = isJSON
        self.isQuiet = isQuiet
    }

    /// The result: an object in JSON mode, else lines of text.
    public func result(_ object: some Encodable, _ lines: [String]) {
        if isJSON {
            write(Self.json(object) + "\n", to: .standardOutput)
        } else {
            write(lines.map { $0 + "\n" }.joined(), to: .standardOutput)
        }
    }

    /// A remark for a person, in text mode only.
    public func remark(_ line: String) {
        if !isJSON && !isQuiet { write(line + "\n", to: .standardOutput) }
    }

    /// One line of a stream, in either mode.
    public func line(_ line: String) { write(line + "\n", to: .standardOutput) }

    /// One line on standard error, in text mode only.
    public func warning(_ line: String) {
        if !isJSON { write(line + "\n", to: .standardError) }
    }

    /// Why a command stops: JSON with its code, or a sentence and perhaps a hint.
    public func failure(_ failure: CommandFailure) {
        let mark = "✗ "
        let isMarked = failure.message.hasPrefix(mark)
        let message = isMarked ? String(failure.message.dropFirst(mark.count)) : failure.message
        if isJSON {
            let object = ErrorObject(
                code: failure.code, exit: Int(failure.exitCode), hint: failure.hint,
                message: message)
            write(Self.json(object) + "\n", to: .standardError)
        } else {
            write(mark + message + "\n", to: .standardError)
            if let hint = failure.hint {
                write(text(.hint, ["hint": hint]) + "\n", to: .standardError)
            }
        }
    }

    /// A phrase in the chosen language, its blanks filled by name.
    public func text(_ phrase: Phrase, _ arguments: [String: String] = [:]) -> String {
        phrase.text(in: language, arguments)
    }

    /// One line, keys sorted, snake_case.
    public static func json(_ object: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return (try? encoder.encode(object)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private func write(_ text: String, to handle: FileHandle) {
        try? handle.write(contentsOf: Data(text.utf8))
    }

    private struct ErrorObject: Encodable {
        var code: String
        var exit: Int
        var hint: String?
        var message: String
    }
}
