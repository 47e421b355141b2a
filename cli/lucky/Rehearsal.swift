import Foundation
import LuckyDriver

/// A copy of a replica beside it, for trying what would come of a tap: the same rules, rows and
/// bounds, and nothing of it lasts.
struct Rehearsal {
    /// Its folder, for its owner only.
    let folder: String
    /// The copy.
    var path: String { folder + "/replica.sqlite" }

    init(of replica: String) throws {
        let prefix = replica + ".dry-run-"
        Self.removeLeft(by: prefix)
        folder = prefix + "\(getpid())"
        do {
            try FileManager.default.createDirectory(
                atPath: folder, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
            _ = try Driver.backUp(replica, to: path)
        } catch {
            end()
            throw error
        }
    }

    func end() { try? FileManager.default.removeItem(atPath: folder) }

    /// Of processes that were killed: people's names are in it.
    private static func removeLeft(by prefix: String) {
        let url = URL(fileURLWithPath: prefix)
        let parent = url.deletingLastPathComponent().path
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            guard name.hasPrefix(url.lastPathComponent),
                let process = pid_t(name.dropFirst(url.lastPathComponent.count)),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: parent + "/" + name)
        }
    }
}
