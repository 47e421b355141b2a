internal import Foundation
internal import LuckyModel
internal import Synchronization

/// Whether a hub file is the one that its last process left behind (L26), by a file beside it.
///
/// That file holds nonces, one of which equals the one in the database and all of which change at
/// every start, and above them the *mark*: the log's last sequence and tag as of the last commit.
/// A copy put back has an old nonce, or a log that lacks the mark.
final class Continuity: Sendable {
    /// Path of the database file and `.nonce`.
    private let path: String
    private let open = Mutex(OpenFile())

    /// Where the mark is rewritten in place.
    private struct OpenFile {
        var descriptor: Int32?
        /// Of the mark in it.
        var sequence: UInt64 = 0
    }

    init(beside path: String) { self.path = path + ".nonce" }

    /// Whether the file has `nonce`, and the log has the mark. It may be further on.
    func proves(_ nonce: String, _ tagAt: (UInt64) throws -> UInt64?) rethrows -> Bool {
        guard !nonce.isEmpty, let data = FileManager.default.contents(atPath: path) else {
            return false
        }
        let lines = data.split(separator: UInt8(ascii: "\n"))
        guard let mark = lines.first.flatMap(Self.mark),
            lines.dropFirst().contains(where: { $0.elementsEqual(nonce.utf8) })
        else { return false }
        if mark.sequence == 0 { return mark.tag == LogRow.originTag }
        return try tagAt(mark.sequence) == mark.tag
    }

    /// Replaces the file, durably: first with the old and the new nonce, then, when the database
    /// has the new one, with that alone. A crash between the two leaves a pair that still fits.
    func save(_ nonces: [String], end: LogRow?) throws {
        let temporary = path + ".new"
        let descriptor = Foundation.open(
            temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure() }
        var isKept = false
        defer { if !isKept { close(descriptor) } }
        let (sequence, tag) = (end?.sequence ?? 0, end?.tag ?? LogRow.originTag)
        let bytes = Self.line(sequence, tag) + Array(nonces.joined(separator: "\n").utf8)
        guard write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0,
            rename(temporary, path) == 0
        else { throw failure() }
        let folder = Foundation.open(
            URL(fileURLWithPath: path).deletingLastPathComponent().path, O_RDONLY | O_CLOEXEC)
        guard folder >= 0 else { throw failure() }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure() }
        release()
        open.withLock { $0 = OpenFile(descriptor: descriptor, sequence: sequence) }
        isKept = true
    }

    /// Moves the mark after a commit, before anyone hears of it. Not synced: it survives the
    /// process, and a power cut leaves an older one, which the log has too.
    func mark(_ sequence: UInt64, _ tag: UInt64) throws {
        try open.withLock { file in
            guard let descriptor = file.descriptor, sequence > file.sequence else { return }
            let bytes = Self.line(sequence, tag)
            guard pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else { throw failure() }
            file.sequence = sequence
        }
    }

    func release() {
        open.withLock { file in
            if let descriptor = file.descriptor { close(descriptor) }
            file.descriptor = nil
        }
    }

    deinit { release() }

    // MARK: The mark's line

    /// 16 + 16 hexadecimal digits: always the same length.
    private static func line(_ sequence: UInt64, _ tag: UInt64) -> [UInt8] {
        let digits = [sequence, tag].map { value in
            let short = String(value, radix: 16)
            return String(repeating: "0", count: 16 - short.count) + short
        }
        return Array((digits.joined(separator: " ") + "\n").utf8)
    }

    private static func mark(_ line: Data) -> (sequence: UInt64, tag: UInt64)? {
        let parts = line.split(separator: UInt8(ascii: " ")).map {
            UInt64(String(decoding: $0, as: UTF8.self), radix: 16)
        }
        guard parts.count == 2, let sequence = parts.first ?? nil, let tag = parts.last ?? nil
        else { return nil }
        return (sequence, tag)
    }

    private func failure() -> HubOpenError {
        .unusable("\(path): \(String(cString: strerror(errno)))")
    }
}
