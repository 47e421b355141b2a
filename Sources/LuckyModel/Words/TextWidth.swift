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

    /// Broken into lines that are no wider: between words, and between any two Chinese characters, but
    /// never before a mark that closes or behind one that opens. What cannot be broken, such as a
    /// long word, may be wider.
    /// - Parameter hanging: lines after the first begin with as many spaces as the text does, and so
    ///   many more.
    public static func wrapped(_ text: String, to width: Int, hanging: Int = 2) -> [String] {
        guard of(text) > width, width >= 10 else { return [text] }
        let indent = String(text.prefix { $0 == " " }) + String(repeating: " ", count: hanging)
        var (lines, line) = ([String](), "")
        for piece in pieces(text) {
            if of(line) + of(trimmed(piece)) > width, line.contains(where: { !isSpace($0) }) {
                lines.append(trimmed(line))
                line = indent + piece.drop(while: isSpace)
            } else {
                line += piece
            }
        }
        return lines + [trimmed(line)]
    }

    /// What stays together: a word with the spaces before it, a Chinese character with its marks.
    private static func pieces(_ text: String) -> [String] {
        var pieces: [String] = []
        var (piece, before): (String, Character?) = ("", nil)
        var spaces = ""
        for character in text {
            if isSpace(character) {
                spaces.append(character)
                continue
            }
            if let last = before, isBreak(after: last, spaces: !spaces.isEmpty, before: character) {
                pieces.append(piece)
                piece = ""
            }
            piece += spaces
            piece.append(character)
            (spaces, before) = ("", character)
        }
        return pieces + [piece + spaces]
    }

    private static func isBreak(
        after last: Character, spaces: Bool, before next: Character
    ) -> Bool {
        guard !closing.contains(next), !opening.contains(last) else { return false }
        return spaces || columns(next) == 2 || columns(last) == 2 && closing.contains(last)
    }

    private static func isSpace(_ character: Character) -> Bool {
        character == " " || character == "　"
    }

    /// Marks that end something: none of them begins a line.
    static let closing: Set<Character> = [
        "，", "。", "、", "；", "：", "！", "？", "）", "」", "』", "】", "》", "〉", "〕", "］", "｝",
        "…", "·", "”", "’", ")", "]", "}", ",", ";", ":", "!", "?", "%", "％",
    ]

    /// Marks that begin something: none of them ends a line.
    static let opening: Set<Character> = [
        "（", "「", "『", "【", "《", "〈", "〔", "［", "｛", "“", "‘", "(", "[", "{",
    ]

    private static func trimmed(_ line: String) -> String {
        var line = line
        while let last = line.last, isSpace(last) { line.removeLast() }
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
