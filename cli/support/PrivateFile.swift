internal import Foundation

/// Files for their owner's eyes only (0600), written durably.
public enum PrivateFile {
    /// Why no file was written; no half of one is left.
    public enum Failure: Error, Hashable, Sendable {
        /// There is a file of that name, and it was to be a new one.
        case exists
        /// `errno`.
        case notWritten(Int32)
    }

    /// Writes a new file; never over another.
    public static func create(_ path: String, _ bytes: some Sequence<UInt8>) throws(Failure) {
        try write(path, Array(bytes))
        guard syncFolder(of: path) else { throw failed(path) }
    }

    /// Whether anything is there, a broken link among it.
    public static func exists(_ path: String) -> Bool {
        var status = stat()
        return lstat(path, &status) == 0
    }

    /// Puts a file in the place of the old one, whole or not at all.
    public static func replace(_ path: String, _ bytes: some Sequence<UInt8>) throws(Failure) {
        let temporary = path + ".new"
        unlink(temporary)
        try write(temporary, Array(bytes))
        guard rename(temporary, path) == 0 else {
            let code = errno
            unlink(temporary)
            throw .notWritten(code)
        }
        // A name is as durable as its folder.
        guard syncFolder(of: path) else { throw .notWritten(errno) }
    }

    private static func write(_ path: String, _ bytes: [UInt8]) throws(Failure) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | O_EXCL, 0o600)
        guard descriptor >= 0 else { throw errno == EEXIST ? .exists : .notWritten(errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Foundation.write(descriptor, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failed(path) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw failed(path) }
    }

    private static func syncFolder(of path: String) -> Bool {
        let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
        let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }

    /// A half-written file is no file.
    private static func failed(_ path: String) -> Failure {
        let code = errno
        unlink(path)
        return .notWritten(code)
    }
}
