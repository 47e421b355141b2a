import Testing

/// Who reads the code by its names finds a word of truth at each of them.
struct DocumentationTests {
    @Test("Every public declaration has a doc comment")
    func publicDeclarations() async throws {
        var findings: [Finding] = []
        for path in try await Tree.tracked() where isHandWritten(path) {
            let lines = try Tree.lines(path)
            findings += undocumented(lines).map {
                Finding(path: path, line: $0 + 1, text: String(lines[$0]))
            }
        }
        #expect(findings == [])
    }

    @Test(
        "A public declaration without one is found",
        arguments: [
            "public let a = 1", "// Why.\npublic let a = 1", "/// Why.\n\npublic let a = 1",
            "/// Why.\nlet a = 1\n    public let b = 2", "@frozen public enum A {}",
            "/// Why.\nlet a = 1\n@discardableResult\npublic func b() -> Int { 1 }",
            "public private(set) var a = 1", "@available(*, message: \"a()\") public func b() {}",
        ])
    func found(text: String) {
        #expect(undocumented(lines(text)).count == 1)
    }

    @Test(
        "Nothing else is found",
        arguments: [
            "/// Why.\npublic let a = 1", "    /// Why.\n    public init() {}",
            "/// Why.\n@frozen public enum A {}", "/// Why.\n@A\n@B(c: d(1))\npublic func b() {}",
            "public import LuckyModel", "@_exported public import LuckyModel", "let a = 1",
            "publicA()", "// public let a = 1", "internal import LuckyModel",
        ])
    func notFound(text: String) {
        #expect(undocumented(lines(text)) == [])
    }

    /// Neither generated nor the catalogue of phrases, which are their own words.
    private func isHandWritten(_ path: String) -> Bool {
        let isSource = path.hasPrefix("Sources/") || path.hasPrefix("Schemas/")
        return isSource && path.hasSuffix(".swift") && !path.hasSuffix(".pb.swift")
            && !path.contains("/Words/Phrases+")
    }

    /// The indices of lines that declare something public with no `///` above, lines of attributes
    /// left out.
    private func undocumented(_ lines: [Substring]) -> [Int] {
        lines.indices.filter { index in
            let declaration = withoutAttributes(lines[index])
            guard declaration.hasPrefix("public "), !declaration.hasPrefix("public import ")
            else { return false }
            let above = lines[..<index].last { !isAttributes($0) } ?? ""
            return !above.drop(while: \.isWhitespace).hasPrefix("///")
        }
    }

    private func isAttributes(_ line: Substring) -> Bool {
        line.drop(while: \.isWhitespace).hasPrefix("@") && withoutAttributes(line).isEmpty
    }

    /// The line from behind its indentation and attributes; their brackets may hold one more pair.
    private func withoutAttributes(_ line: Substring) -> Substring {
        line.trimmingPrefix(/\s*(?:@[\w.]+(?:\((?:[^()]|\([^()]*\))*\))?\s*)*/)
    }

    private func lines(_ text: String) -> [Substring] {
        text.split(separator: "\n", omittingEmptySubsequences: false)
    }
}
