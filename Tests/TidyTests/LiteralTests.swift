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

    @Test("No English sentence is printed from a literal")
    func english() async throws {
        // Two words behind each other in what is handed to whatever prints.
        let spoken = try Regex(
            #"(?:\.(?:remark|line|warning)|\bprint|\bmessage:|\bhint:)\(?\s*"[^"]*[A-Za-z]{2,} [A-Za-z]{2,}"#
        )
        var found: [Finding] = []
        for (path, number, code) in try await lines(in: ["cli/"]) {
            // An office's refusal is put into words by its code.
            if code.contains("code: \"unknown_offer\"") || path.hasSuffix("QuarantineCommand.swift")
            {
                continue
            }
            if code.firstMatch(of: spoken) != nil {
                found.append(Finding(path: path, line: number, text: String(code)))
            }
        }
        // What goes into a sentence of the catalogue is a name, a number or what a system said.
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
        #expect(#"    output.remark("Nothing was sent")"#.firstMatch(of: spoken) != nil)
        #expect(#"    message: "There is no stop \(stop)","#.firstMatch(of: spoken) != nil)
        #expect(#"    output.line("{\"a\":1}")"#.firstMatch(of: spoken) == nil)
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
