internal import LuckyFiles
internal import LuckyModel

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// Room kept free beside the store: when the disk is full it is given up, so that what happened at
/// a doorstep can still be saved (L16).
struct Ballast {
    static let suffix = ".ballast"
    let path: String
    private let calls: any FileCalls

    init(beside path: String, _ files: Files) {
        self.path = path + Self.suffix
        calls = files.calls
    }

    var isThere: Bool { calls.status(path) != nil }

    /// Takes the room again; false where the disk has none.
    @discardableResult
    func make() -> Bool {
        if isThere { return true }
        let file = calls.open(path, O_CREAT | O_EXCL | O_WRONLY)
        guard file >= 0 else { return errno != ENOSPC && errno != EDQUOT }
        defer { calls.close(file) }
        let failure = calls.allocate(file, Int64(Bounds.ballastBytes))
        guard failure == ENOSPC || failure == EDQUOT else { return true }
        _ = calls.unlink(path)
        return false
    }

    /// Gives the room up.
    /// - Returns: whether there was any.
    func release() -> Bool { calls.unlink(path) }
}
