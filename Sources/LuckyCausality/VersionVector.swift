internal import LuckyModel

/// Replica → highest counter: what of each replica is known. A missing replica counts as 0.
///
/// The canonical form is sorted by replica, without zeros; it is the only form that exists.
/// ```swift
/// let seen: VersionVector = [phone: 3, hub: 7]
/// seen.covers(Dot(phone, 3))       // true
/// seen.compare([phone: 4])         // .concurrent
/// ```
public struct VersionVector: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// One replica's place in the vector.
    public struct Entry: Hashable, Sendable {
        /// Whose changesets are counted.
        public let replica: ReplicaID
        /// The highest counter known of it; in a vector from 1, below ``Dot/counterLimit``.
        public let counter: UInt64

        /// Takes both as they are; ``VersionVector/init(canonical:)`` checks the range.
        public init(replica: ReplicaID, counter: UInt64) {
            self.replica = replica
            self.counter = counter
        }
    }

    /// How one vector relates to another.
    public enum Order: Hashable, Sendable { case equal, before, after, concurrent }

    /// Sorted by replica, each once, no zero counter.
    public private(set) var entries: [Entry] = []

    /// The empty vector: nothing is known.
    public init() {}

    /// In any order; of a repeated replica the highest counter stands, zeros are dropped.
    public init(dictionaryLiteral elements: (ReplicaID, UInt64)...) {
        for (replica, counter) in elements { raise(replica, to: counter) }
    }

    /// From entries in canonical order; nil where a replica is repeated or out of order, or a
    /// counter is zero or not below ``Dot/counterLimit``.
    public init?(canonical entries: [Entry]) {
        for (index, entry) in entries.enumerated() {
            guard entry.counter > 0, entry.counter < Dot.counterLimit else { return nil }
            if index > 0, entries[index - 1].replica >= entry.replica { return nil }
        }
        self.entries = entries
    }

    /// Whether nothing at all is known.
    public var isEmpty: Bool { entries.isEmpty }

    /// The highest counter known of a replica; 0 where nothing is.
    public subscript(replica: ReplicaID) -> UInt64 {
        let index = position(of: replica)
        return index < entries.count && entries[index].replica == replica
            ? entries[index].counter : 0
    }

    /// Whether the changeset, and so all before it of its replica, is known.
    public func covers(_ dot: Dot) -> Bool {
        if Mutant.isOn(.lastIsUnseen) { return self[dot.replica] > dot.counter }
        return self[dot.replica] >= dot.counter
    }

    /// Makes the counter at least this high; never lowers it.
    public mutating func raise(_ replica: ReplicaID, to counter: UInt64) {
        guard counter > 0 else { return }
        let index = position(of: replica)
        if index < entries.count, entries[index].replica == replica {
            if entries[index].counter < counter {
                entries[index] = Entry(replica: replica, counter: counter)
            }
        } else {
            entries.insert(Entry(replica: replica, counter: counter), at: index)
        }
    }

    /// Counts the changeset, and all before it of its replica, as known.
    public mutating func add(_ dot: Dot) { raise(dot.replica, to: dot.counter) }

    /// The least vector that covers both.
    public mutating func merge(_ other: VersionVector) {
        guard !covers(other) else { return }
        var merged: [Entry] = []
        merged.reserveCapacity(entries.count + other.entries.count)
        var theirs = other.entries[...]
        for ours in entries {
            while let next = theirs.first, next.replica < ours.replica {
                merged.append(next)
                theirs.removeFirst()
            }
            if let next = theirs.first, next.replica == ours.replica {
                merged.append(next.counter > ours.counter ? next : ours)
                theirs.removeFirst()
            } else {
                merged.append(ours)
            }
        }
        entries = merged + theirs
    }

    /// The least vector that covers both, as a copy.
    public func merging(_ other: VersionVector) -> VersionVector {
        var merged = self
        merged.merge(other)
        return merged
    }

    /// Whether everything that `other` knows is known here.
    public func covers(_ other: VersionVector) -> Bool {
        other.entries.allSatisfy { self[$0.replica] >= $0.counter }
    }

    /// How this vector stands to `other`: ``Order/before`` where `other` knows more.
    public func compare(_ other: VersionVector) -> Order {
        switch (covers(other), other.covers(self)) {
        case (true, true): .equal
        case (true, false): .after
        case (false, true): .before
        case (false, false): .concurrent
        }
    }

    /// What this vector knows beyond `other`: the entries that are higher here.
    public func beyond(_ other: VersionVector) -> VersionVector {
        var rest = VersionVector()
        rest.entries = entries.filter { $0.counter > other[$0.replica] }
        return rest
    }

    /// The first index whose replica is not below `replica`.
    private func position(of replica: ReplicaID) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].replica < replica { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
