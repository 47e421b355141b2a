import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// The oracle bites: each fault that is planted in the product (`Mutant`) is noticed by a checker
/// that looks in every run, and the same seeds without one show nothing.
struct MutantTests {
    /// A row of `Mutants.md`.
    struct Row: Sendable {
        var name: String
        var target: String
        var checkers: [String]
        /// Seeds from 1 on within which it is noticed; nil: not yet.
        var seeds: Int?
    }

    private static let page = "Sources/LuckySimulation/LuckySimulation.docc/Mutants.md"

    static func rows() throws -> [Row] {
        let url = Repository.folder.appending(path: page)
        return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").compactMap {
            let cells = $0.split(separator: "|").map {
                $0.trimmingCharacters(in: CharacterSet(charactersIn: " `"))
            }
            guard cells.count == 5, cells[1].hasPrefix("Lucky") else { return nil }
            return Row(
                name: cells[0], target: cells[1], checkers: cells[3].components(separatedBy: ", "),
                seeds: Int(cells[4]))
        }
    }

    /// Those with a number of seeds, which all have.
    static func noticedRows() throws -> [Row] { try rows().filter { $0.seeds != nil } }

    @Test("Every planted fault is one line of one target, and a row of the table")
    func table() throws {
        let rows = try Self.rows()
        #expect(rows.map(\.name) == Mutant.allCases.map(\.rawValue))
        let noticed = try Self.noticedRows()
        #expect(noticed.map(\.name) == rows.map(\.name))
        let names = Set(SwarmCheckers.all.map { $0.name } + ["broken_off"])
        #expect(noticed.allSatisfy { !$0.checkers.isEmpty && names.isSuperset(of: $0.checkers) })
        for target in ["LuckyStore", "LuckySync", "LuckyCausality", "LuckyWire", "LuckyHub"] {
            let code = try Self.code(of: target)
            let planted = Mutant.allCases.filter { code.contains("Mutant.isOn(.\($0))") }
            #expect(noticed.count { $0.target == target } >= 4, "\(target)")
            #expect(planted.map(\.rawValue) == rows.filter { $0.target == target }.map(\.name))
            for mutant in planted {
                let places = code.components(separatedBy: "Mutant.isOn(.\(mutant))").count - 1
                #expect(places == 1, "\(mutant.rawValue) stands at \(places) places")
            }
        }
    }

    private static func code(of target: String) throws -> String {
        let folder = Repository.folder.appending(path: "Sources/\(target)")
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap {
            $0 as? String
        }
        return try (paths ?? []).filter { $0.hasSuffix(".swift") }.sorted()
            .map { try String(contentsOf: folder.appending(path: $0), encoding: .utf8) }
            .joined(separator: "\n")
    }

    @Test("Only debug builds have them")
    func debugOnly() throws {
        #expect(Mutant.isBuilt)
        let url = Repository.folder.appending(path: "Package.swift")
        let package = try String(contentsOf: url, encoding: .utf8)
        let lines = package.split(separator: "\n").filter { $0.contains("LUCKY_MUTANTS") }
        #expect(lines.count == 1)
        #expect(lines.allSatisfy { $0.contains(".when(configuration: .debug)") })
    }

    /// Some of them, beginning where the run's seed says; all of them in a deep run. A process plays
    /// one at most, so each has one of its own.
    @Test("Each is noticed, and without it the same seeds show nothing")
    func noticed() async throws {
        let rows = try Self.noticedRows()
        try #require(!rows.isEmpty)
        let budget = try Budget.current("mutants")
        let isDeep = budget.amount > rows.count
        let first = Int(Seed.current % UInt64(rows.count))
        let began = ContinuousClock.now
        var done = 0
        var most = 0
        while done < rows.count {
            let isInTime = began.duration(to: .now) < budget.duration
            guard isDeep || isInTime || done < budget.minimum else { break }
            let row = rows[(first + done) % rows.count]
            let found = try await Self.hunt(row.name, most: row.seeds ?? 1)
            #expect(
                !Set(found.checkers).isDisjoint(with: row.checkers),
                "\(row.name): \(found.checkers) after \(found.seeds) seeds, not \(row.checkers)")
            most = max(most, found.seeds)
            done += 1
        }
        let found = try await Self.hunt("none", most: most)
        #expect(found.checkers == [], "without any, after \(found.seeds) seeds")
        Budget.record(
            layer: budget.layer, amount: done,
            seconds: began.duration(to: .now) / .seconds(1))
    }

    private struct Found: Decodable {
        var checkers: [String]
        var seeds: Int
    }

    private static func hunt(_ name: String, most seeds: Int) async throws -> Found {
        let result = try await Command.run(
            Repository.program("lucky").path,
            ["simulate", "run", "--mutant", name, "--seeds", "\(seeds)", "--json"],
            deadline: .seconds(600))
        let line = result.output.split(separator: "\n").first.map(String.init) ?? ""
        do {
            return try JSONDecoder().decode(Found.self, from: Data(line.utf8))
        } catch {
            Issue.record("\(name): status \(result.status), \(line) \(result.errors.suffix(500))")
            throw error
        }
    }
}
