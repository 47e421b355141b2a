// On Linux, `struct stat` counts as CoreFoundation's.
internal import CoreFoundation

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// Reads a secret from a file that only its owner may use.
enum SecretFile {
    static let maximumBytes = 4096

    /// Judges the file that it opened, so that nobody can swap it in between.
    static func contents(of path: String) throws(SecretError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .unreadable(path: path, code: errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw .unreadable(path: path, code: errno)
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
        let mode = UInt32(status.st_mode) & 0o777
        guard mode & 0o077 == 0 else { throw .readableByOthers(path: path, mode: mode) }
        return try trimmed(bytes(from: descriptor, of: path))
    }

    private static func bytes(
        from descriptor: Int32, of path: String
    ) throws(SecretError) -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1024)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .unreadable(path: path, code: errno) }
            if count == 0 { return all }
            all += buffer.prefix(count)
            guard all.count <= maximumBytes else {
                throw .tooLong(path: path, maximumBytes: maximumBytes)
            }
        }
    }

    private static func trimmed(_ bytes: [UInt8]) -> [UInt8] {
        var end = bytes.count
        while end > 0, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
        return Array(bytes.prefix(end))
    }
}
