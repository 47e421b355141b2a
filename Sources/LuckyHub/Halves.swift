/// What is kept at hand of much: what came first goes first, by halves.
struct Halves<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private var young: [Key: Value] = [:]
    private var old: [Key: Value] = [:]
    private var weight = 0
    private let limit: Int

    /// - Parameter limit: how much it holds at most, by the weights of what is put there.
    init(limit: Int) { self.limit = max(1, limit / 2) }

    subscript(key: Key) -> Value? { young[key] ?? old[key] }

    mutating func put(_ value: Value, _ key: Key, weight: Int = 1) {
        guard weight <= limit else { return }
        if self.weight + weight > limit {
            (old, young, self.weight) = (young, [:], 0)
        }
        young[key] = value
        self.weight += weight
    }

    var all: [Key: Value] { old.merging(young) { $1 } }
}
