import LuckyModel
import Testing

/// Lines for a terminal, broken where a reader of Chinese expects it.
@Suite struct TextWidthTests {
    private static let closing: [Character] = [
        "，", "。", "、", "；", "：", "！", "？", "）", "」", "』", "】", "》", ")", "]", "}", ",", ";", ":",
    ]
    private static let opening: [Character] = ["（", "「", "『", "【", "《", "(", "[", "{", "“"]

    /// Words and Chinese characters, each perhaps with a mark before and behind it.
    private static func text(_ random: inout SeededRandom) -> String {
        var text = String(repeating: " ", count: Int.random(in: 0...3, using: &random))
        for _ in 0..<Int.random(in: 1...40, using: &random) {
            var atom = ""
            if Int.random(in: 0..<4, using: &random) == 0 { atom.append(random.pick(opening)) }
            if Bool.random(using: &random) {
                atom.append(random.pick(Array("送達第站已存在這支手機總部")))
            } else {
                atom += String("abcdef".prefix(Int.random(in: 1...6, using: &random)))
            }
            if Int.random(in: 0..<3, using: &random) == 0 {
                if Int.random(in: 0..<4, using: &random) == 0 { atom.append(" ") }
                atom.append(random.pick(closing))
            }
            let last = text.last.map { TextWidth.of(String($0)) } ?? 0
            let isNarrow = last == 1 && TextWidth.of(String(atom.prefix(1))) == 1
            let isApart = Int.random(in: 0..<5, using: &random) == 0
            text += (isNarrow || isApart ? " " : "") + atom
        }
        return text
    }

    @Test func marksStayWithTheirWords() {
        var random = SeededRandom.printed("marksStayWithTheirWords")
        for _ in 0..<2_000 {
            let text = Self.text(&random)
            let width = Int.random(in: 22...60, using: &random)
            let lines = TextWidth.wrapped(text, to: width)
            #expect(
                lines.joined().filter { $0 != " " } == text.filter { $0 != " " }, "\(text)")
            for (place, line) in lines.enumerated() {
                #expect(TextWidth.of(line) <= width, "\(width): \(line)")
                #expect(
                    place == 0 || !Self.closing.contains(line.first { $0 != " " } ?? "a"),
                    "\(text) in \(width): \(line)")
                #expect(
                    place == lines.count - 1 || !Self.opening.contains(line.last ?? "a"),
                    "\(text) in \(width): \(line)")
            }
        }
    }

    @Test(arguments: [
        ("第 3 站已送達，已存在", 15, ["第 3 站已送達，", "  已存在"]),
        ("一二三四五六七（八九）十", 16, ["一二三四五六七", "  （八九）十"]),
        ("一二三四五六七「八」，九", 18, ["一二三四五六七", "  「八」，九"]),
        ("one two three four", 13, ["one two three", "  four"]),
        ("  stop (one two)", 12, ["  stop (one", "    two)"]),
    ])
    func examples(_ text: String, _ width: Int, _ lines: [String]) {
        #expect(TextWidth.wrapped(text, to: width) == lines)
    }

    @Test func whatCannotBeBrokenStaysWhole() {
        let hash = String(repeating: "0a", count: 32)
        #expect(TextWidth.wrapped("change \(hash)", to: 40) == ["change", "  \(hash)"])
        #expect(TextWidth.wrapped(hash, to: 40) == [hash])
    }
}
