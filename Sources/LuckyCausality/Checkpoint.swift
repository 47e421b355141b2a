public import LuckyModel

/// A position in one depot's log: the sync position, never a time (L22).
public struct Checkpoint: Hashable, Sendable {
    /// Which history the sequence counts in; another one's positions mean nothing here.
    public var history: HistoryID
    /// Whose log it is: at most 128 bytes of UTF-8.
    public var depot: Identifier
    /// Of the last log row whose effect is applied; 0 before the first.
    public var sequence: UInt64
    /// 64 random bits stored with that log row: another history that reached the same number has
    /// another tag.
    public var tag: UInt64

    /// Takes a position as it is; nothing is checked.
    public init(history: HistoryID, depot: Identifier, sequence: UInt64, tag: UInt64) {
        self.history = history
        self.depot = depot
        self.sequence = sequence
        self.tag = tag
    }
}
