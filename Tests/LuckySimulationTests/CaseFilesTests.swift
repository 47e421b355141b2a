import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// Every file below `Schemas/cases`.
struct CaseFilesTests {
    static let folder = Repository.folder.appending(path: "Schemas/cases").path

    @Test("Nothing but cases is there; ids are their files' names, each once")
    func files() throws {
        let names = try FileManager.default.subpathsOfDirectory(atPath: Self.folder)
        var ids: Set<String> = []
        for name in names {
            var isFolder: ObjCBool = false
            let path = Self.folder + "/" + name
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            guard !isFolder.boolValue else { continue }
            #expect(name.hasSuffix(".json"), "\(name)")
            let file = try CaseRunner.read(path)
            #expect(ids.insert(file.id).inserted, "\(file.id) is there twice")
        }
        #expect(!ids.isEmpty)
    }

    @Test("The schema that is kept is the one that is checked")
    func schema() throws {
        let kept = try String(
            contentsOf: Repository.folder.appending(path: "Schemas/lucky-case-1.schema.json"),
            encoding: .utf8)
        let isSame = kept == CaseKinds.schemaText
        #expect(isSame, "lucky cases schema > Schemas/lucky-case-1.schema.json")
    }

    @Test("All pass, and each expected value, changed once, is seen to fail")
    func allPass() async throws {
        let began = ContinuousClock.now
        let paths = CaseRunner.files([Self.folder])
        let atOnce = max(2, ProcessInfo.processInfo.activeProcessorCount)
        try await withThrowingTaskGroup(of: [String].self) { group in
            for (index, path) in paths.enumerated() {
                if index >= atOnce, let faults = try await group.next() { report(faults) }
                group.addTask { try Self.faults(of: path) }
            }
            for try await faults in group { report(faults) }
        }
        let seconds = began.duration(to: .now) / .seconds(1)
        Budget.record(layer: "cases", amount: paths.count, seconds: seconds)
    }

    private func report(_ faults: [String]) {
        for fault in faults { Issue.record("\(fault)") }
    }

    /// What is wrong with a case: played in some orders, and compared with every expected value
    /// changed once, against what was seen first.
    private static func faults(of path: String) throws -> [String] {
        let file = try CaseRunner.read(path)
        let player = try file.player()
        var first: Sighting?
        var failure: String?
        try player.play(orders: 20) { sighting in
            first = first ?? sighting
            let difference =
                sighting.broken.first
                ?? Comparison.difference(player.expected, sighting.value, player.expectation)
            failure = difference.map { "\(file.id), \(sighting.label.en): \($0.en)" }
            return failure == nil
        }
        if let failure { return [failure] }
        guard let first else { return ["\(file.id) was not played"] }
        return Comparison.perturbations(of: player.expected).compactMap { change in
            let seen = Comparison.difference(change.value, first.value, player.expectation)
            return seen == nil ? "\(file.id): nobody looks at \(change.place)" : nil
        }
    }
}
