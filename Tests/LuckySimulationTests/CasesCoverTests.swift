import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// What the files below `Schemas/cases` show of the rules and of their own format.
struct CasesCoverTests {
    private static let files: [CaseFile] = CaseRunner.files([CaseFilesTests.folder]).compactMap {
        try? CaseRunner.read($0)
    }

    @Test(
        "Every contradiction that a rule knows is expected by some case", arguments: ReviewKind.all)
    func expected(_ kind: ReviewKind) {
        let isExpected = Self.files.contains { file in
            Self.kinds(in: file.body).contains(kind.rawValue)
        }
        #expect(isExpected, "no case expects a review “\(kind.rawValue)”")
    }

    @Test("Every step of a scenario is played by some case")
    func played() {
        let words = Set(
            Self.files.flatMap { $0.body["steps"]?.list ?? [] }.compactMap { $0["do"]?.text })
        #expect(ScenarioShape.steps.map(\.name).filter { !words.contains($0) } == [])
    }

    /// The kinds of the reviews that are named somewhere below a value, in steps that look and at
    /// the end.
    private static func kinds(in value: CaseValue) -> Set<String> {
        var found: Set<String> = []
        for review in value["reviews"]?.list ?? [] {
            if let kind = review["kind"]?.text { found.insert(kind) }
        }
        for child in (value.members ?? []).map(\.value) + (value.list ?? []) {
            found.formUnion(kinds(in: child))
        }
        return found
    }
}
