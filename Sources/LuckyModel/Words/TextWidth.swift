/// How many columns of a terminal a text takes: Chinese takes two a character, marks that stand over
/// another take none.
public enum TextWidth {
    /// Columns of one line.
    public static func of(_ text: String) -> Int {
        text.reduce(0) { $0 + columns($1) }
    }

    /// Filled with spaces on the right, never cut.
    public static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - of(text)))
    }

    /// Filled with spaces on the left, never cut: for numbers.
    public static func aligned(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - of(text))) + text
    }

    /// Cut where it is too wide, with `…` in place of the rest.
    public static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var (kept, used) = ("", 0)
        for character in text {
            let next = columns(character)
            guard used + next <= width - 1 else { break }
            kept.append(character)
            used += next
        }
        return width > 0 ? kept + "…" : ""
    }

    /// Broken into lines that are no wider: between words, and between any two Chinese characters,
    /// but no line begins with a closing mark or ends with an opening one.
    /// - Parameter hanging: lines after the first begin with as many spaces as the text does, and so
    ///   many more.
    public static func wrapped(_ text: String, to width: Int, hanging: Int = 2) -> [String] {
        guard of(text) > width, width >= 10 else { return [text] }
        let indent = String(text.prefix { $0 == " " }) + String(repeating: " ", count: hanging)
        var (lines, line, word) = ([String](), "", "")
        func fits(_ more: String) -> Bool { of(line) + of(more) <= width }
        func take() {
            if !fits(word), line.contains(where: { $0 != " " }) {
                lines.append(trimmed(line))
                line = indent
                word = String(word.drop { $0 == " " })
            }
            line += word
            word = ""
        }
        for character in text {
            let isWide = columns(character) == 2 && !closing.contains(character)
            if character == " " || isWide && word.last.map(opening.contains) != true {
                take()
                word = String(character)
            } else {
                word.append(character)
            }
        }
        take()
        return lines + [trimmed(line)]
    }

    private static let opening: Set<Character> = ["（", "「", "『", "《"]
    private static let closing: Set<Character> = [
        "）", "」", "』", "》", "，", "。", "、", "；", "：", "？", "！",
    ]

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.last == " " || line.last == "　" { line.removeLast() }
        return line
    }

    /// Of one character: by its first scalar, as terminals do.
    private static func columns(_ character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: return isWide(scalar.value) ? 2 : 1
        }
    }

    /// East Asian Wide and Fullwidth, as Unicode's tables have them, by block.
    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
