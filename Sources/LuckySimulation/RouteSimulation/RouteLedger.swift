internal import LuckyModel

/// What the driver did, written down outside of everything that is simulated: it knows of each tap
/// when it was made, when the phone said that it was saved, and when the phone said that the hub had
/// it. The books are compared with it at the end.
struct RouteLedger {
    struct Tap: Sendable {
        var change: ChangeID
        var entity: EntityID
        var facts: [Fact]
        /// Unix milliseconds.
        var at: Int64
        var savedAt: Int64
        var receivedAt: Int64?
        /// Which phone it was made on.
        var device: String
        /// Which stop, by its place in the route; nil: none.
        var stop: Int?
    }

    private(set) var taps: [Tap] = []
    private var places: [ChangeID: Int] = [:]
    private var pending: [String: Set<Int>] = [:]

    subscript(change: ChangeID) -> Tap? { places[change].map { taps[$0] } }

    /// How many taps no phone has a receipt for.
    var waiting: Int { pending.values.reduce(0) { $0 + $1.count } }

    func waiting(on device: String) -> Int { pending[device]?.count ?? 0 }

    mutating func note(_ tap: Tap) {
        places[tap.change] = taps.count
        pending[tap.device, default: []].insert(taps.count)
        taps.append(tap)
    }

    /// What a phone's outbox holds now: what left it was received.
    mutating func see(pending changes: [ChangeID], on device: String, at now: Int64) {
        let left = Set(changes.compactMap { places[$0] })
        for place in (pending[device] ?? []).subtracting(left).sorted() {
            taps[place].receivedAt = now
        }
        pending[device] = (pending[device] ?? []).intersection(left)
    }
}
