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
        // Units beside numbers, of the page of a simulated route.
        "Sources/LuckySimulation/RouteSimulation/RouteResult+Words.swift",
        // Invented people of samples, swarms and the demo.
        "Sources/LuckySimulation/Cases/Codec/SampleBytes.swift", "cli/lucky/Demo/Story.swift",
        "cli/lucky/Demo/Dispatcher.swift",
    ]
    private static let dataFolders = ["Sources/LuckySimulation/Swarm/"]

    /// The programs' help is in English, and names the firm.
    private static let helps = ["abstract:", "discussion:", "help:"]

    private static func isChinese(_ text: some StringProtocol) -> Bool {
        text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    }

    /// Lines of Swift that a reader of the programs could meet.
    private func lines() async throws -> [(path: String, number: Int, code: Substring)] {
        var all: [(path: String, number: Int, code: Substring)] = []
        for path in try await Tree.tracked()
        where path.hasSuffix(".swift") && (path.hasPrefix("Sources/") || path.hasPrefix("cli/")) {
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
            let isHelp = Self.helps.contains { code.contains($0) }
            let isData = Self.dataFolders.contains { path.hasPrefix($0) }
            if !isHelp, !isData {
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
        for (path, number, code) in try await lines() where path.hasPrefix("cli/") {
            // An office's refusal is put into words by its code.
            if code.contains("code: \"unknown_offer\"") || path.hasSuffix("QuarantineCommand.swift")
            {
                continue
            }
            if code.firstMatch(of: spoken) != nil {
                found.append(Finding(path: path, line: number, text: String(code)))
            }
        }
        #expect(found == [])
        #expect(#"    output.remark("Nothing was sent")"#.firstMatch(of: spoken) != nil)
        #expect(#"    message: "There is no stop \(stop)","#.firstMatch(of: spoken) != nil)
        #expect(#"    output.line("{\"a\":1}")"#.firstMatch(of: spoken) == nil)
    }
}
