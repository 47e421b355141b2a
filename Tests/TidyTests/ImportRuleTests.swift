import Foundation
import TestSupport
import Testing

/// The build that `./cli/test` makes refuses an import which the target did not declare: a copy of
/// the left end of the street, with the real settings, gets one, and does not build any more.
@Suite(.timeLimit(.minutes(15)))
struct ImportRuleTests {
    @Test("An undeclared import breaks the build")
    func undeclaredImport() async throws {
        let folder = try TemporaryFolder()
        try copyStreet(to: folder)

        let before = try await build(folder, checked: true)
        #expect(before.status == 0, "\(before.output)\(before.errors)")

        // The schemas are built by now, and so the compiler itself finds them and has no complaint.
        let file = folder.url.appending(path: "Sources/LuckyCausality/Forbidden.swift")
        try Data("internal import LuckySchemas\n".utf8).write(to: file)
        let unchecked = try await build(folder, checked: false)
        #expect(unchecked.status == 0, "\(unchecked.output)\(unchecked.errors)")

        try FileManager.default.setAttributes([.modificationDate: Date()], ofItemAtPath: file.path)
        let checked = try await build(folder, checked: true)
        let said = checked.output + checked.errors
        #expect(checked.status != 0)
        #expect(!checked.timedOut)
        #expect(
            said.contains(/error: Target LuckyCausality imports another target \(LuckySchemas\)/),
            "\(said)")
        withExtendedLifetime(folder) {}
    }

    @Test("The scripts build with that check")
    func scriptsCheck() throws {
        let flag = "--explicit-target-dependency-import-check error"
        let text = try Tree.lines("cli/build.sh").joined(separator: "\n")
        #expect(text.contains("build_flags=(\n    \(flag)\n"))
        for script in ["cli/build.sh", "cli/test"] {
            let code = try Tree.lines(script).filter { !$0.contains("#") }
            let calls = code.filter { $0.contains(/(^|\$\()\s*swift (build|test)\b/) }
            #expect(!calls.isEmpty, "\(script) builds nothing")
            for call in calls { #expect(call.contains("\"${build_flags[@]}\""), "\(call)") }
        }
    }

    /// A package of the targets that need no other one, with the real declarations and settings.
    private func copyStreet(to folder: TemporaryFolder) throws {
        for path in ["Sources/LuckyModel", "Sources/LuckyCausality", "Schemas"] {
            let to = folder.url.appending(path: path)
            try FileManager.default.createDirectory(
                at: to.deletingLastPathComponent(), withIntermediateDirectories: true)
            try FileManager.default.copyItem(at: Tree.url(path), to: to)
        }
        let manifest = try String(contentsOf: Tree.url("Package.swift"), encoding: .utf8)
        let tools = try #require(manifest.split(separator: "\n").first)
        let settings = try #require(manifest.range(of: "\nfor target in package.targets"))
        let targets = try ["LuckySchemas", "LuckyModel", "LuckyCausality"].map {
            try declaration(of: $0, in: manifest)
        }
        let small = """
            \(tools)
            import PackageDescription
            let package = Package(
                name: "street",
                platforms: [.macOS(.v15), .iOS(.v18)],
                targets: [
                    \(targets.joined(separator: ",\n"))
                ],
                swiftLanguageModes: [.v6]
            )
            \(manifest[settings.lowerBound...])
            """
        try Data(small.utf8).write(to: folder.url.appending(path: "Package.swift"))
    }

    /// `.target(…)` of a name, up to the bracket that closes it.
    private func declaration(of target: String, in manifest: String) throws -> Substring {
        let name = try #require(manifest.range(of: "name: \"\(target)\""))
        let start = try #require(
            manifest[..<name.lowerBound].range(of: ".target(", options: .backwards))
        var depth = 0
        for index in manifest[start.lowerBound...].indices {
            if manifest[index] == "(" { depth += 1 }
            if manifest[index] == ")" {
                depth -= 1
                if depth == 0 { return manifest[start.lowerBound...index] }
            }
        }
        throw CocoaError(.fileReadCorruptFile)
    }

    private func build(_ folder: TemporaryFolder, checked: Bool) async throws -> Command.Result {
        // A scratch folder of its own: the one outside is locked by the run of these tests.
        var arguments = ["build", "--scratch-path", folder.path("scratch")]
        if checked { arguments += ["--explicit-target-dependency-import-check", "error"] }
        return try await Command.run(
            "swift", arguments, in: folder.url, environment: ["LLVM_PROFILE_FILE": ""],
            deadline: .seconds(280))
    }
}
