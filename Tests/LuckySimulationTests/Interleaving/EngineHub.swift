import Foundation
import LuckyHub
import LuckySimulation
import TestSupport

/// The hub of an ``Engine``: in memory, or on a file whose process can be killed at any moment and
/// starts again from the file as found.
final class EngineHub {
    /// When its process ends without a word.
    enum Moment {
        /// The request does not reach it.
        case beforeRequest
        /// The request is noted, and nothing of it is committed.
        case beforeCommit
        /// All of it is committed, but the mark that proves continuity was not moved.
        case beforeMark
        /// The answer is on its way.
        case beforeAnswer
    }

    private(set) var hub: Hub
    private let folder: String?
    private var random = LuckySimulation.SeededGenerator(seed: 11)

    /// - Parameter folder: of its own; nil: in memory.
    init(in folder: String?) throws {
        self.folder = folder
        guard let folder else {
            hub = try Hub.inMemory(depot: Engine.depot, random: random)
            return
        }
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        hub = try Hub.open(at: Self.file(folder), depot: Engine.depot, random: random)
    }

    private static func file(_ folder: String) -> String { folder + "/hub.sqlite" }

    /// Hands it a request, kills it at a moment, and starts it again.
    func crash(_ moment: Moment, during request: () throws -> Void) throws {
        guard let folder else { throw BrokenLaw(description: "no file to start again from") }
        let before = try Self.image(of: folder)
        if moment != .beforeRequest { try request() }
        var found = try Self.image(of: folder)
        switch moment {
        case .beforeRequest, .beforeAnswer: break
        case .beforeCommit:
            // The notes are a file of their own.
            let notes = found.filter { $0.key.contains("-intake") }
            found = before.filter { !$0.key.contains("-intake") }.merging(notes) { $1 }
        case .beforeMark:
            let mark = before.filter { $0.key.hasSuffix(".nonce") }
            found = found.filter { !$0.key.hasSuffix(".nonce") }.merging(mark) { $1 }
        }
        let history = hub.history
        try hub.close()
        let files = FileManager.default
        for name in try files.contentsOfDirectory(atPath: folder) {
            try files.removeItem(atPath: folder + "/" + name)
        }
        for (name, bytes) in found {
            try bytes.write(to: URL(filePath: folder + "/" + name))
        }
        random = LuckySimulation.SeededGenerator(seed: random.next())
        hub = try Hub.open(at: Self.file(folder), depot: nil, random: random)
        try hold(hub.history == history, "a hub that was only killed began another history")
    }

    /// What a killed process leaves.
    private static func image(of folder: String) throws -> [String: Data] {
        var image: [String: Data] = [:]
        for name in try FileManager.default.contentsOfDirectory(atPath: folder)
        where !name.hasSuffix(".lease") && !name.hasSuffix("-shm") {
            image[name] = try Data(contentsOf: URL(filePath: folder + "/" + name))
        }
        return image
    }

    func close() throws { try hub.close() }
}
