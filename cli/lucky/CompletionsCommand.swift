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

    func run() {
        print(
            HelpPage.translated(
                Lucky.completionScript(for: shell.shell), to: tongue.language))
    }
}

/// As typed.
enum ShellArgument: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    var shell: CompletionShell {
        switch self {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}
