package import ArgumentParser
package import LuckyModel

/// What a command says of itself: ArgumentParser takes it as text while it looks at the command, so
/// it is in the language of this call.
extension Phrase {
    /// For `abstract:` and `discussion:`.
    package var spoken: String { text(in: Call.current.language) }

    /// As above, its blanks filled by name.
    package func spoken(_ arguments: [String: String]) -> String {
        text(in: Call.current.language, arguments)
    }

    /// For `help:`.
    package var help: ArgumentHelp { ArgumentHelp(spoken) }
}
