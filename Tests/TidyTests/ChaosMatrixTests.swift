import Foundation
import TestSupport
import Testing

/// Fault × phase: each cell of `Tests/chaos-cells` names tests that are there, or says why it has
/// none.
struct ChaosMatrixTests {
    private static let file = "Tests/chaos-cells"
    private static let page = "Sources/LuckySimulation/LuckySimulation.docc/ChaosMatrix.md"
    private static let phases = ["idle", "capture", "push", "pull", "media", "migrate"]

    @Test("Each fault has one line for each phase, and one for the kinds of the swarm it covers")
    func lines() throws {
        #expect(try Self.gaps(in: Self.cells(Tree.lines(Self.file))) == [])
    }

    @Test("Each kind of fault of the swarm stands in one line of kinds")
    func kinds() throws {
        let kinds = try Self.faultKinds()
        try #require(!kinds.isEmpty)
        #expect(try Self.uncovered(kinds, in: Self.cells(Tree.lines(Self.file))) == [])
    }

    @Test("Each test that a cell names is there")
    func names() async throws {
        let there = try await There()
        var findings: [Finding] = []
        for cell in try Self.cells(Tree.lines(Self.file)) where cell.phase != "kinds" {
            for name in cell.names where try !there.has(name) {
                let text = "there is no \(name)"
                findings.append(Finding(path: Self.file, line: cell.line, text: text))
            }
        }
        #expect(findings == [])
    }

    @Test("The page is what the script prints")
    func printed() async throws {
        let made = try await Command.run(Tree.url("Tests/chaos-matrix").path)
        try #require(made.status == 0, "\(made.errors)")
        let isSame = try String(contentsOf: Tree.url(Self.page), encoding: .utf8) == made.output
        #expect(isSame, "Tests/chaos-matrix > \(Self.page)")
    }

    @Test(
        "A gap is found",
        arguments: [
            ("a | push | - why", ["a × pull: no line", "a × kinds: no line"]),
            ("a | kinds | x\na | kinds | -", ["a × kinds: 2 lines"]),
            ("a | pull | -", ["a × pull: neither a test nor a reason"]),
            ("a | pull | ", ["a × pull: neither a test nor a reason"]),
            ("a | eating | case:b", ["a × eating: no such phase"]),
        ])
    func gap(text: String, found: [String]) throws {
        let cells = try Self.cells(text.split(separator: "\n"))
        #expect(Set(found).isSubset(of: Self.gaps(in: cells)))
    }

    @Test("A kind that stands nowhere, twice, or is none is found")
    func uncovered() throws {
        let cells = try Self.cells(["a | kinds | x y", "b | kinds | y w", "c | kinds | -"])
        let found = Self.uncovered(["x", "y", "z"], in: cells)
        #expect(
            found
                == [
                    "y: in 2 lines of kinds in Tests/chaos-cells", "no kind of fault: w",
                    "z: in 0 lines of kinds in Tests/chaos-cells",
                ].sorted())
    }

    @Test(
        "A name that is there, and one that is not",
        arguments: [
            ("case:CRS-001", true), ("case:CRS", false), ("crash:tap/kill", true),
            ("crash:tap/water", false), ("crash:tip/kill", false), ("crash:tap", false),
            ("golden:06-retry-after", true), ("golden:06", false), ("CRS-001", false),
            ("test:TidyTests/ChaosMatrixTests.swift#uncovered", true),
            ("test:TidyTests/ChaosMatrixTests.swift#faultKinds", false),
            ("test:TidyTests/ChaosMatrixTests.swift", false),
            ("test:TidyTests/NoTests.swift#uncovered", false),
        ])
    func name(name: String, isThere: Bool) async throws {
        #expect(try await There().has(name[...]) == isThere)
    }

    /// A line of the file.
    private struct Cell {
        let fault: String
        let phase: String
        let content: String
        let line: Int

        /// None where it says why there is none.
        var names: [Substring] { content.hasPrefix("-") ? [] : content.split(separator: " ") }
    }

    private static func cells(_ lines: [Substring]) throws -> [Cell] {
        var cells: [Cell] = []
        for (index, line) in lines.enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            let parts = line.split(separator: "|", maxSplits: 2, omittingEmptySubsequences: false)
                .map { $0.trimmingCharacters(in: .whitespaces) }
            try #require(parts.count == 3, "line \(index + 1): \(line)")
            cells.append(
                Cell(fault: parts[0], phase: parts[1], content: parts[2], line: index + 1))
        }
        return cells
    }

    private static func gaps(in cells: [Cell]) -> [String] {
        var found: [String] = []
        for fault in Set(cells.map(\.fault)).sorted() {
            for phase in phases + ["kinds"] {
                let count = cells.count { $0.fault == fault && $0.phase == phase }
                if count == 0 { found.append("\(fault) × \(phase): no line") }
                if count > 1 { found.append("\(fault) × \(phase): \(count) lines") }
            }
        }
        for cell in cells {
            let place = "\(cell.fault) × \(cell.phase)"
            if cell.phase == "kinds" { continue }
            if !phases.contains(cell.phase) { found.append("\(place): no such phase") }
            if cell.names.isEmpty && cell.content.count < 3 {
                found.append("\(place): neither a test nor a reason")
            }
        }
        return found
    }

    private static func uncovered(_ kinds: [String], in cells: [Cell]) -> [String] {
        let named = cells.filter { $0.phase == "kinds" }.flatMap(\.names).map(String.init)
        var found = Set(named).subtracting(kinds).map { "no kind of fault: \($0)" }
        for kind in kinds {
            let count = named.count { $0 == kind }
            if count != 1 { found.append("\(kind): in \(count) lines of kinds in \(file)") }
        }
        return found.sorted()
    }

    /// The raw values of `FaultKind`.
    private static func faultKinds() throws -> [String] {
        try Tree.lines("Sources/LuckySimulation/Swarm/FaultKind.swift").compactMap { line in
            let code = Tree.code(line).trimmingCharacters(in: .whitespaces)
            let found = code.wholeMatch(of: /case (\w+)(?: = "(\w+)")?/)
            return found.map { String($0.2 ?? $0.1) }
        }
    }

    /// What a cell can name.
    private struct There {
        var tracked: Set<String>
        var cases: Set<String>
        var workloads: Set<String>
        var faults: Set<String>

        init() async throws {
            tracked = Set(try await Tree.tracked())
            cases = Set(
                tracked.filter { $0.hasPrefix("Schemas/cases/") }
                    .map { String(($0.split(separator: "/").last ?? "").dropLast(5)) })
            let lines = try Tree.lines("Tests/CrashMatrix/workloads.py")
            workloads = Set(
                lines.drop(while: { $0 != "ALL = {" })
                    .compactMap { $0.wholeMatch(of: /\s+"([\w-]+)": \w+,/) }.map { String($0.1) })
            let counts = try Tree.lines("Tests/CrashMatrix/cell.py")
                .first { $0.contains("self.counts = dict.fromkeys(") }
            faults = Set((counts ?? "").matches(of: /"([\w-]+)"/).map { String($0.1) })
        }

        func has(_ name: Substring) throws -> Bool {
            let parts = name.split(separator: ":", maxSplits: 1)
            guard let form = parts.first, let rest = parts.dropFirst().first else { return false }
            let separator: Character = form == "test" ? "#" : "/"
            let halves = rest.split(separator: separator).map(String.init)
            switch form {
            case "case": return cases.contains(String(rest))
            case "golden": return tracked.contains("Tests/LuckySyncTests/Goldens/\(rest).json")
            case "crash":
                return halves.count == 2 && workloads.contains(halves[0])
                    && faults.contains(halves[1])
            case "test":
                guard halves.count == 2, tracked.contains("Tests/" + halves[0]) else {
                    return false
                }
                return try isTest(halves[1], in: Tree.lines("Tests/" + halves[0]))
            default: return false
            }
        }

        /// Whether a function of this name is declared, with `@Test` before it.
        private func isTest(_ function: String, in lines: [Substring]) -> Bool {
            guard let index = lines.firstIndex(where: { $0.contains("func \(function)(") }) else {
                return false
            }
            let start = lines[..<index].lastIndex { $0.allSatisfy(\.isWhitespace) } ?? 0
            return lines[start...index].contains { $0.contains("@Test") }
        }
    }
}
