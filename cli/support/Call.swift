public import ArgumentParser
internal import Foundation
public import LuckyModel

/// How the person who called wants to be spoken to, read from the raw arguments: also a call that
/// cannot be understood is answered in its own language and shape.
public struct Call: Sendable {
    /// `--lang` where it names a language, else what the environment says.
    public let language: Language
    /// `--json` is among the arguments.
    public let isJSON: Bool

    /// - Parameter arguments: without the program's name.
    public init(_ arguments: [String], environment: [String: String]) {
        let read = arguments.prefix { $0 != "--" }
        isJSON = read.contains("--json")
        let named = zip(read, read.dropFirst()).first { $0.0 == "--lang" }?.1
        let joined = read.first { $0.hasPrefix("--lang=") }?.dropFirst("--lang=".count)
        language =
            (named ?? joined.map(String.init)).flatMap(Language.init(argument:))
            ?? Language(environment: environment)
    }

    /// Of this process.
    public static let current = Call(
        Array(CommandLine.arguments.dropFirst()),
        environment: ProcessInfo.processInfo.environment)

    /// Where an answer to this call goes.
    public var output: Output { Output(language: language, isJSON: isJSON) }
}

extension ValidationError {
    /// A call that is wrong, said in the caller's language; the blanks of a phrase by name.
    public init(_ phrase: Phrase, _ arguments: [String: String] = [:]) {
        self.init(phrase.text(in: Call.current.language, arguments))
    }
}
