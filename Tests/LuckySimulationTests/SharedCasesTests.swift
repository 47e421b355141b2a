import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// Each shared case is a case file of ours, or left out for a reason that is written down.
@Suite struct SharedCasesTests {
    private static let shared = Repository.folder.deletingLastPathComponent()
        .appending(path: "shared/cases/cases.json")
    private static let hasShared = FileManager.default.fileExists(atPath: shared.path)
    /// What may be left out besides: blob upload.
    private static let excused: Set = ["RTY-013", "RTY-014"]

    private static func value(_ url: URL) throws -> CaseValue {
        try CaseValue(json: [UInt8](Data(contentsOf: url)))
    }

    /// Id → reason.
    private static func leftOut() throws -> [(id: String, reason: String)] {
        let file = try value(Repository.folder.appending(path: "Schemas/cases-left-out.json"))
        return try #require(file.list).map { entry in
            try #require(entry.members?.map(\.key) == ["id", "reason"])
            return (try #require(entry["id"]?.text), try #require(entry["reason"]?.text))
        }
    }

    /// The origins of all case files.
    private static func origins() throws -> [String] {
        try CaseRunner.files([CaseFilesTests.folder]).flatMap { try CaseRunner.read($0).origins }
    }

    @Test("What is left out has a reason, once, and is not played after all")
    func reasons() throws {
        let leftOut = try Self.leftOut()
        let ids = leftOut.map(\.id)
        #expect(Set(ids).count == ids.count)
        #expect(leftOut.allSatisfy { $0.reason.utf8.count > 20 })
        #expect(Set(ids).isDisjoint(with: try Self.origins()))
        let counted = ids.filter { !Self.excused.contains($0) }
        #expect(counted.count <= 12)
    }

    @Test(
        "Each of the hundred is played or left out",
        .enabled(if: hasShared, "needs ../shared/cases/cases.json"))
    func hundred() throws {
        let list = try #require(try Self.value(Self.shared)["cases"]?.list)
        let ids = list.compactMap { $0["id"]?.text }
        #expect(ids.count == 100 && Set(ids).count == 100)
        let played = Set(try Self.origins())
        let leftOut = Set(try Self.leftOut().map(\.id))
        for id in ids {
            #expect(
                played.contains(id) != leftOut.contains(id),
                "\(id) must be a case's origin or left out, not both")
        }
        #expect(leftOut.subtracting(ids).sorted() == [])
    }

    @Test("There are 150 case files or more")
    func enough() {
        #expect(CaseRunner.files([CaseFilesTests.folder]).count >= 150)
    }
}
