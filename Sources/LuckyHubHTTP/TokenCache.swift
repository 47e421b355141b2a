internal import Crypto
internal import LuckyHub

/// Verified tokens by SHA-256, so that the tokens themselves are not kept. Bounded in number and
/// in time, and no longer than a token lives.
struct TokenCache {
    private struct Entry {
        var credential: Credential
        var since: Int64
        var until: Int64
    }

    private let capacity: Int
    private let milliseconds: Int64
    private var entries: [SHA256Digest: Entry] = [:]

    init(capacity: Int, milliseconds: Int64) {
        self.capacity = max(capacity, 1)
        self.milliseconds = max(milliseconds, 0)
    }

    var count: Int { entries.count }

    /// The bearer, unless the entry is too old, or from a time that has not come yet.
    func credential(for digest: SHA256Digest, now: Int64) -> Credential? {
        guard let entry = entries[digest], entry.since <= now, now < entry.until else {
            return nil
        }
        return entry.credential
    }

    /// Remembers a verified token until the earlier of its expiry and the cache's own time.
    mutating func insert(
        _ credential: Credential, for digest: SHA256Digest, expiry: Int64, now: Int64
    ) {
        if entries.count >= capacity, entries[digest] == nil {
            entries = entries.filter { $0.value.since <= now && now < $0.value.until }
            // Still full: start again. Verifying anew costs microseconds, keeping order more.
            if entries.count >= capacity { entries.removeAll(keepingCapacity: true) }
        }
        let (end, overflow) = now.addingReportingOverflow(milliseconds)
        entries[digest] = Entry(
            credential: credential, since: now, until: overflow ? expiry : min(expiry, end))
    }
}
