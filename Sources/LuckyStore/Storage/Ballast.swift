#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif
internal import LuckyModel

/// Room kept free beside the store: when the disk is full it is given up, so that what happened at
/// a doorstep can still be saved (L16).
struct Ballast {
    static let suffix = ".ballast"
    let path: String

    init(beside path: String) { self.path = path + Self.suffix }

    var isThere: Bool { Files.mode(path) != nil }

    /// Takes the room again; false where the disk has none.
    @discardableResult
    func make() -> Bool {
        if isThere { return true }
        let file = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, Files.privateFile)
        guard file >= 0 else { return errno != ENOSPC && errno != EDQUOT }
        defer { close(file) }
        #if canImport(Glibc)
            let failure = posix_fallocate(file, 0, off_t(Bounds.ballastBytes))
            guard failure == ENOSPC || failure == EDQUOT else { return true }
            unlink(path)
            return false
        #else
            return true
        #endif
    }

    /// Gives the room up.
    /// - Returns: whether there was any.
    func release() -> Bool { unlink(path) == 0 }
}
