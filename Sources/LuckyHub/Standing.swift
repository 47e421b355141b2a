internal import LuckyModel
internal import LuckyWire

/// How far a hub's log had come when it told a device something, in the hub's own code (L22, L26).
///
/// A device keeps it with what it was told, and shows it with each request. A log that lacks what
/// it speaks of was put back to before it: in the same history by place, tag and count of receipts;
/// in an earlier one because it names that as over. A page may run ahead of its checkpoint, and a
/// receipt stands beside it: neither does the checkpoint prove, this does. Nobody without the
/// database's key can make one.
///
/// Bytes, in groups of 16: the code over the rest; history; sequence and tag; receipts and zeros;
/// earlier histories, the latest first.
struct Standing: Hashable, Sendable {
    var history: HistoryID
    var mark: Continuity.Mark
    /// Histories that were over by then, the latest first.
    var past: [HistoryID]

    init(history: HistoryID, mark: Continuity.Mark, past: [HistoryID]) {
        self.history = history
        self.mark = mark
        self.past = past
    }

    /// What this database made, under this key; nil for anything else.
    init?(reading bytes: [UInt8], key: [UInt8]) {
        guard bytes.count >= Self.leastBytes, bytes.count.isMultiple(of: Self.group) else {
            return nil
        }
        let rest = Array(bytes.dropFirst(Self.group))
        guard bytes.prefix(Self.group).elementsEqual(Self.code(over: rest, key)) else { return nil }
        let groups = stride(from: 0, to: rest.count, by: Self.group).compactMap {
            HistoryID(bytes: rest[$0..<$0 + Self.group])
        }
        guard groups.count * Self.group == rest.count else { return nil }
        self.init(
            history: groups[0],
            mark: Continuity.Mark(
                sequence: groups[1].high, tag: groups[1].low, receipts: groups[2].high),
            past: Array(groups.dropFirst(3)))
    }

    func bytes(key: [UInt8]) -> [UInt8] {
        let place = HistoryID(high: mark.sequence, low: mark.tag)
        let count = HistoryID(high: mark.receipts, low: 0)
        let rest = ([history, place, count] + past).flatMap(\.bytes)
        return Self.code(over: rest, key) + rest
    }

    /// Whether a log of this history, as its rows are now, was put back to before it.
    func disproves(_ history: HistoryID, _ rows: any HubRows) throws -> Bool {
        guard self.history == history else { return past.contains(history) }
        guard try rows.receiptCount() >= mark.receipts else { return true }
        let tag =
            mark.sequence == 0 ? LogRow.originTag : try rows.log(sequence: mark.sequence)?.tag
        return tag != mark.tag
    }

    private static let group = 16
    private static let leastBytes = 4 * group

    private static func code(over rest: [UInt8], _ key: [UInt8]) -> ArraySlice<UInt8> {
        Hash256.authenticationCode(over: [Array("lucky-standing/1".utf8), rest], key: key)
            .bytes.prefix(group)
    }
}

extension Hub {
    /// What a device is told with receipts or a page: as of their snapshot or later.
    func standing(_ rows: any HubRows) throws -> [UInt8] {
        Standing(
            history: history, mark: try Continuity.Mark(rows),
            past: try rows.pastHistories(limit: Bounds.pastHistories)
        ).bytes(key: tags.key)
    }
}
