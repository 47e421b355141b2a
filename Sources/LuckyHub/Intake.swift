internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire
internal import Synchronization

/// The notes of what is being looked at (L20): bytes that ended two processes are not decoded a
/// third time. One write a request: what is finished is forgotten with the next note.
///
/// Of many in one note only one may be to blame: what a start finds unfinished is then noted by
/// itself, and only what was alone in its note counts.
final class Intake: Sendable {
    private let suspects: Set<IntakeRow>
    private let deadly: Set<IntakeRow>
    private let finished = Mutex<[IntakeRow]>([])
    /// Suspects are looked into one after the other: of two at once, the end that one makes would
    /// accuse both.
    private let suspectsTurn = NSLock()

    /// Counts this start.
    init(_ storage: any HubStorage) throws {
        let found = try storage.unfinishedIntake()
        let done = try storage.read { rows in
            try found.map(\.row).filter { try rows.changeset($0.dot) != nil }
        }
        if !done.isEmpty { try storage.noteIntake([], finished: done) }
        suspects = Set(found.map(\.row)).subtracting(done)
        deadly = Set(found.filter { $0.starts >= 2 }.map(\.row)).subtracting(done)
    }

    /// Whether two starts found it unfinished, alone in its note.
    func isDeadly(_ row: IntakeRow) -> Bool {
        deadly.contains(row) || Mutant.isOn(.deadlyAtOnce) && suspects.contains(row)
    }

    /// Whether a start found it unfinished.
    func isSuspect(_ row: IntakeRow) -> Bool { suspects.contains(row) }

    /// The rows in order, in the parts that are to be noted together: what a start found unfinished
    /// by itself. One part at least.
    func parts(_ rows: [IntakeRow]) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = rows.startIndex
        for (index, row) in rows.enumerated() where suspects.contains(row) {
            if start < index { parts.append(start..<index) }
            parts.append(index..<index + 1)
            start = index + 1
        }
        if start < rows.endIndex || parts.isEmpty { parts.append(start..<rows.endIndex) }
        return parts
    }

    /// Runs `body` between note and forgetting. Where `body` throws nothing was decided, and
    /// nothing ended the process either: the note goes at once.
    func noting<T>(
        _ rows: [IntakeRow], in storage: any HubStorage, _ body: () throws -> T
    ) throws -> T {
        guard !rows.isEmpty else { return try body() }
        let isSuspected = rows.contains(where: isSuspect)
        if isSuspected { suspectsTurn.lock() }
        defer { if isSuspected { suspectsTurn.unlock() } }
        let old = finished.withLock { list in
            defer { list = [] }
            return list
        }
        try storage.noteIntake(rows, finished: old)
        do {
            let result = try body()
            finished.withLock { $0 += rows }
            return result
        } catch {
            try? storage.noteIntake([], finished: rows)
            throw error
        }
    }

    func flush(_ storage: any HubStorage) throws {
        let old = finished.withLock { list in
            defer { list = [] }
            return list
        }
        if !old.isEmpty { try storage.noteIntake([], finished: old) }
    }
}

extension IntakeRow {
    init(_ envelope: Envelope) {
        self.init(
            dot: envelope.dot, previous: envelope.previous, byteCount: envelope.bytes.count,
            bytesHash: .sha256(envelope.bytes))
    }
}
