import Foundation
import LuckyModel
import Testing

@Suite struct WordsTests {
    /// Every phrase of the catalogue's files, read from the source: no list to keep beside it.
    static func catalogue() throws -> [(name: String, zhHant: String, en: String)] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Sources/LuckyModel/Words").standardized
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .filter { $0.hasPrefix("Phrases+") }
        let text = "\"((?:[^\"\\\\\n]|\\\\.)*)\""
        let pattern = try Regex("static let (\\w+) = Phrase\\(\\s*\(text),\\s*\(text)\\s*\\)")
        var found: [(name: String, zhHant: String, en: String)] = []
        for file in files {
            let source = try String(
                contentsOf: folder.appending(path: file), encoding: .utf8)
            let matches = source.matches(of: pattern)
            // A phrase written in another way would escape this test.
            #expect(matches.count == source.components(separatedBy: "static let ").count - 1)
            for match in matches {
                let parts = match.output.map { String($0.substring ?? "") }
                found.append((parts[1], parts[2], parts[3]))
            }
        }
        return found
    }

    private static func arguments(_ text: String) -> Set<String> {
        Set(text.matches(of: /\{(\w+)\}/).map { String($0.1) })
    }

    @Test func bothLanguagesSayTheSame() throws {
        let phrases = try Self.catalogue()
        #expect(phrases.count > 150)
        #expect(Set(phrases.map(\.name)).count == phrases.count)
        for (name, zhHant, en) in phrases {
            #expect(!zhHant.isEmpty && !en.isEmpty, "\(name)")
            #expect(Self.arguments(zhHant) == Self.arguments(en), "\(name)")
            #expect(zhHant.count { $0 == "{" } == zhHant.count { $0 == "}" }, "\(name)")
            let hasChinese = en.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            #expect(!hasChinese, "\(name)")
        }
    }

    @Test func argumentsArePutIn() {
        let phrase = Phrase("第 {stop} 站：{note}", "Stop {stop}: {note}")
        #expect(phrase.text(in: .en, ["stop": "17", "note": "{stop}"]) == "Stop 17: {stop}")
        #expect(phrase.text(in: .zhHant, ["stop": "17"]) == "第 17 站：{note}")
        #expect(Phrase("", "a } b { c").text(in: .en) == "a } b { c")
    }

    @Test func aPhraseThatIsFilledIsSaidWithoutArguments() {
        let place = Phrase("在「{place}」", "at “{place}”").with(["place": "{stop} {\"a\": {}}"])
        #expect(place.text(in: .zhHant) == "在「{stop} {\"a\": {}}」")
        let inner = Phrase("{what}不見了", "{what} is gone").with(["what": Phrase("站", "the stop")])
        let whole = Phrase("{where}：{what}", "{where}: {what}")
            .with(["where": place, "what": inner])
        #expect(whole.text(in: .zhHant) == "在「{stop} {\"a\": {}}」：站不見了")
        #expect(whole.text(in: .en) == "at “{stop} {\"a\": {}}”: the stop is gone")
        #expect(Phrase(verbatim: "{x}").text(in: .zhHant) == "{x}")
    }

    @Test func aBrokenLineKeepsItsMarks() {
        let text = "有了（雜湊），就能「證明」：記錄過什麼；裡面、有字。"
        for width in 10...30 {
            let lines = TextWidth.wrapped(text, to: width, hanging: 0)
            #expect(lines.joined() == text)
            for line in lines {
                #expect(TextWidth.of(line) <= width)
                #expect(line.first.map { "）」：；、，。".contains($0) } == false)
                #expect(line.last != "（" && line.last != "「")
            }
        }
        let hung = TextWidth.wrapped("  --db and more of it", to: 12, hanging: 4)
        #expect(hung.dropFirst().allSatisfy { $0.hasPrefix("      ") && TextWidth.of($0) <= 12 })
    }

    @Test func everyEnumCaseHasItsWords() {
        for language in Language.allCases {
            let statuses = StopStatus.allCases.map { Phrase.status($0).text(in: language) }
            #expect(Set(statuses).count == StopStatus.allCases.count)
            let reasons = FailureReason.named.map { Phrase.failure($0.reason).text(in: language) }
            #expect(Set(reasons).count == FailureReason.named.count)
            let methods = PaymentMethod.allCases.map { Phrase.payment($0).text(in: language) }
            #expect(Set(methods).count == PaymentMethod.allCases.count)
            let facts = FactKind.named.map { Phrase.fact($0.kind).text(in: language) }
            #expect(Set(facts).count == FactKind.named.count)
            let roles = (Role.all + [.hub]).map { Phrase.role($0).text(in: language) }
            #expect(Set(roles).count == Role.all.count + 1)
            let outcomes = ReviewOutcome.all.compactMap { Phrase.outcome($0)?.text(in: language) }
            #expect(Set(outcomes).count == ReviewOutcome.all.count)
            let fields = PlanField.words.map { Phrase.field($0.field).text(in: language) }
            #expect(Set(fields).count == PlanField.words.count)
        }
        #expect(Set(ReviewKind.all.map(Phrase.review)).count == ReviewKind.all.count)
        #expect(!ReviewKind.all.map(Phrase.review).contains(.reviewUnknown))
        #expect(Phrase.outcome(ReviewOutcome(rawValue: "new")) == nil)
        #expect(Phrase.fact(FactKind(rawValue: 999)) == .factOther)
        #expect(Phrase.role(Role(rawValue: 77)) == .roleOther)
        #expect(Phrase.failure(FailureReason(rawValue: 999)) == .failureOther)
        #expect(Phrase.review(ReviewKind(rawValue: "new_rule")) == .reviewUnknown)
        #expect(Phrase.paymentText("cash", in: .zhHant) == "現金")
        #expect(Phrase.paymentText("crypto", in: .zhHant) == "crypto")
    }

    @Test(
        arguments: [
            (["LANG": "zh_TW.UTF-8"], .zhHant), (["LANG": "en_GB.UTF-8"], .en), ([:], .en),
            (["LANG": "C"], .en), (["LANG": "zh_TW", "LC_ALL": "C"], .en),
            (["LANG": "en_US", "LC_ALL": "zh_TW"], .zhHant),
            (["LANG": "zh_TW", "LC_ALL": ""], .zhHant),
            (["LANG": "en_US", "LC_MESSAGES": "zh_TW"], .zhHant),
        ] as [([String: String], Language)])
    func languageOfTheEnvironment(_ environment: [String: String], _ language: Language) {
        #expect(Language(environment: environment) == language)
    }

    @Test func languageOfAnArgument() {
        #expect(Language(argument: "zh-Hant") == .zhHant)
        #expect(Language(argument: "zh_TW.UTF-8") == .zhHant)
        #expect(Language(argument: "EN") == .en)
        #expect(Language(argument: "de") == nil)
        #expect(Language(argument: "") == nil)
    }

    @Test func formats() throws {
        let day = try #require(CivilDate(text: "2026-11-22"))
        #expect(Formats.date(day, in: .zhHant) == "2026-11-22（日）")
        #expect(Formats.date(day, in: .en) == "Sun 2026-11-22")
        #expect(Formats.timeOfDay(day.startUnixMilliseconds + 52_320_000) == "14:32")
        let load: Quantities = [.kg16: 1, .kg20: 2, Product("new"): 3]
        #expect(Formats.quantities(load, in: .zhHant) == "20KG×2、16KG×1、new×3")
        #expect(Formats.quantities(load, in: .en) == "2 × 20 kg, 1 × 16 kg, 3 × new")
        #expect(Formats.quantities([:], in: .en) == "–")
        #expect(Formats.count(1, .stop, in: .en) == "1 stop")
        #expect(Formats.count(2, .stop, in: .zhHant) == "2 站")
        #expect(Formats.weight(grams: 12_500, in: .en) == "12.5 kg")
        let lengths: [(Int64, String)] = [
            (-5, "0 s"), (59_999, "59 s"), (720_000, "12 min"), (3_600_000, "1 h"),
            (86_400_000, "1 day"), (.max, "106751991167 days"),
        ]
        for (milliseconds, text) in lengths {
            #expect(Formats.duration(milliseconds: milliseconds, in: .en) == text)
        }
        #expect(Formats.duration(milliseconds: 720_000, in: .zhHant) == "12 分鐘")
    }
}
