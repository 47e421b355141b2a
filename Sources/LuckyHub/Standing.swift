internal import LuckyModel
internal import LuckyWire
internal import Synchronization

/// How far a hub's log had come when it told a device something, in the hub's own code (L22, L26).
///
/// A device keeps it with what it was told, and shows it with each request. A log that lacks what
/// it speaks of was put back to before it: in the same history by place, tag and count of receipts;
/// in an earlier one because it names that as over. A page may run ahead of its checkpoint, and a
/// receipt stands beside it: neither does the checkpoint prove, this does. Nobody without the
/// database's key can make one.
///
/// Of each earlier history it says where that was left: a log of it which has that place was not
/// put back, but goes on beside the one that said so.
///
/// Bytes: the code over the rest, 16; then of its own history and of earlier ones, the latest
/// first, 48 each: history, 16; sequence, tag, receipts and zeros, 8 each.
struct Standing: Hashable, Sendable {
    var history: HistoryID
    var mark: Continuity.Mark
    /// Histories that were over by then, the latest first.
    var past: [Past]

    /// A history that was left.
    struct Past: Hashable, Sendable {
        var history: HistoryID
        /// The farthest place at which it is known to have been.
        var end: Continuity.Mark
    }

    /// What it says of a log.
    enum Verdict: Hashable, Sendable {
        case nothing
        /// The log lacks a place that was told: it was put back to before it.
        case putBack
        /// The log goes on in a history that another hub left, which began from a copy of it.
        case parallel
    }

    init(history: HistoryID, mark: Continuity.Mark, past: [Past]) {
        self.history = history
        self.mark = mark
        self.past = past
    }

    /// What this database made, under this key; nil for anything else.
    init?(reading bytes: [UInt8], key: [UInt8]) {
        let rest = Array(bytes.dropFirst(Self.codeBytes))
        guard !rest.isEmpty, rest.count.isMultiple(of: Self.entryBytes),
            bytes.prefix(Self.codeBytes).elementsEqual(Self.code(over: rest, key))
        else { return nil }
        let entries = stride(from: 0, to: rest.count, by: Self.entryBytes).compactMap {
            Past(reading: rest[$0..<$0 + Self.entryBytes])
        }
        guard entries.count * Self.entryBytes == rest.count, let own = entries.first else {
            return nil
        }
        self.init(history: own.history, mark: own.end, past: Array(entries.dropFirst()))
    }

    func bytes(key: [UInt8]) -> [UInt8] {
        let rest = ([Past(history: history, end: mark)] + past).flatMap(\.bytes)
        return Self.code(over: rest, key) + rest
    }

    /// - Parameter rows: of a log of this history, as it is now.
    func verdict(on history: HistoryID, _ rows: any HubRows) throws -> Verdict {
        if self.history == history { return try rows.has(mark) ? .nothing : .putBack }
        guard let left = past.first(where: { $0.history == history }) else { return .nothing }
        return try rows.has(left.end) ? .parallel : .putBack
    }

    private static let codeBytes = 16
    private static let entryBytes = 48

    private static func code(over rest: [UInt8], _ key: [UInt8]) -> ArraySlice<UInt8> {
        var code = AuthenticationCode(key: key)
        code.add(Array("lucky-standing/2".utf8))
        code.add(rest)
        return code.value.bytes.prefix(codeBytes)
    }
}

extension Standing.Past {
    fileprivate init?(reading bytes: ArraySlice<UInt8>) {
        let groups = stride(from: bytes.startIndex, to: bytes.endIndex, by: 16).compactMap {
            HistoryID(bytes: bytes[$0..<$0 + 16])
        }
        guard groups.count == 3 else { return nil }
        history = groups[0]
        end = Continuity.Mark(
            sequence: groups[1].high, tag: groups[1].low, receipts: groups[2].high)
    }

    fileprivate var bytes: [UInt8] {
        let place = HistoryID(high: end.sequence, low: end.tag)
        return history.bytes + place.bytes + HistoryID(high: end.receipts, low: 0).bytes
    }
}

extension HubRows {
    /// Whether the log has a place, and gave as many receipts. It may be further on.
    fileprivate func has(_ mark: Continuity.Mark) throws -> Bool {
        guard try receiptCount() >= mark.receipts else { return false }
        let tag = mark.sequence == 0 ? LogRow.originTag : try log(sequence: mark.sequence)?.tag
        return tag == mark.tag
    }
}

extension Hub {
    /// What a device is told with receipts or a page: as of their snapshot or later.
    func standing(_ rows: any HubRows) throws -> [UInt8] {
        let standing = Standing(
            history: history, mark: try Continuity.Mark(rows),
            past: try rows.pastHistories(limit: Bounds.pastHistories))
        return lastStanding.bytes(of: standing, key: tags.key)
    }
}

/// The last standing that was told, in the hub's code: until something is written the next is the
/// same.
final class LastStanding: Sendable {
    private let last = Mutex<(standing: Standing, bytes: [UInt8])?>(nil)

    /// - Parameter key: always the same.
    func bytes(of standing: Standing, key: [UInt8]) -> [UInt8] {
        last.withLock { last in
            if let last, last.standing == standing { return last.bytes }
            let bytes = standing.bytes(key: key)
            last = (standing, bytes)
            return bytes
        }
    }
}
