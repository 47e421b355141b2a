#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

// What survives a power cut, made of the calls.
extension FileCalls {
    /// The failure that `errno` tells.
    package func failure(_ path: String) -> FileFailure { FileFailure(code: errno, path: path) }

    /// The folder that a path is in.
    package func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes a folder and those above it, where they are missing, and their names durable.
    package func makeFolders(_ path: String) throws(FileFailure) {
        guard status(path) == nil else { return }
        let parent = folder(of: path)
        if status(parent) == nil { try makeFolders(parent) }
        guard makeFolder(path) || errno == EEXIST else { throw failure(path) }
        try syncWhole(parent)
    }

    /// Creates an empty file; refuses with `EEXIST` where there is one.
    package func create(_ path: String) throws(FileFailure) {
        let file = open(path, O_CREAT | O_EXCL | O_RDWR)
        guard file >= 0 else { throw failure(path) }
        close(file)
    }

    /// Syncs the file or folder of a path.
    package func syncWhole(_ path: String) throws(FileFailure) {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { throw failure(path) }
        defer { close(file) }
        guard sync(file) else { throw failure(path) }
    }

    /// The whole content; nil where there is no such file or it cannot be read.
    package func contents(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = buffer.withUnsafeMutableBytes { read(file, $0) }
            if count == 0 { return bytes }
            if count > 0 {
                bytes += buffer.prefix(count)
            } else if errno != EINTR {
                return nil
            }
        }
    }

    /// All bytes, however many calls it takes.
    package func writeAll(
        _ bytes: [UInt8], to file: Int32, _ path: String
    ) throws(FileFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(file, $0) }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno != EINTR {
                throw failure(path)
            }
        }
    }

    /// Replaces a file: temporary file, fsync, rename, fsync of the folder (L24). After a crash
    /// the path has the old content or the new one, whole.
    package func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
        let temporary = path + ".tmp"
        let file = open(temporary, O_CREAT | O_TRUNC | O_WRONLY)
        guard file >= 0 else { throw failure(temporary) }
        do throws(FileFailure) {
            defer { close(file) }
            try writeAll(bytes, to: file, temporary)
            guard sync(file) else { throw failure(temporary) }
        } catch {
            _ = unlink(temporary)
            throw error
        }
        try move(temporary, to: path)
    }

    /// Renames a file, durably.
    package func move(_ path: String, to target: String) throws(FileFailure) {
        guard rename(path, to: target) else { throw failure(target) }
        try syncWhole(folder(of: target))
    }
}

extension FileFailure {
    /// Path and the system's words.
    package var description: String { "\(path): \(String(cString: strerror(code)))" }

    /// Whether there was no room.
    package var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
}
