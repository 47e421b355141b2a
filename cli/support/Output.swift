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

    /// How days are written for people.
    public let dates: DateStyle
    /// The result is of a trial: nothing of it is written, and every result says so.
    public var isDryRun = false

    /// Text with remarks, by default.
    public init(
        language: Language, isJSON: Bool = false, isQuiet: Bool = false,
        dates: DateStyle = .common
    ) {
        self.language = language
        self.isJSON = isJSON
        self.isQuiet = isQuiet
        self.dates = dates
    }

    /// The result: an object in JSON mode, else lines of text.
    public func result(_ object: some Encodable, _ lines: [String]) {
        if isJSON, isDryRun {
            write(Self.json(Rehearsed(object: object)) + "\n", to: .standardOutput)
        } else if isJSON {
            write(Self.json(object) + "\n", to: .standardOutput)
        } else {
            let head = isDryRun ? [text(.dryRun)] : []
            for line in head + lines { say(line, to: .standardOutput) }
        }
    }

    /// A remark for a person, in text mode only.
    public func remark(_ line: String) {
        if !isJSON && !isQuiet { say(line, to: .standardOutput) }
    }

    /// One line of a stream, in either mode.
    public func line(_ line: String) { write(line + "\n", to: .standardOutput) }

    /// One line on standard error, in text mode only.
    public func warning(_ line: String) {
        if !isJSON { say(line, to: .standardError) }
    }

    /// Why a command stops: JSON with its code, or a sentence and a hint.
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
            say(mark + message, to: .standardError)
            say(text(.hint, ["hint": failure.hint]), to: .standardError)
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

    /// What another program takes as it is.
    public func verbatim(_ text: String) { write(text, to: .standardOutput) }

    /// A line for a person, broken between words where the terminal is too narrow for it.
    private func say(_ line: String, to handle: FileHandle) {
        let width = TerminalSize.columns(of: handle.fileDescriptor)
        let broken = TextWidth.wrapped(Self.visible(line), to: width)
        write(broken.map { $0 + "\n" }.joined(), to: handle)
    }

    /// People's words come from elsewhere: what would move a terminal's cursor, change its colours,
    /// begin a line or turn the direction of writing is shown as a mark.
    static func visible(_ line: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in line.unicodeScalars {
            switch scalar.value {
            case 0x0A, 0x0D, 0x2028, 0x2029: result.append("⏎")
            case 0x00...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069:
                result.append("\u{FFFD}")
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// A reader who has enough is no error; a result that got lost is.
    private func write(_ text: String, to handle: FileHandle) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.write(handle.fileDescriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                let code = errno
                guard code != EPIPE, handle === FileHandle.standardOutput else { return }
                let why = self.text(.outputNotWritten, ["error": String(cString: strerror(code))])
                try? FileHandle.standardError.write(contentsOf: Data("✗ \(why)\n".utf8))
                exit(ExitStatus.checkFailed)
            }
            rest = rest.dropFirst(count)
        }
    }

    /// An object, and that it is of a trial.
    private struct Rehearsed<Object: Encodable>: Encodable {
        enum Key: String, CodingKey { case isDryRun }

        var object: Object

        func encode(to encoder: any Encoder) throws {
            try object.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(true, forKey: .isDryRun)
        }
    }

    private struct ErrorObject: Encodable {
        var code: String
        var exit: Int
        var hint: String
        var message: String
    }
}
