package import ArgumentParser
package import LuckyModel

/// What a command says of itself: ArgumentParser takes it as text while it looks at the command, so
/// it is in the language of this call.
extension Phrase {
    /// For `abstract:` and `discussion:`.
    package var spoken: String { Call.current.language == .zhHant ? zhHant : en }

    /// As above, its blanks filled by name.
    package func spoken(_ arguments: [String: String]) -> String {
        text(in: Call.current.language, arguments)
    }

    /// For `help:`.
    package var help: ArgumentHelp { ArgumentHelp(spoken) }

    /// For `help:` of an option whose value has a name of its own.
    package func help(as valueName: String) -> ArgumentHelp {
        ArgumentHelp(spoken, valueName: valueName)
    }
}
