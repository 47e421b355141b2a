internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire
internal import Synchronization

/// What was accepted lately, by the bytes that came: a phone that heard no answer sends them again,
/// and gets its receipts without the rows being read, each of which has all of its bytes in it.
///
/// Of an accepted dot neither hash nor place nor time ever changes (L18), so that nothing here is
/// ever to be taken back. A snapshot hears only of places that it has itself. Bytes are told apart
/// by a SHA-256 that is made here, whatever they say of themselves; nothing personal is kept.
final class RecentReceipts: Sendable {
    private let halves: Mutex<Halves<Dot, Entry>>

    struct Entry: Hashable, Sendable {
        /// SHA-256 of the envelope's bytes.
        var bytesHash: Hash256
        /// As it was given: the backup mark goes on.
        var receipt: Receipt
        /// Its place in the depot's log.
        var sequence: UInt64
    }

    /// - Parameter receipts: how many it holds at most.
    init(receipts: Int = Bounds.recentReceipts) { halves = Mutex(Halves(limit: receipts)) }

    /// - Parameter end: the last place of the log in the snapshot that asks.
    /// - Returns: nil where the rows are to be asked.
    func entry(of dot: Dot, upTo end: UInt64) -> Entry? {
        let known = halves.withLock { $0[dot] }
        return known.flatMap { $0.sequence <= end ? $0 : nil }
    }

    /// To be called once the commit behind them is told.
    /// - Parameters:
    ///   - receipts: one for each envelope from the front.
    ///   - notes: of the envelopes.
    func keep(
        _ receipts: [Receipt], of envelopes: ArraySlice<Envelope>, _ notes: ArraySlice<IntakeRow>
    ) {
        halves.withLock { halves in
            for ((receipt, envelope), note) in zip(zip(receipts, envelopes), notes) {
                guard receipt.result == .accepted, receipt.hash == envelope.hash,
                    let sequence = receipt.sequences.first?.sequence
                else { continue }
                halves.put(
                    Entry(bytesHash: note.bytesHash, receipt: receipt, sequence: sequence),
                    envelope.dot)
            }
        }
    }

    /// For a comparison with the rows.
    var all: [Dot: Entry] { halves.withLock { $0.all } }
}

extension Hub {
    /// The receipts of those at the front that got one before: same dot, same hash, the same receipt
    /// again (L18). The same bytes have the same hash; they are compared, and nothing in them is
    /// looked at, so that nothing is noted of them either. The first that is new or another ends the
    /// row.
    /// - Parameter names: of the changesets, all of one replica.
    func receiptsGiven(
        _ changesets: [[UInt8]], _ names: [EnvelopeName], in rows: any HubRows
    ) throws -> [Receipt] {
        guard let replica = names.first?.dot.replica else { return [] }
        let end = try rows.logEnd()?.sequence ?? 0
        // It asks the file system: once, where something is at hand.
        lazy var mark = backups?.mark(of: replica) ?? 0
        var receipts: [Receipt] = []
        for (bytes, name) in zip(changesets, names) {
            if let receipt = recentReceipt(of: name.dot, bytes, upTo: end, backupMark: mark) {
                receipts.append(receipt)
                continue
            }
            guard let known = try rows.changeset(name.dot) else { break }
            // What was redacted meanwhile comes with other bytes and the same hash.
            let isSame = known.bytes == bytes || known.hash == (try? Envelope(reading: bytes).hash)
            guard isSame else { break }
            receipts.append(try receipt(for: known, backupMark: mark, in: rows))
        }
        return receipts
    }

    /// - Parameters:
    ///   - end: the last place of the log in the snapshot.
    ///   - backupMark: of the dot's replica, now; asked for where there is a receipt.
    func recentReceipt(
        of dot: Dot, _ bytes: [UInt8], upTo end: UInt64,
        backupMark: @autoclosure () -> UInt64
    ) -> Receipt? {
        guard let known = recentReceipts.entry(of: dot, upTo: end),
            known.bytesHash == .sha256(bytes)
        else { return nil }
        var receipt = known.receipt
        receipt.backupMark = backupMark()
        return receipt
    }

    /// The hash that the hub has under a dot; nil: none.
    func hash(of dot: Dot, in rows: any HubRows) throws -> Hash256? {
        let end = try rows.logEnd()?.sequence ?? 0
        return try recentReceipts.entry(of: dot, upTo: end)?.receipt.hash
            ?? rows.changeset(dot)?.hash
    }
}
