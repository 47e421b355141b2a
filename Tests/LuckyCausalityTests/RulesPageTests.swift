import Foundation
import LuckyCausality
import LuckyModel
import TestSupport
import Testing

/// The printed rules are the rules.
@Suite struct RulesPageTests {
    @Test func theCommittedPageIsTheGeneratedOne() throws {
        let page = Repository.folder.appending(
            path: "Sources/LuckyCausality/LuckyCausality.docc/Rules.md")
        let committed = try String(contentsOf: page, encoding: .utf8)
        let hint: Comment = "lucky inspect rules --markdown > \(page.path)"
        #expect(committed.utf8.elementsEqual(RulesPage().markdown.utf8), hint)
    }

    @Test func aCellIsPrintedWhereItStands() throws {
        var page = RulesPage()
        let before = page.markdown
        let row = try #require(page.rules.fields.firstIndex { $0.field == .window })
        page.rules.fields[row].owner = .customerService
        #expect(page.markdown != before)
        #expect(page.markdown.contains("| `window` | customer service |"))
        page.policy.needsProof = true
        #expect(page.markdown.contains("| proof | required |"))
    }

    @Test func nothingIsMissingInEitherLanguage() {
        for language in Language.allCases {
            let lines = RulesPage().lines(in: language).joined(separator: "\n")
            for (_, word) in PlanField.words + FactKind.named.map({ (.code, $0.word) }) {
                #expect(lines.contains("  \(word)"), "\(word)")
            }
            for kind in ReviewKind.all { #expect(lines.contains(kind.rawValue)) }
            #expect(!lines.contains("{"))
        }
        let markdown = RulesPage().markdown
        for kind in ReviewKind.all { #expect(markdown.contains(kind.rawValue)) }
    }
}
