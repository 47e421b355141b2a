internal import Foundation
internal import LuckyCausality
internal import LuckyFiles
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

    private let folder: String
    private let files: any FileCalls
    private let known = Mutex(Known())

    private struct Known {
        /// When the folder last changed; nil before it was read.
        var changedAt: Int64?
        var marks: [String: UInt64] = [:]
    }

    init(beside path: String, _ files: any FileCalls) {
        folder = path + ".backups"
        self.files = files
    }

    /// The highest counter of a replica that every copy holds; 0 where there is no copy.
    func mark(of replica: ReplicaID) -> UInt64 {
        guard let changedAt = files.status(folder)?.changedAt else { return 0 }
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
    func entries() throws -> [(name: String, entry: Entry)] {
        let names = (files.names(in: folder) ?? []).filter { $0.hasSuffix(".json") }
        return try names.map { name in
            let place = folder + "/" + name
            guard let bytes = files.contents(place) else { throw files.failure(place) }
            return (place, try JSONDecoder().decode(Entry.self, from: Data(bytes)))
        }
        .sorted { ($0.1.madeAtMs, $0.0) < ($1.1.madeAtMs, $1.0) }
    }

    /// Lists a copy that is there, durably.
    func add(_ entry: Entry) throws {
        try files.makeFolders(folder)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var number = 0
        var place: String
        repeat {
            place = folder + "/\(entry.madeAtMs)-\(number).json"
            number += 1
        } while files.status(place) != nil
        try files.replace(place, with: [UInt8](encoder.encode(entry)))
    }

    /// Deletes all but the newest copies, each before it leaves the list: what can still be
    /// restored always counts.
    /// - Returns: the files that went, oldest first.
    func expire(keeping count: Int) throws -> [String] {
        var gone: [String] = []
        for (name, entry) in try entries().dropLast(max(1, count)) {
            for file in [entry.file, name] where files.status(file) != nil {
                guard files.unlink(file) else { throw files.failure(file) }
            }
            gone.append(entry.file)
        }
        if !gone.isEmpty { try files.syncWhole(folder) }
        return gone
    }
}
