import Foundation
import TestSupport
import Testing

/// Every import points left along the street. The build enforces what Package.swift declares; this
/// holds what it may declare.
struct StreetTests {
    /// Target → the modules it may import, besides those that come with Swift.
    static let street: [String: Set<String>] = {
        let left = ["LuckyModel", "LuckyCausality", "LuckyWire", "LuckyStore", "LuckySync"]
        return [
            "LuckyModel": [],
            "LuckyCausality": ["LuckyModel"],
            "LuckyWire": [
                "LuckyModel", "LuckyCausality", "SwiftProtobuf", "Crypto", "CChecksum", "CZlib",
            ],
            "LuckyFiles": [],
            "LuckyStore": [
                "LuckyModel", "LuckyFiles", "LuckyCausality", "LuckyWire", "LuckySchemas", "GRDB",
                "GRDBSQLite",
            ],
            "LuckySync": ["LuckyModel", "LuckyCausality", "LuckyWire"],
            "LuckyTransport": ["LuckyModel", "LuckyWire", "LuckySync", "CCurl"],
            "LuckyDriver": Set(left + ["LuckyTransport"]),
            "LuckyHub": [
                "LuckyModel", "LuckyFiles", "LuckyCausality", "LuckyWire", "LuckySchemas", "GRDB",
                "GRDBSQLite",
            ],
            "LuckyHubHTTP": [
                "LuckyModel", "LuckyWire", "LuckyHub", "Crypto", "Hummingbird", "HummingbirdCore",
                "JWTKit", "Logging", "NIOCore", "NIOPosix", "ServiceLifecycle", "UnixSignals",
            ],
            "LuckySimulation": Set(
                left + [
                    "LuckyFiles", "LuckyDriver", "LuckyHub", "LuckySchemas", "CSimulatedDisk",
                    "HeapModule",
                ]),
            "LuckySchemas": [],
            "support": ["LuckyModel", "ArgumentParser"],
            "lucky": [
                "LuckyModel", "LuckyCausality", "LuckyWire", "LuckySchemas", "LuckyTransport",
                "LuckyCommandLine", "LuckyDriver", "LuckyHub", "LuckySimulation", "ArgumentParser",
            ],
            "lucky-hub": [
                "LuckyModel", "LuckyCommandLine", "LuckyHub", "LuckyHubHTTP", "LuckySync",
                "LuckyTransport", "ArgumentParser",
            ],
        ]
    }()

    /// What comes with Swift and does no IO by itself, or (the second line) is for the right end.
    static let plain: Set = ["Foundation", "FoundationEssentials"]
    static let system: Set = [
        "Glibc", "Musl", "Darwin", "Dispatch", "Synchronization", "FoundationNetworking",
        "CoreFoundation",
    ]
    static let mayUseSystem: Set = [
        "LuckyFiles", "LuckyStore", "LuckyTransport", "LuckyDriver", "LuckyHub", "LuckyHubHTTP",
        "LuckySimulation", "lucky", "lucky-hub",
    ]

    @Test("Every import follows the street")
    func imports() async throws {
        var findings: [Finding] = []
        for path in try await Tree.tracked() where path.hasSuffix(".swift") {
            guard let target = target(of: path) else { continue }
            let listed = try #require(Self.street[target], "\(path): a target of no street")
            var allowed = listed.union(Self.plain)
            if Self.mayUseSystem.contains(target) { allowed.formUnion(Self.system) }
            for (index, line) in try Tree.lines(path).enumerated() {
                if let module = imported(line), !allowed.contains(module) {
                    findings.append(Finding(path: path, line: index + 1, text: String(line)))
                }
            }
        }
        #expect(findings == [])
    }

    @Test(
        "A storage engine, a server and a C library stay inside",
        arguments: [
            "GRDB", "GRDBSQLite", "CChecksum", "CCurl", "CZlib", "CSimulatedDisk", "Hummingbird",
            "SwiftProtobuf",
            "FoundationNetworking",
        ])
    func inside(module: String) async throws {
        var findings: [Finding] = []
        for path in try await Tree.tracked() where path.hasSuffix(".swift") {
            guard target(of: path) != nil else { continue }
            for (index, line) in try Tree.lines(path).enumerated() {
                let words = line.split(separator: " ")
                let leaks = words.first == "public" || words.first == "@_exported"
                if leaks && imported(line) == module {
                    findings.append(Finding(path: path, line: index + 1, text: String(line)))
                }
            }
        }
        #expect(findings == [])
    }

    @Test(
        "Import lines are read",
        arguments: [
            ("import Foundation", "Foundation"), ("public import LuckyModel", "LuckyModel"),
            ("@testable import LuckyHub", "LuckyHub"), ("import struct Crypto.SHA256", "Crypto"),
            ("  internal import GRDB // why", "GRDB"), ("let important = 1", nil),
            ("// import X", nil),
        ])
    func importLine(line: String, module: String?) {
        #expect(imported(line[...]) == module)
    }

    /// `Sources/X/…`, `Schemas/…` and `cli/x/…` belong to a target.
    private func target(of path: String) -> String? {
        let parts = path.split(separator: "/").map(String.init)
        switch parts.first {
        case "Sources": return parts.count > 2 ? parts[1] : nil
        case "cli": return parts.count > 2 ? parts[1] : nil
        case "Schemas": return "LuckySchemas"
        default: return nil
        }
    }

    /// The module that a line imports.
    private func imported(_ line: Substring) -> String? {
        var words = Tree.code(line).split(separator: " ")[...]
        let access: Set = ["public", "package", "internal", "fileprivate", "private"]
        while let word = words.first, access.contains(String(word)) || word.hasPrefix("@") {
            words.removeFirst()
        }
        guard words.popFirst() == "import" else { return nil }
        let kinds: Set = ["struct", "class", "enum", "protocol", "func", "var", "typealias", "let"]
        if let kind = words.first, kinds.contains(String(kind)) { words.removeFirst() }
        return words.first?.split(separator: ".").first.map(String.init)
    }
}
