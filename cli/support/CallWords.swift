internal import ArgumentParser

/// What was typed, where ArgumentParser would not take it as it is meant.
enum CallWords {
    /// - `--lang` before the verb counts as if it stood behind it.
    /// - `--help` behind a verb that has others is the help of that one, not of the one it stands for.
    static func understood(_ words: [String], by root: any ParsableCommand.Type) -> [String] {
        let open = words.firstIndex(of: "--") ?? words.endIndex
        var (front, tongue) = ([String](), [String]())
        var place = Place(root)
        var rest = words[..<open]
        while let word = rest.popFirst() {
            if word == "--lang", let language = rest.popFirst() {
                tongue = [word, language]
            } else if word.hasPrefix("--lang=") {
                tongue = [word]
            } else if place.enter(word) {
                front.append(word)
            } else {
                rest = [word] + rest
                break
            }
        }
        if !place.command.configuration.subcommands.isEmpty, !place.path.isEmpty,
            rest.first == "--help" || rest.first == "-h"
        {
            return ["help"] + place.path
        }
        // A verb that only has others speaks no language of its own; the call's is known.
        let isHeard = place.isLeaf && front.first != "help"
        return front + (isHeard ? tongue : []) + rest + words[open...]
    }

    /// The first word that stands where a verb should, and is none, with the verb that is most like it;
    /// nil where each is one.
    static func unknown(
        in words: some Sequence<String>, of root: any ParsableCommand.Type
    ) -> (word: String, near: String?)? {
        var place = Place(root)
        for word in words {
            let known = place.command.configuration.subcommands
            guard !known.isEmpty, !word.hasPrefix("-"), word != "help" else { return nil }
            guard !place.enter(word) else { continue }
            // What is no verb there may be an argument of the one that is meant by none.
            guard place.command.configuration.defaultSubcommand == nil else { return nil }
            let names = known.compactMap { verb -> String? in
                verb.configuration.shouldDisplay ? verb._commandName : nil
            }
            return (word, near(word, in: names))
        }
        return nil
    }

    private static func near(_ word: String, in names: [String]) -> String? {
        let all = names.map { (name: $0, distance: distance(word, $0)) }
        let close = all.filter { $0.distance <= 2 && $0.distance < word.count }
        return close.min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
    }

    /// Where among the verbs a call is.
    private struct Place {
        var command: any ParsableCommand.Type
        var path: [String] = []

        init(_ root: any ParsableCommand.Type) { command = root }

        /// Whether what was named so far is carried out as it is.
        var isLeaf: Bool {
            command.configuration.subcommands.isEmpty
                || command.configuration.defaultSubcommand != nil
        }

        mutating func enter(_ word: String) -> Bool {
            if path.isEmpty, word == "help" { return true }
            let next = command.configuration.subcommands.first { $0._commandName == word }
            guard let next else { return false }
            command = next
            path.append(word)
            return true
        }
    }

    /// How many characters are to be put in, taken out or exchanged to make one of the other.
    private static func distance(_ a: String, _ b: String) -> Int {
        let b = Array(b)
        var row = Array(0...b.count)
        for (i, x) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, y) in b.enumerated() {
                let changed = diagonal + (x == y ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
            }
        }
        return row[b.count]
    }
}
