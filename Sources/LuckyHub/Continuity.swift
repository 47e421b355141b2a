internal import Foundation
internal import LuckyFiles
internal import LuckyModel
internal import Synchronization

/// Whether a hub file is the one that its last process left behind (L26), by a file beside it.
///
/// That file holds nonces, one of which equals the one in the database and all of which change at
/// every start, and above them the *mark*: as of the last commit, the log's last sequence and tag,
/// and how many transactions gave receipts. A copy put back has an old nonce, or a log that lacks
/// the mark, or fewer receipts.
final class Continuity: Sendable {
    /// Path of the database file and `.nonce`.
    private let path: String
    private let files: any FileCalls
    private let open = Mutex(OpenFile())

    /// Where the mark is rewritten in place.
    private struct OpenFile {
        var descriptor: Int32?
        /// In it.
        var mark = Mark()
    }

    /// Where a log stands.
    struct Mark: Hashable, Sendable {
        var sequence: UInt64 = 0
        var tag: UInt64 = LogRow.originTag
        /// Transactions that gave receipts.
        var receipts: UInt64 = 0
    }

    init(beside path: String, _ files: any FileCalls) {
        self.path = path + ".nonce"
        self.files = files
    }

    /// Whether the file has `nonce`, and the database has the mark. It may be further on.
    func proves(
        _ nonce: String, receipts: UInt64, _ tagAt: (UInt64) throws -> UInt64?
    ) rethrows -> Bool {
        guard !nonce.isEmpty, let data = files.contents(path) else { return false }
        let lines = data.split(separator: UInt8(ascii: "\n"))
        guard let mark = lines.first.flatMap(Self.mark),
            lines.dropFirst().contains(where: { $0.elementsEqual(nonce.utf8) })
        else { return false }
        guard receipts >= mark.receipts else { return false }
        if mark.sequence == 0 { return mark.tag == LogRow.originTag }
        return try tagAt(mark.sequence) == mark.tag
    }

    /// Replaces the file, durably: first with the old and the new nonce, then, when the database
    /// has the new one, with that alone. A crash between the two leaves a pair that still fits.
    func save(_ nonces: [String], _ mark: Mark) throws {
        let temporary = path + ".new"
        let descriptor = files.open(temporary, O_WRONLY | O_CREAT | O_TRUNC)
        guard descriptor >= 0 else { throw failure() }
        var isKept = false
        defer { if !isKept { files.close(descriptor) } }
        do {
            try files.writeAll(
                mark.line + Array(nonces.joined(separator: "\n").utf8), to: descriptor, temporary)
            guard files.sync(descriptor) else { throw failure() }
            try files.move(temporary, to: path)
        } catch let failure as FileFailure {
            throw HubOpenError(failure)
        }
        release()
        open.withLock { $0 = OpenFile(descriptor: descriptor, mark: mark) }
        isKept = true
    }

    /// Moves the mark after a commit, before anyone hears of it. Not synced: it survives the
    /// process, and a power cut leaves an older one, which the log has too.
    func mark(_ mark: Mark) throws {
        try open.withLock { file in
            guard let descriptor = file.descriptor, mark != file.mark,
                mark.sequence >= file.mark.sequence, mark.receipts >= file.mark.receipts
            else { return }
            let bytes = mark.line
            let count = bytes.withUnsafeBytes { files.write(descriptor, $0, at: 0) }
            guard count == bytes.count else { throw failure() }
            file.mark = mark
        }
    }

    func release() {
        open.withLock { file in
            if let descriptor = file.descriptor { files.close(descriptor) }
            file.descriptor = nil
        }
    }

    deinit { release() }

    /// Without a count of receipts where an older build wrote it.
    private static func mark(_ line: ArraySlice<UInt8>) -> Mark? {
        let parts = line.split(separator: UInt8(ascii: " ")).map {
            UInt64(String(decoding: $0, as: UTF8.self), radix: 16)
        }
        guard (2...3).contains(parts.count), let sequence = parts[0], let tag = parts[1] else {
            return nil
        }
        guard parts.count == 3 else { return Mark(sequence: sequence, tag: tag, receipts: 0) }
        return parts[2].map { Mark(sequence: sequence, tag: tag, receipts: $0) }
    }

    private func failure() -> HubOpenError {
        HubOpenError(files.failure(path))
    }
}

extension Continuity.Mark {
    /// As of one snapshot.
    init(_ rows: any HubRows) throws {
        let end = try rows.logEnd()
        self.init(
            sequence: end?.sequence ?? 0, tag: end?.tag ?? LogRow.originTag,
            receipts: try rows.receiptCount())
    }

    /// Three times 16 hexadecimal digits: always the same length.
    fileprivate var line: [UInt8] {
        let digits = [sequence, tag, receipts].map { value in
            let short = String(value, radix: 16)
            return String(repeating: "0", count: 16 - short.count) + short
        }
        return Array((digits.joined(separator: " ") + "\n").utf8)
    }
}
