import Foundation
import LuckyModel
import TestSupport
import Testing

/// Whatever an office's call is refused for has its own Chinese sentence.
struct RefusalWordsTests {
    private static func sources() throws -> [String] {
        try ["Sources/LuckyHub", "Sources/LuckyHub/Office"].flatMap { folder in
            let path = Repository.folder.appending(path: folder).path
            return try FileManager.default.contentsOfDirectory(atPath: path).sorted()
                .filter { $0.hasSuffix(".swift") }
                .map { try String(contentsOfFile: path + "/" + $0, encoding: .utf8) }
        }
    }

    private static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x3400...0x9FFF).contains($0.value) }
    }

    @Test("What a request lacks")
    func badRequests() throws {
        var found: Set<String> = []
        for source in try Self.sources() {
            for part in source.components(separatedBy: "badRequest(").dropFirst()
            where !part.hasPrefix("_ ") {
                // Of a call: up to the line that ends it. An escape stands for a number.
                let call = part[..<(part.firstRange(of: /\)\s*[\n}]/)?.lowerBound ?? part.endIndex)]
                for literal in call.matches(of: /"((?:[^"\\]|\\\((?:[^()"]|\([^()]*\))*\))+)"/) {
                    found.insert(
                        String(literal.output.1).replacing(/\\\((?:[^()]|\([^()]*\))*\)/, with: "7")
                    )
                }
            }
        }
        #expect(found.count > 25, "\(found.sorted())")
        for english in found.sorted() {
            let chinese = Phrase.badRequest(english, in: .zhHant)
            #expect(Self.isChinese(chinese), "\(english)")
            #expect(Phrase.badRequest(english, in: .en) == english)
        }
    }

    @Test("What a rule refuses")
    func codes() throws {
        let codes = try Set(
            Self.sources().flatMap { source in
                source.matches(of: /code: "([a-z_]+)"/).map { String($0.output.1) }
            })
        #expect(codes.count > 40)
        let other = Phrase.hubRefusal("something else")
        for code in codes.sorted() {
            // What a reply cannot be written for is a fault of the hub's, and said as one.
            if code == "unwritable_reply" { continue }
            #expect(Phrase.hubRefusal(code) != other, "\(code)")
        }
    }
}
