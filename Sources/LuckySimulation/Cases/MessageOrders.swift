/// In which orders messages in flight may land. Each exchange is a chain of one or two messages
/// (request, then answer); chains interleave freely.
package struct MessageOrders: Sendable {
    /// At each place where messages land: how many each exchange in flight there has.
    package let places: [[Int]]

    package init(places: [[Int]]) { self.places = places }

    /// Every order is played where there are so few messages.
    package static let fewMessages = 5

    private var messages: Int { places.joined().reduce(0, +) }

    /// How many orders there are; at most `Int.max`.
    package var count: Int {
        places.reduce(1) { Self.product($0, Self.interleavings(of: $1)) }
    }

    /// The orders to play: every one where there are ``fewMessages`` or no more than `limit`, else
    /// `limit` distinct ones drawn by the seed.
    /// - Returns: for each order and place, which exchange's next message lands, in turn.
    package func chosen(limit: Int, seed: UInt64) -> [[[Int]]] {
        if messages <= Self.fewMessages || count <= limit { return all() }
        var generator = SeededGenerator(seed: seed)
        var seen: Set<[[Int]]> = []
        var orders: [[[Int]]] = []
        // More than `limit` exist: drawing ends.
        while orders.count < limit {
            let order = places.map { place in
                Self.first(of: place).shuffled(using: &generator)
            }
            if seen.insert(order).inserted { orders.append(order) }
        }
        return orders
    }

    private func all() -> [[[Int]]] {
        places.reduce([[]]) { orders, place in
            let here = Self.permutations(of: place)
            return orders.flatMap { order in here.map { order + [$0] } }
        }
    }

    /// The exchanges one after the other.
    private static func first(of place: [Int]) -> [Int] {
        place.enumerated().flatMap { Array(repeating: $0.offset, count: $0.element) }
    }

    /// Every distinct arrangement, in lexicographic order.
    private static func permutations(of place: [Int]) -> [[Int]] {
        var current = first(of: place)
        var found = [current]
        while let pivot = current.indices.dropLast().last(where: { current[$0] < current[$0 + 1] })
        {
            guard let swap = current.indices.last(where: { current[$0] > current[pivot] })
            else { break }
            current.swapAt(pivot, swap)
            current[(pivot + 1)...].reverse()
            found.append(current)
        }
        return found
    }

    /// (Σ n)! / Π n!, as products of binomials.
    private static func interleavings(of place: [Int]) -> Int {
        var total = 0
        return place.reduce(1) { result, count in
            var result = result
            for step in 0..<count {
                total += 1
                result = product(result, total)
                if result == .max { return .max }
                result /= step + 1
            }
            return result
        }
    }

    private static func product(_ a: Int, _ b: Int) -> Int {
        let (result, overflow) = a.multipliedReportingOverflow(by: b)
        return overflow ? .max : result
    }
}
