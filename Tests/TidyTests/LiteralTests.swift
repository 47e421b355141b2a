import Foundation
import TestSupport
import Testing

/// What people read stands in one catalogue, `Sources/LuckyModel/Words`, in both languages.
struct LiteralTests {
    private static let catalogue = "Sources/LuckyModel/Words/"

    /// Where Chinese in a literal is what people or files say, not what the program says.
    private static let data: Set = [
        // Products by their names, and words that plan files are written with.
        "Sources/LuckyModel/ProductCatalogue.swift", "Sources/LuckyModel/Import/PlanRow.swift",
        // How an address is told from another text.
        "Sources/LuckySimulation/RouteSimulation/RouteCheck.swift",
        // Invented people of samples, swarms and the demo.
        "Sources/LuckySimulation/Cases/Codec/SampleBytes.swift", "cli/lucky/Demo/Story.swift",
        "cli/lucky/Demo/Dispatcher.swift",
    ]
    private static let dataFolders = ["Sources/LuckySimulation/Swarm/"]

    /// Where a command says what it is for.
    private static let helps = [
        "abstract:", "discussion:", "help:", "usage:", "ArgumentHelp(", "OptionGroup(",
    ]

    private static func isChinese(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    }

    /// Lines of Swift that a reader of the programs could meet.
    private func lines(
        in folders: [String] = ["Sources/", "cli/"]
    ) async throws -> [(path: String, number: Int, code: Substring)] {
        var all: [(path: String, number: Int, code: Substring)] = []
        for path in try await Tree.tracked()
        where path.hasSuffix(".swift") && folders.contains(where: path.hasPrefix) {
            if path.hasPrefix(Self.catalogue) || path.hasSuffix(".pb.swift") { continue }
            for (index, line) in try Tree.lines(path).enumerated() {
                all.append((path, index + 1, Tree.code(line)))
            }
        }
        return all
    }

    @Test("No Chinese is said outside the catalogue")
    func chinese() async throws {
        var found: [Finding] = []
        var seen: Set<String> = []
        for (path, number, code) in try await lines() where Self.isChinese(code) {
            if Self.data.contains(path) {
                seen.insert(path)
                continue
            }
            if !Self.dataFolders.contains(where: { path.hasPrefix($0) }) {
                found.append(Finding(path: path, line: number, text: String(code)))
            }
        }
        #expect(found == [])
        // A file that has none any more needs no exception.
        #expect(Self.data.subtracting(seen) == [])
    }

    @Test("What goes into a sentence of the catalogue is a name, a number or what a system said")
    func put() async throws {
        var found: [Finding] = []
        let told = try Regex(
            #"(?:\.unusable|\.notAHub|\.notWritten|"error":|"detail":)\(?\s*"[^"]*[A-Za-z]{2,} [A-Za-z]{2,}"#
        )
        for (path, number, code) in try await lines(in: ["cli/", "Sources/LuckyHub/"])
        where code.firstMatch(of: told) != nil {
            found.append(Finding(path: path, line: number, text: String(code)))
        }
        #expect(
            #"    throw HubOpenError.unusable("a newer build wrote it")"#.firstMatch(of: told)
                != nil)
        #expect(found == [])
    }

    @Test("No English sentence stands in the programs and the simulation")
    func english() async throws {
        var found: [Finding] = []
        var seen: Set<String> = []
        for (path, number, code) in try await lines(in: ["Sources/LuckySimulation/", "cli/"])
        where !Self.isDescription(path, code) {
            for text in Self.sentences(code) {
                seen.insert(text)
                guard !Self.texts.contains(text) else { continue }
                found.append(Finding(path: path, line: number, text: text))
            }
        }
        #expect(found == [])
        // A text that is not there any more needs no exception.
        #expect(Self.texts.subtracting(seen) == [])
        for line in [
            #"throw CaseError(place, "no such place")"#,
            #"report(Self.name, "\(device.name) does not run")"#,
            #"found.append("the tap \(change.hex) (\(name ?? "?")) is lost")"#,
            #"tell(Phrase(verbatim: "starts, \(pending) pending"))"#,
            #"output.result(object, ["Nothing was sent"])"#,
            #"let said = isWell ? "All is well" : "Something is not""#,
            #"message: "There is no stop \(stop)","#,
        ] {
            #expect(!Self.sentences(Substring(line)).isEmpty, "\(line)")
        }
        #expect(Self.sentences(#"fields["a"], let value = step["no"], "\(one) \(two)""#) == [])
        #expect(Self.sentences(#"Phrase(verbatim: "\(call) #\(step)")"#) == [])
    }

    @Test("No word of its own is said, and no literal goes over several lines")
    func words() async throws {
        var found: [Finding] = []
        for (path, number, code) in try await lines(in: ["Sources/LuckySimulation/", "cli/"])
        where !path.contains("/Page/") {
            if code.contains("\"\"\"")
                || Self.spoken(code).contains(where: { !Self.texts.contains($0) })
            {
                found.append(Finding(path: path, line: number, text: String(code)))
            }
        }
        #expect(found == [])
        for line in [
            #"output.remark("Done")"#, #"lines.append("  total \(sum)")"#, #"hint: "retry","#,
            #"output.line("\(count) stops")"#, #"tell(Phrase(verbatim: "gone"))"#,
        ] {
            #expect(!Self.spoken(Substring(line)).isEmpty, "\(line)")
        }
        for line in [
            #"lines.append("  \(day) \(name["customer"]) – \(say("x"))")"#, #"hint: "","#,
            #"output.line(output.text(.done, ["count": "\(count)"]))"#,
        ] {
            #expect(Self.spoken(Substring(line)).isEmpty, "\(line)")
        }
    }

    /// Literals with a word in them that a call which says something begins with.
    private static func spoken(_ code: Substring) -> [String] {
        let calls = /(?:(?:\.remark|\.line|\.warning|lines\.append)\(|(?:message|hint|verbatim): )"/
        return code.matches(of: calls).compactMap { call in
            literals(code[code.index(before: call.range.upperBound)...]).first
        }.filter { $0.firstMatch(of: /[A-Za-z]{2,}/) != nil }
    }

    /// Texts that nobody is told: what files and cases hold, and what systems say.
    private static let texts: Set = [
        // What a played case is held against.
        "unknown fact …", "doorstep fact", "book fact", "unknown value of …",
        // The title of a case's file.
        "…, as a phone had it",
        // Commands to be typed.
        "lucky shift correct --withdraw", "lucky stop correct … --withdraw handover",
        "lucky simulate replay --seed … --drivers … --days …",
        // Why an exchange in a world failed, of which its kind is shown.
        "no link", "no hub", "change ids",
        // The disk's own preconditions.
        "SQLite does not start", "no memory for a disk",
        // Refusals that are said by their codes.
        "There is no offer ….", "There is no changeset … in quarantine.",
        // Options, and how a store's file begins.
        "--role supervisor", "--format csv", "SQLite format 3…",
        // What breaks a demo off.
        "no signal here", "an empty outbox", "…: not in … s", "no change id left",
    ]

    /// Where the JSON Schema of cases says what a key or a kind is for, and pages, which have a test
    /// of their own.
    private static func isDescription(_ path: String, _ code: Substring) -> Bool {
        let name = path.split(separator: "/").last ?? ""
        let schemas = [
            "AlgebraPlayer.swift", "CaseFile.swift", "RequestPlayer.swift",
            "ScenarioExpectation.swift",
            "StepsPlayer.swift", "SwarmPlayer.swift",
            // ArgumentParser's sentences, to be put into words.
            "UsageWords.swift",
        ]
        let isKey = schemas.contains(String(name)) && !code.contains("Error(")
        return name.contains("Shape") || isKey || code.contains("static let about =")
            || path.contains("/Page/")
    }

    /// The literals of a line in which two English words stand behind each other; where something is
    /// said as it is in both languages, also one word beside what is put in, `…`.
    private static func sentences(_ code: Substring) -> [String] {
        let isVerbatim = code.contains("Phrase(verbatim: \"")
        return literals(code).filter { text in
            text.firstMatch(of: /[A-Za-z]{2,} [A-Za-z]{2,}/) != nil
                || isVerbatim && text.contains("…") && text.firstMatch(of: /[A-Za-z]{2,}/) != nil
        }
    }

    /// The texts of a line's literals, those within others too, as they begin; `…` for each escape.
    private static func literals(_ code: Substring) -> [String] {
        var all: [String] = []
        // Which literals are open, and for each code around or in one, the parentheses open there.
        var texts: [Int] = []
        var depths = [0]
        var isEscaped = false
        for character in code {
            if isEscaped {
                isEscaped = false
                if character == "(" { depths.append(0) }
            } else if depths.count == texts.count {
                switch character {
                case "\\":
                    isEscaped = true
                    all[texts[texts.count - 1]].append("…")
                case "\"": texts.removeLast()
                default: all[texts[texts.count - 1]].append(character)
                }
            } else {
                switch character {
                case "\"":
                    texts.append(all.count)
                    all.append("")
                case "(": depths[depths.count - 1] += 1
                case ")" where depths.last == 0 && depths.count > 1: depths.removeLast()
                case ")": depths[depths.count - 1] -= 1
                default: break
                }
            }
        }
        return all
    }

    @Test("No page says English words of its own")
    func pages() async throws {
        // Words between two tags, or in an attribute that is read out.
        let spoken = try Regex(
            #"(?:>|\b(?:title|aria-label|alt)=\\?")\s*[A-Za-z]{2,} [A-Za-z]{2,}"#)
        var found: [Finding] = []
        for (path, number, code) in try await lines(in: ["Sources/LuckySimulation/RouteSim"]) {
            guard code.contains("\""), code.firstMatch(of: spoken) != nil else { continue }
            found.append(Finding(path: path, line: number, text: String(code)))
        }
        #expect(found == [])
        #expect(#"return "<p>Nothing was sent</p>""#.firstMatch(of: spoken) != nil)
        #expect(#""<svg aria-label=\"Map of stops\">""#.firstMatch(of: spoken) != nil)
        #expect(#""<p>\(say(.pageLate))</p>""#.firstMatch(of: spoken) == nil)
    }

    @Test("What a command says of itself is in the catalogue too")
    func help() async throws {
        // The literal may stand on the next line, and behind a call.
        let written = try Regex(
            #"(?:\b(?:abstract|discussion|help|usage):|\bArgumentHelp\(|\bOptionGroup\(title:)\s*""#
        )
        var found: [Finding] = []
        let all = try await lines(in: ["cli/"])
        for (index, (path, number, code)) in all.enumerated()
        where Self.helps.contains(where: { code.contains($0) }) {
            let next = all.indices.contains(index + 1) ? all[index + 1].code : ""
            if "\(code)\n\(next)".firstMatch(of: written) != nil {
                found.append(Finding(path: path, line: number, text: String(code)))
            }
        }
        #expect(found == [])
        for text in [
            #"abstract: "One stop.")"#, "discussion: \"\"\"", "help:\n            \"\"\"",
            "@Option(\n help: ArgumentHelp(\n  \"The driver's id.\",",
            #"help: "One of: \(words)")"#,
            #"@OptionGroup(title: "What the office keeps")"#,
        ] {
            #expect(text.firstMatch(of: written) != nil, "\(text)")
        }
        #expect("abstract: Phrase.helpSync.spoken,".firstMatch(of: written) == nil)
        #expect(#"var help: String { "" }"#.firstMatch(of: written) == nil)
    }
}
