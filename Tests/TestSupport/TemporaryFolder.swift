public import Foundation

/// A new folder that goes away, with all it holds, when the last reference to it does.
///
/// Keep it in a variable for as long as the files are needed (`withExtendedLifetime` at the end of
/// a test, or a property of the suite).
public final class TemporaryFolder: Sendable {
    public let url: URL

    /// Readable by this user only. Throws what the file manager throws.
    public init() throws {
        url = FileManager.default.temporaryDirectory
            .appending(path: "lucky-test-\(UUID().uuidString)").resolvingSymlinksInPath()
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    /// The path of a file in the folder, which need not exist yet.
    public func path(_ name: String) -> String { url.appending(path: name).path }
}
