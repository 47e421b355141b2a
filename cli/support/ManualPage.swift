package import ArgumentParser
internal import Foundation
package import LuckyModel

/// From what a command says of itself to a page in `man`'s own language.
package enum ManualPage {
    struct Help: Decodable { var command: Command }

    struct Command: Decodable {
        var commandName: String
        var abstract: String?
        var discussion: String?
        var shouldDisplay: Bool?
        var subcommands: [Command]?
        var arguments: [Argument]?
    }

    struct Argument: Decodable {
        struct Name: Decodable {
            var kind: String
            var name: String

            /// As typed.
            var typed: String { (kind == "long" ? "--" : "-") + name }
        }

        var abstract: String?
        var kind: String
        var names: [Name]?
        var shouldDisplay: Bool?
        var valueName: String?

        /// `--db <db>`, `<stop>`.
        var typed: String {
            let value = valueName.map { "<\($0)>" } ?? ""
            let names = (names ?? []).map(\.typed).joined(separator: ", ")
            switch kind {
            case "positional": return value
            case "option": return names + " " + value
            default: return names
            }
        }
    }

    /// - Parameter program: the command above all others.
    /// - Throws: `DecodingError` where ArgumentParser describes commands in another way than here.
    package static func roff(
        of program: any ParsableCommand.Type, in language: Language
    ) throws -> String {
        let help = try JSONDecoder().decode(Help.self, from: Data(program._dumpHelp().utf8))
        return roff(of: help.command, in: language)
    }

    private static func roff(of program: Command, in language: Language) -> String {
        func head(_ phrase: Phrase) -> String { ".SH " + phrase.text(in: language) }
        let name = program.commandName
        var lines = [
            // Neither stretched nor hyphenated: paths and options would be torn apart.
            ".TH \(name.uppercased()) 1", ".nh", ".ad l", head(.helpManualName),
            plain("\(name) - \(program.abstract ?? "")"), head(.helpManualSynopsis),
            plain(Phrase.helpManualCall.text(in: language, ["program": name])),
        ]
        if let discussion = program.discussion {
            lines += [head(.helpManualDescription), plain(discussion)]
        }
        lines.append(head(.helpManualVerbs))
        for command in shown(program.subcommands) {
            lines += section(of: command, named: [name])
        }
        return HelpPage.translated(lines.joined(separator: "\n") + "\n", to: language)
    }

    private static func section(of command: Command, named parents: [String]) -> [String] {
        let path = parents + [command.commandName]
        let below = shown(command.subcommands)
        guard below.isEmpty else { return below.flatMap { section(of: $0, named: path) } }
        var lines = [".SS \"\(escaped(path.joined(separator: " ")))\""]
        lines += [command.abstract, command.discussion].compactMap { $0 }.flatMap {
            [".PP", plain($0)]
        }
        for argument in command.arguments ?? [] where argument.shouldDisplay != false {
            lines += [".TP", ".B \(escaped(argument.typed))", plain(argument.abstract ?? "")]
        }
        return lines
    }

    private static func shown(_ commands: [Command]?) -> [Command] {
        (commands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
    }

    /// Text in which no line begins a request of `man`'s.
    private static func plain(_ text: String) -> String {
        escaped(text).split(separator: "\n", omittingEmptySubsequences: true).map {
            $0.hasPrefix(".") || $0.hasPrefix("'") ? "\\&" + $0 : String($0)
        }.joined(separator: "\n.br\n")
    }

    private static func escaped(_ text: String) -> String {
        text.replacingOccurrences(of: "\\", with: "\\e").replacingOccurrences(of: "-", with: "\\-")
    }
}
