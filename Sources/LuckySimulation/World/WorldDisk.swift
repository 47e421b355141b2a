internal import Foundation

/// A folder of a world's own, on a disk in memory where there is one, gone with the world.
public final class WorldDisk {
    /// The folder.
    public let path: String

    /// - Throws: what the file system says.
    public init() throws {
        let memory = "/dev/shm"
        let root =
            FileManager.default.isWritableFile(atPath: memory)
            ? memory : FileManager.default.temporaryDirectory.path
        var name = Array(
            (root + "/lucky-world-" + String(repeating: "X", count: 6)).utf8CString)
        guard mkdtemp(&name) != nil else {
            throw CocoaError(.fileWriteUnknown, userInfo: [NSFilePathErrorKey: root])
        }
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A folder of one of the world's machines.
    func folder(_ name: String) throws -> String {
        let folder = path + "/" + name
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return folder
    }

    /// Puts what is in one folder into another, in place of what was there.
    /// - Parameter which: of the names of files, those to take; the others stay as they are.
    static func copy(_ source: String, to target: String, _ which: (String) -> Bool) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: target, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        for name in try files.contentsOfDirectory(atPath: target) where which(name) {
            try files.removeItem(atPath: target + "/" + name)
        }
        for name in try files.contentsOfDirectory(atPath: source) where which(name) {
            try files.copyItem(atPath: source + "/" + name, toPath: target + "/" + name)
        }
    }

    /// What a backup of a machine's data holds: the database and the pictures, but not what
    /// stands beside them to find a copy out (L19, L26), and no lease.
    static func isBackedUp(_ name: String) -> Bool {
        let left = [".nonce", ".lease", ".open", "-shm", ".tmp", ".new"]
        return !left.contains { name.hasSuffix($0) }
    }

    /// What a machine finds on its own disk after its process was killed.
    static func survivesKill(_ name: String) -> Bool {
        !name.hasSuffix(".lease") && !name.hasSuffix("-shm")
    }
}
