internal import LuckyFiles

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The few file operations a store needs besides SQLite's own. None of them ever opens a database
/// file that a connection of this process may hold: closing it would drop SQLite's locks.
struct Files: Sendable {
    /// The system's.
    static let system = Files(SystemFiles())

    let calls: any FileCalls

    init(_ calls: any FileCalls) { self.calls = calls }

    /// Mode and type bits of what is at a path; nil where there is nothing.
    func mode(_ path: String) -> UInt32? { calls.status(path)?.mode }

    /// Bytes of what is at a path; nil where there is nothing.
    func size(_ path: String) -> Int64? { calls.status(path)?.size }

    /// The path with its folder resolved: two spellings of one place are one.
    func absolute(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return calls.resolved(folder(of: path)).map { $0 + "/" + name } ?? path
    }

    func folder(of path: String) -> String { calls.folder(of: path) }

    /// Makes a folder for its owner only, where it is missing, and makes its name durable.
    func makeFolder(_ path: String) throws(StoreError) {
        do { try calls.makeFolders(path) } catch { throw StoreError(error) }
    }

    /// Creates an empty file for its owner only; refuses where there is one.
    func create(_ path: String) throws(StoreError) {
        do { try calls.create(path) } catch { throw StoreError(error) }
    }

    /// The whole content; nil where there is no such file or it cannot be read.
    func read(_ path: String) -> [UInt8]? { calls.contents(path) }

    /// Replaces a file durably: after a crash the path has the old content or the new one, whole.
    func replace(_ path: String, with bytes: [UInt8]) throws(StoreError) {
        do { try calls.replace(path, with: bytes) } catch { throw StoreError(error) }
    }

    /// Renames a file, durably.
    func move(_ path: String, to target: String) throws(StoreError) {
        do { try calls.move(path, to: target) } catch { throw StoreError(error) }
    }

    func remove(_ path: String) { _ = calls.unlink(path) }
}

extension StoreError {
    /// What a failed file call means for a store.
    init(_ failure: FileFailure) {
        self = failure.isDiskFull ? .diskFull : .failed(code: failure.code, "\(failure)")
    }
}

/// The right to write: an exclusive lock on a file of its own, given back when this object goes or
/// its process dies.
final class Lease {
    private let file: Int32
    private let calls: any FileCalls

    /// - Parameter waitMilliseconds: how long to wait for another holder at most.
    init(for path: String, waitMilliseconds: Int, _ files: Files) throws(StoreError) {
        let lease = path + ".lease"
        calls = files.calls
        file = calls.open(lease, O_CREAT | O_RDWR)
        guard file >= 0 else { throw StoreError(calls.failure(lease)) }
        let stepMilliseconds = 5
        var waited = 0
        while !calls.lock(file) {
            guard errno == EWOULDBLOCK || errno == EINTR else {
                throw StoreError(calls.failure(lease))
            }
            guard waited < waitMilliseconds else { throw .leaseHeld }
            poll(nil, 0, Int32(stepMilliseconds))
            waited += stepMilliseconds
        }
    }

    deinit { if file >= 0 { calls.close(file) } }
}
