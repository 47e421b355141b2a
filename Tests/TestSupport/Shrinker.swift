/// Makes a failing history short: halves are left out first, then ever smaller parts, down to
/// single steps, for as long as what is left still fails.
///
/// A step must mean something whatever stood before it: numbers that count modulo what there is.
public enum Shrinker {
    /// - Parameters:
    ///   - tries: how often `fails` is asked at most.
    ///   - fails: why a history fails; nil where it passes.
    /// - Returns: the shortest failing history found, and why it fails; nil where `steps` passes.
    public static func shortest<Step>(
        _ steps: [Step], tries: Int = 2_000, fails: ([Step]) -> String?
    ) -> (steps: [Step], reason: String)? {
        guard var reason = fails(steps) else { return nil }
        var steps = steps
        var tries = tries
        var length = max(1, steps.count / 2)
        while true {
            var isShorter = false
            var start = 0
            while start < steps.count, tries > 0 {
                let end = min(start + length, steps.count)
                let rest = Array(steps[..<start] + steps[end...])
                tries -= 1
                if let why = fails(rest) {
                    (steps, reason, isShorter) = (rest, why, true)
                } else {
                    start = end
                }
            }
            // One by one until nothing more can go: a step may have needed a later one.
            if tries == 0 || (length == 1 && !isShorter) { return (steps, reason) }
            length = max(1, length / 2)
        }
    }
}

/// A law that did not hold.
public struct BrokenLaw: Error, CustomStringConvertible {
    /// Which one.
    public let description: String

    public init(description: String) { self.description = description }
}

/// Throws where a law does not hold. Not an expectation: a history is checked again and again while
/// it is made short, and only the last failure is to be reported.
public func hold(_ holds: Bool, _ law: @autoclosure () -> String) throws {
    if !holds { throw BrokenLaw(description: law()) }
}

/// A history that broke a law, as short as the shrinker found.
public struct BrokenHistory: Error, CustomStringConvertible {
    /// Why, the seed, and the steps that are left.
    public let description: String
}

extension Budget {
    /// Runs random histories; the first that fails is made short and thrown, and its seed printed.
    /// - Parameter check: throws plain errors (``hold(_:_:)``); `#require` would report each try.
    public func runHistories<Step>(
        draw: (inout SeededGenerator) throws -> [Step], check: ([Step]) throws -> Void
    ) throws {
        try run { generator in
            let drawn = try draw(&generator)
            let short = Shrinker.shortest(drawn) { steps in
                do {
                    try check(steps)
                    return nil
                } catch {
                    return "\(error)"
                }
            }
            guard let short else { return }
            let lines = short.steps.map { "  \($0)" }.joined(separator: "\n")
            throw BrokenHistory(
                description: """
                    \(short.reason)
                    \(generator), \(short.steps.count) of \(drawn.count) steps are enough:
                    \(lines)
                    """)
        }
    }
}
