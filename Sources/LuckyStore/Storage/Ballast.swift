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

    /// Takes the room again; false where the disk has not all of it. What is kept already stays.
    @discardableResult
    func make(_ bytes: Int = Bounds.ballastBytes) -> Bool {
        let kept = calls.status(path)?.size
        if let kept, kept >= bytes { return true }
        let file = calls.open(path, O_CREAT | O_WRONLY)
        guard file >= 0 else { return errno != ENOSPC && errno != EDQUOT }
        defer { calls.close(file) }
        let failure = calls.allocate(file, Int64(bytes))
        guard failure == ENOSPC || failure == EDQUOT else { return true }
        if kept == nil { _ = calls.unlink(path) }
        return false
    }

    /// Gives the room up.
    /// - Returns: whether there was any.
    func release() -> Bool { calls.unlink(path) }

    /// Gives up what is beyond so many bytes of it.
    /// - Returns: whether there was any.
    func lend(leaving bytes: Int) -> Bool {
        guard let kept = calls.status(path)?.size, kept > bytes else { return false }
        return release() && (bytes == 0 || make(bytes))
    }

    /// Does what may take much, on a full disk in the room kept for such a day: in half of it, so that
    /// the next taps have theirs; in all of it where there would be no store to tap on otherwise.
    func lendMuch(for body: () throws(StoreError) -> Void) throws(StoreError) {
        var rests = [Bounds.tapBallastBytes, 0][...]
        while true {
            do { return try body() } catch {
                guard error == .diskFull else { throw error }
                var isLent = false
                while !isLent, let rest = rests.popFirst() { isLent = lend(leaving: rest) }
                guard isLent else { throw error }
            }
        }
    }

    /// Does what takes a block or two, on a full disk at the ballast's cost.
    func lend(for body: () throws(StoreError) -> Void) throws(StoreError) {
        do {
            try body()
        } catch {
            let kept = calls.status(path).map { Int(clamping: $0.size) } ?? 0
            guard error == .diskFull, lend(leaving: max(0, kept - Self.blocks)) else { throw error }
            try body()
        }
    }

    private static let blocks = 65_536
}
