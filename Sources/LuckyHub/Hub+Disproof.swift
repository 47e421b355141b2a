internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire
internal import Synchronization

// A device showed that this log was put back to an earlier state (L22, L26).
extension Hub {
    /// Whether a checkpoint that the log does not have was given by this hub nevertheless.
    func hasGiven(_ checkpoint: Checkpoint) -> Bool {
        checkpoint.sequence > 0 && tags.isOwn(checkpoint.tag, at: checkpoint.sequence)
    }

    /// Ends the history: dots and places after where the log was put back to are known outside by
    /// another content. The mark is durable before anybody hears of it; the next open mints a new
    /// history, as after a restore.
    /// - Parameters:
    ///   - told: what showed it; nil: a checkpoint.
    ///   - checkpoint: this hub's own, whose place the log does not have.
    func disprove(
        _ told: Standing?, _ checkpoint: Checkpoint?, by replica: ReplicaID, at now: Int64
    ) throws {
        committing.lock()
        defer { committing.unlock() }
        try storage.write { rows in
            try rows.raise(.rolledBack, by: replica, at: now)
            try rows.markDisproved()
            try note(told, in: rows)
            if let checkpoint {
                let end = Continuity.Mark(sequence: checkpoint.sequence, tag: checkpoint.tag)
                try rows.note(past: [Standing.Past(history: history, end: end)])
            }
        }
        disproved.store(true, ordering: .releasing)
    }

    /// A history that this database does not know was begun by one that had its key: where this one
    /// follows it, and is told to devices as the later one, that one put back will learn it.
    func note(_ told: Standing?, in rows: any HubTransaction) throws {
        guard let told else { return }
        try rows.note(past: [Standing.Past(history: told.history, end: told.mark)] + told.past)
    }

    /// False once a device showed that the log was put back: then nothing more is taken or given
    /// until the hub was opened again.
    public var isTrusted: Bool { !disproved.load(ordering: .acquiring) }

    /// - Throws: 503 `history_disproved`.
    func requireTrust() throws(HubRefusal) {
        guard isTrusted else { throw .historyDisproved }
    }
}

extension HubRefusal {
    static let historyDisproved = HubRefusal(
        status: 503, code: "history_disproved",
        message: "The hub's file was put back to an earlier state; it begins a new history.")
}
