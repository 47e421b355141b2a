public import Foundation

/// This checkout, and the programs built from it.
public enum Repository {
    /// The folder of Package.swift.
    public static let folder: URL = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .standardizedFileURL

    /// A program of the build that these tests are part of: `lucky`, `lucky-hub`.
    public static func program(_ name: String) -> URL { products.appending(path: name) }

    /// The folder of the running test bundle.
    private static let products: URL = {
        #if os(Linux)
            URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        #else
            folder.appending(path: ".build/debug")
        #endif
    }()
}
