public import ArgumentParser
internal import Foundation
internal import LuckyModel

extension AsyncParsableCommand {
    /// Runs the program: as ArgumentParser's own `main`, but a call that cannot be understood is
    /// answered in the caller's language and, with `--json`, as an object.
    public static func runProgram() async {
        let words = CallWords.understood(Array(CommandLine.arguments.dropFirst()), by: Self.self)
        // ArgumentParser shows the help of the command above a word that is none.
        if words.first == "help",
            let topic = CallWords.unknown(in: words.dropFirst(), of: Self.self)
        {
            stop(usage(unknown(topic)))
        }
        do {
            var command = try await asyncParseAsRoot(words)
            do {
                if var command = command as? any AsyncParsableCommand {
                    try await command.run()
                } else {
                    try command.run()
                }
            } catch  where !(error is ValidationError) {
                if exitCode(for: error) == .success { tell(error) }
                exit(withError: error)
            }
        } catch {
            if exitCode(for: error) == .success { tell(error) }
            guard let failure = usageFailure(error, words) else { exit(withError: error) }
            stop(failure)
        }
    }

    private static func stop(_ failure: CommandFailure) -> Never {
        Call.current.output.failure(failure)
        exit(withError: ExitCode(failure.exitCode))
    }

    /// Ends with what was asked for: help in the caller's language and as wide as the terminal, a
    /// script for a shell as it is.
    private static func tell(_ error: any Error) -> Never {
        let call = Call.current
        let text = fullMessage(for: error, columns: HelpPage.unbroken)
        let page = HelpPage.laidOut(
            text, in: call.language, width: TerminalSize.columns(of: STDOUT_FILENO, else: 80))
        if !text.isEmpty { call.output.verbatim(page ?? text + "\n") }
        exit()
    }

    /// Nil for what says nothing: a command that told why itself.
    private static func usageFailure(_ error: any Error, _ words: [String]) -> CommandFailure? {
        var fault = message(for: error)
        guard !fault.isEmpty else { return nil }
        let call = Call.current
        // An option behind a command that there is none of is not what is wrong.
        if let topic = CallWords.unknown(in: words, of: Self.self) { fault = unknown(topic) }
        let seeAlso = fullMessage(for: error).firstMatch(of: /See '([^']+)'/)
            .map { String($0.output.1) }
        return usage(
            UsageWords.negative(fault, words, in: call.language)
                ?? UsageWords.translated(fault, to: call.language), see: seeAlso)
    }

    private static func usage(_ message: String, see help: String? = nil) -> CommandFailure {
        CommandFailure(
            code: "usage", exitCode: ExitStatus.usage, message: message,
            hint: Phrase.usageSeeHelp.text(
                in: Call.current.language, ["command": help ?? "\(_commandName) --help"]))
    }

    private static func unknown(_ topic: (word: String, near: String?)) -> String {
        let phrase: Phrase =
            topic.near == nil ? .usageUnknownCommand : .usageUnknownCommandDidYouMean
        return phrase.text(
            in: Call.current.language, ["found": topic.word, "near": topic.near ?? ""])
    }
}
