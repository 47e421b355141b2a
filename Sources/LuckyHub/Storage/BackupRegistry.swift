internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import Synchronization

/// The copies that a hub could be restored from, each with how far it holds every replica (L12): a
/// folder beside the hub's file, one JSON file a copy, so that no restore takes the list back.
final class BackupRegistry: Sendable {
    /// One copy.
    struct Entry: Codable, Hashable {
        var file: String
        /// Unix milliseconds.
        var madeAtMs: Int64
        var depot: String
        /// Replica, 24 hexadecimal digits, to the last counter that has a receipt.
        var heads: [String: UInt64]
    }

    private let folder: URL
    private let known = Mutex(Known())

    private struct Known {
        /// When the folder last changed; nil before it was read.
        var changedAt: Date?
        var marks: [String: UInt64] = [:]
    }

    init(beside path: String) { folder = URL(fileURLWithPath: path + ".backups") }

    /// The highest counter of a replica that every copy holds; 0 where there is no copy.
    func mark(of replica: ReplicaID) -> UInt64 {
        let attributes = try? FileManager.default.attributesOfItem(atPath: folder.path)
        guard let changedAt = attributes?[.modificationDate] as? Date else { return 0 }
        return known.withLock { known in
            if known.changedAt != changedAt {
                // What cannot be read may hold nothing: then nothing is marked.
                let heads = (try? entries())?.map(\.entry.heads) ?? []
                known.marks = [:]
                for key in (heads.first ?? [:]).keys {
                    known.marks[key] = heads.map { $0[key] ?? 0 }.min() ?? 0
                }
                known.changedAt = changedAt
            }
            return known.marks["\(replica)"] ?? 0
        }
    }

    /// Oldest first.
    func entries() throws -> [(name: URL, entry: Entry)] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(
            at: folder, includingPropertiesForKeys: nil
        )
        .filter { $0.pathExtension == "json" }
        .map { ($0, try JSONDecoder().decode(Entry.self, from: Data(contentsOf: $0))) }
        .sorted { ($0.1.madeAtMs, $0.0.lastPathComponent) < ($1.1.madeAtMs, $1.0.lastPathComponent) }
    }

    /// Lists a copy that is there, durably.
    func add(_ entry: Entry) throws {
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var number = 0
        var place: URL
        repeat {
            place = folder.appendingPathComponent("\(entry.madeAtMs)-\(number).json")
            number += 1
        } while FileManager.default.fileExists(atPath: place.path)
        try encoder.encode(entry).write(to: place, options: .atomic)
        try DurableFile.sync(place.path)
        try DurableFile.sync(folder.path)
        try DurableFile.sync(folder.deletingLastPathComponent().path)
    }

    /// Deletes all but the newest copies, each before it leaves the list: what can still be
    /// restored always counts.
    /// - Returns: the files that went, oldest first.
    func expire(keeping count: Int) throws -> [String] {
        var gone: [String] = []
        for (name, entry) in try entries().dropLast(max(1, count)) {
            if FileManager.default.fileExists(atPath: entry.file) {
                try FileManager.default.removeItem(atPath: entry.file)
            }
            try FileManager.default.removeItem(at: name)
            gone.append(entry.file)
        }
        if !gone.isEmpty { try DurableFile.sync(folder.path) }
        return gone
    }
}

/// Files that survive a power cut.
enum DurableFile {
    /// Syncs a file or a folder.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure(path) }
    }

    static func failure(_ path: String) -> HubBackupError {
        .notWritten("\(path): \(String(cString: strerror(errno)))")
    }
}
