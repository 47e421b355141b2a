internal import Foundation
internal import LuckyFiles

/// Whose database a file is, by its first bytes alone: to be known before SQLite, or anybody, makes
/// something beside it.
struct FileHeader {
    private let bytes: [UInt8]

    /// - Parameter path: what is not there, or cannot be read, says nothing.
    init(of path: String, _ files: any FileCalls) {
        var buffer = [UInt8](repeating: 0, count: Self.count)
        let file = files.open(path, O_RDONLY)
        guard file >= 0 else {
            bytes = []
            return
        }
        defer { files.close(file) }
        let read = buffer.withUnsafeMutableBytes { files.read(file, $0) }
        bytes = Array(buffer.prefix(max(0, read)))
    }

    /// A database of another program of ours, such as a phone's: a hub's says nothing there.
    var isOfAnotherProgram: Bool {
        isDatabase && bytes.count == Self.count && bytes[68..<72].contains { $0 != 0 }
    }

    /// No hub's file, whatever stands behind these bytes. A file that was made and never filled may
    /// become one.
    var isNoHub: Bool {
        isOfAnotherProgram || (!isDatabase && bytes.contains { $0 != 0 })
    }

    private var isDatabase: Bool { bytes.starts(with: Self.magic) }

    private static let count = 100
    private static let magic = Array("SQLite format 3".utf8) + [0]
}
