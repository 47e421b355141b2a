import ArgumentParser
import LuckyCommandLine
import LuckyModel

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: Phrase.helpCompletions.spoken,
        discussion: Phrase.helpCompletionsMore.spoken)

    @Argument(help: Phrase.helpCompletionsShell.help)
    var shell: ShellArgument

    @OptionGroup var tongue: LanguageOption

    func run() { print(shell.script(of: Lucky.self, in: tongue.language)) }
}
