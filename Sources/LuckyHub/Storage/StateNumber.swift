internal import Synchronization

/// Tells what the rows say now from what they said before: a number that goes on with each
/// transaction that may change them, whatever comes of it.
///
/// Odd while one is under way. Who finds the same number before and after it read has read the state
/// of that number, and of no other.
final class StateNumber: Sendable {
    private let number = Atomic<UInt64>(0)
    private let isClosed = Atomic(false)

    /// Nil while the rows may be changing, and once nobody can read them.
    var current: UInt64? {
        let number = number.load(ordering: .sequentiallyConsistent)
        return number.isMultiple(of: 2) && !isClosed.load(ordering: .acquiring) ? number : nil
    }

    /// To be called by one at a time.
    func changing<T>(_ body: () throws -> T) rethrows -> T {
        number.add(1, ordering: .sequentiallyConsistent)
        defer { number.add(1, ordering: .sequentiallyConsistent) }
        return try body()
    }

    func close() { isClosed.store(true, ordering: .releasing) }
}
