#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The few file operations a store needs besides SQLite's own. None of them ever opens a database
/// file that a connection of this process may hold: closing it would drop SQLite's locks.
enum Files {
    static let privateFile: mode_t = 0o600
    static let privateFolder: mode_t = 0o700

    /// Mode and type bits of what is at a path; nil where there is nothing.
    static func mode(_ path: String) -> mode_t? {
        var info = stat()
        return stat(path, &info) == 0 ? info.st_mode : nil
    }

    /// The path with its folder resolved: two spellings of one place are one.
    static func absolute(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        guard let folder = realpath(folder(of: path), nil) else { return path }
        defer { free(folder) }
        return String(cString: folder) + "/" + name
    }

    static func folder(of path: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// Makes a folder for its owner only, where it is missing, and makes its name durable.
    static func makeFolder(_ path: String) throws(StoreError) {
        guard mode(path) == nil else { return }
        let parent = folder(of: path)
        if mode(parent) == nil { try makeFolder(parent) }
        guard mkdir(path, privateFolder) == 0 || errno == EEXIST else { throw failure(path) }
        try syncFolder(parent)
    }

    /// Creates an empty file for its owner only; refuses where there is one.
    static func create(_ path: String) throws(StoreError) {
        let file = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, privateFile)
        guard file >= 0 else { throw failure(path) }
        close(file)
    }

    static func syncFolder(_ path: String) throws(StoreError) {
        let folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure(path) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure(path) }
    }

    /// The whole content; nil where there is no such file or it cannot be read.
    static func read(_ path: String) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = recv(file, &buffer)
            if count < 0 { return nil }
            if count == 0 { return bytes }
            bytes += buffer.prefix(count)
        }
    }

    /// Replaces a file: temporary file, fsync, rename, fsync of the folder (L24). After a crash the
    /// path has the old content or the new one, whole.
    static func replace(_ path: String, with bytes: [UInt8]) throws(StoreError) {
        let temporary = path + ".tmp"
        let file = open(temporary, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, privateFile)
        guard file >= 0 else { throw failure(temporary) }
        do throws(StoreError) {
            defer { close(file) }
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
                if count < 0 {
                    if errno == EINTR { continue }
                    throw failure(temporary)
                }
                rest = rest.dropFirst(count)
            }
            guard fsync(file) == 0 else { throw failure(temporary) }
        } catch {
            unlink(temporary)
            throw error
        }
        guard rename(temporary, path) == 0 else { throw failure(path) }
        try syncFolder(folder(of: path))
    }

    static func move(_ path: String, to target: String) throws(StoreError) {
        guard rename(path, target) == 0 else { throw failure(target) }
        try syncFolder(folder(of: target))
    }

    static func remove(_ path: String) { unlink(path) }

    static func failure(_ path: String) -> StoreError {
        let code = errno
        if code == ENOSPC || code == EDQUOT { return .diskFull }
        return .failed(code: code, "\(path): \(String(cString: strerror(code)))")
    }

    private static func recv(_ file: Int32, _ buffer: inout [UInt8]) -> Int {
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes in
                #if canImport(Glibc)
                    Glibc.read(file, bytes.baseAddress, bytes.count)
                #else
                    Darwin.read(file, bytes.baseAddress, bytes.count)
                #endif
            }
            if count >= 0 || errno != EINTR { return count }
        }
    }
}

/// The right to write: an exclusive `flock` on a file of its own, given back when this object goes
/// or its process dies.
final class Lease {
    private var file: Int32

    /// - Parameter waitMilliseconds: how long to wait for another holder at most.
    init(for path: String, waitMilliseconds: Int) throws(StoreError) {
        let lease = path + ".lease"
        file = open(lease, O_CREAT | O_RDWR | O_CLOEXEC, Files.privateFile)
        guard file >= 0 else { throw Files.failure(lease) }
        let stepMilliseconds = 5
        var waited = 0
        while flock(file, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw Files.failure(lease) }
            guard waited < waitMilliseconds else { throw .leaseHeld }
            poll(nil, 0, Int32(stepMilliseconds))
            waited += stepMilliseconds
        }
    }

    deinit { if file >= 0 { close(file) } }
}
