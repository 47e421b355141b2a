import Foundation
import LuckyCommandLine
import LuckyDriver

/// Where a demo's day lives. With `--keep` it stays, and `lucky demo judge` reads it again.
struct DemoFolder: Sendable {
    static let depot: Identifier = "TTT"
    static let sea: Identifier = "drv-01"
    static let town: Identifier = "drv-02"
    static let valley: Identifier = "drv-03"
    static let drivers = [sea, town, valley]
    static let dispatcher: Identifier = "office-1"

    let path: String

    var plan: String { path + "/plan.csv" }
    var secret: String { path + "/secret" }
    var hub: String { path + "/hub/hub.sqlite" }
    /// A consistent copy of the hub's file, made at the end of the day: what is judged.
    var hubCopy: String { path + "/hub-copy.sqlite" }
    /// What the run itself counted.
    var day: String { path + "/day.json" }

    func token(_ person: Identifier) -> String { path + "/tokens/\(person.text)" }
    func replica(_ driver: Identifier) -> String { path + "/phones/\(driver.text)/replica.sqlite" }
    /// Outside every store.
    func ledger(_ person: Identifier) -> String { path + "/ledger/\(person.text).jsonl" }
    func log(_ name: String) -> String { path + "/logs/\(name).log" }

    /// A new folder for this user only.
    /// - Parameter path: nil makes a temporary one.
    static func make(at path: String?) throws(DemoFailure) -> DemoFolder {
        let files = FileManager.default
        let path =
            path.map { URL(filePath: $0).standardizedFileURL.path }
            ?? files.temporaryDirectory.appending(path: "lucky-demo-\(UUID().uuidString)").path
        if let held = try? files.contentsOfDirectory(atPath: path), !held.isEmpty {
            throw DemoFailure(.demoFolderNotEmpty, ["path": path])
        }
        do {
            for folder in ["", "/hub", "/tokens", "/phones", "/ledger", "/logs"] {
                try files.createDirectory(
                    atPath: path + folder, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o700])
            }
        } catch {
            throw DemoFailure(.demoFolderNotMade, ["path": path, "error": "\(error)"])
        }
        return DemoFolder(path: path)
    }

    func remove() { try? FileManager.default.removeItem(atPath: path) }
}

/// Why a demo did not come to a verdict.
struct DemoFailure: Error {
    var phrase: Phrase
    var arguments: [String: String]

    init(_ phrase: Phrase, _ arguments: [String: String] = [:]) {
        self.phrase = phrase
        self.arguments = arguments
    }
}
