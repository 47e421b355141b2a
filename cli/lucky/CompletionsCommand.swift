import ArgumentParser

struct CompletionsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "completions",
        abstract: "Print a script by which your shell completes verbs and options.",
        discussion: """
            bash: lucky completions bash > ~/.local/share/bash-completion/completions/lucky
            zsh:  lucky completions zsh > a folder of $fpath, as _lucky
            fish: lucky completions fish > ~/.config/fish/completions/lucky.fish
            """)

    @Argument(help: "bash, zsh or fish.")
    var shell: ShellArgument

    func run() { print(Lucky.completionScript(for: shell.shell)) }
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
