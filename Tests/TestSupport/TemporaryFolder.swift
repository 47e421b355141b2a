public import Foundation

/// A new folder that goes away, with all it holds, when the last reference to it does.
///
/// Keep it in a variable for as long as the files are needed (`withExtendedLifetime` at the end of
/// a test, or a property of the suite).
public final class TemporaryFolder: Sendable {
    public let url: URL

    /// Readable by this user only. Throws what the file manager throws.
    public convenience init() throws { try self.init(in: FileManager.default.temporaryDirectory) }

    private init(in parent: URL) throws {
        url = parent
            .appending(path: "lucky-test-\(UUID().uuidString)").resolvingSymlinksInPath()
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// The same on a file system in memory where there is one: for tests that open many files and
    /// prove nothing about a disk.
    public static func inMemory() throws -> TemporaryFolder {
        let memory = URL(filePath: "/dev/shm")
        let isThere = FileManager.default.isWritableFile(atPath: memory.path)
        return try TemporaryFolder(in: isThere ? memory : FileManager.default.temporaryDirectory)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in the folder, which need not exist yet.
    public func path(_ name: String) -> String { url.appending(path: name).path }
}
