package import ArgumentParser
package import LuckyModel

/// A shell as typed.
package enum ShellArgument: String, CaseIterable, ExpressibleByArgument {
    case bash, zsh, fish

    /// By which this shell completes a program's verbs and options.
    /// - Parameter program: the command above all others.
    package func script(
        of program: any ParsableCommand.Type, in language: Language
    ) -> String {
        HelpPage.translated(program.completionScript(for: shell), to: language)
    }

    private var shell: CompletionShell {
        switch self {
        case .bash: .bash
        case .zsh: .zsh
        case .fish: .fish
        }
    }
}
