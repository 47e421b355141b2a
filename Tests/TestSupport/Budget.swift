import Foundation

/// How long one layer of tests may go on, and how much it does: a line of `Tests/budgets`.
///
///     try Budget.current("causality").run { generator in
///         try check(History.random(using: &generator))
///     }
///
/// Under `./cli/test` the numbers are those of the file (times a factor with `--deep`). Alone, as
/// in a plain `swift test`, a layer does its amount, too, but starts no round after 5 seconds.
public struct Budget: Sendable {
    public let layer: String
    /// No new round after this long.
    public let duration: Duration
    /// Rounds that an unhurried run does.
    public let amount: Int
    /// Rounds that are done however late it is.
    public let minimum: Int

    /// The budget of a layer of `Tests/budgets`; throws ``Unlisted`` if the file does not name it.
    public static func current(_ layer: String) throws -> Budget {
        let environment = ProcessInfo.processInfo.environment
        if let lines = environment["LUCKY_BUDGETS"] {
            return try Budget(layer, in: lines, late: Self.isLate(environment))
        }
        let url = Repository.folder.appending(path: "Tests/budgets")
        let file = try String(contentsOf: url, encoding: .utf8)
        return try Budget(layer, in: file, late: false, longest: .seconds(5))
    }

    /// `lines`: `layer minutes amount minimum`, as in the file. `late`: only the minimum.
    init(_ layer: String, in lines: String, late: Bool, longest: Duration? = nil) throws {
        for line in lines.split(separator: "\n") where !line.hasPrefix("#") {
            let words = line.split(separator: " ")
            guard words.count >= 4, words[0] == layer, let minutes = Double(words[1]),
                let amount = Int(words[2]), let minimum = Int(words[3])
            else { continue }
            let listed = Duration.seconds(minutes * 60)
            self.layer = layer
            self.duration = late ? .zero : min(listed, longest ?? listed)
            self.amount = max(amount, minimum)
            self.minimum = minimum
            return
        }
        throw Unlisted(layer: layer)
    }

    /// Past the minute after which every layer does its minimum only.
    private static func isLate(_ environment: [String: String]) -> Bool {
        guard let text = environment["LUCKY_MINIMUM_AFTER"], let time = Double(text) else {
            return false
        }
        return Date().timeIntervalSince1970 >= time
    }

    /// Runs rounds until the amount is done or the time is up, but the minimum at least, and
    /// records how many. Each round has a seed of its own; where one throws, the line that replays
    /// it is printed, so let rounds throw (`try #require`) rather than go on (`#expect`).
    ///
    /// Where a round's seed is not what replays it, let it throw ``FailedRound``.
    public func run(_ round: (inout SeededGenerator) throws -> Void) rethrows {
        let rounds = Rounds(self)
        defer { rounds.record() }
        while let seed = rounds.next() {
            var generator = SeededGenerator(seed: seed)
            do { try round(&generator) } catch {
                let again = (error as? FailedRound)?.replay ?? replay(seed)
                say("\(layer), round \(rounds.done): \(error). Replay: \(again)")
                throw error
            }
        }
    }

    /// The same for rounds that wait.
    public func run(
        isolation: isolated (any Actor)? = #isolation,
        _ round: (inout SeededGenerator) async throws -> Void
    ) async rethrows {
        let rounds = Rounds(self)
        defer { rounds.record() }
        while let seed = rounds.next() {
            var generator = SeededGenerator(seed: seed)
            do { try await round(&generator) } catch {
                say("\(layer), round \(rounds.done): \(error). Replay: \(replay(seed))")
                throw error
            }
        }
    }

    private func replay(_ seed: UInt64) -> String { "LUCKY_SEED=\(seed) ./cli/test --filter …" }

    /// Adds a line to the table of `./cli/test`; amounts of one layer add up. `run` does it by
    /// itself; a layer that loops in its own way calls this. Does nothing outside `./cli/test`.
    public static func record(layer: String, amount: Int, seconds: Double) {
        guard let path = ProcessInfo.processInfo.environment["LUCKY_AMOUNTS"] else { return }
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { return say("cannot write \(path)") }
        defer { close(file) }
        // One write: tests run side by side, and appended lines must not mix.
        let line = Array("\(layer)\t\(amount)\t\(seconds)\n".utf8)
        if write(file, line, line.count) != line.count { say("cannot write \(path)") }
    }

    /// A layer that `Tests/budgets` does not name.
    public struct Unlisted: Error, CustomStringConvertible {
        public let layer: String
        public var description: String { "Tests/budgets has no line for the layer '\(layer)'" }
    }
}

/// A round that something else than its seed plays again.
public struct FailedRound: Error, CustomStringConvertible {
    /// What did not hold.
    public let description: String
    /// One command.
    public let replay: String

    /// What did not hold, and the one command that plays it again.
    public init(_ description: String, replay: String) {
        (self.description, self.replay) = (description, replay)
    }
}

/// The count of one run of a layer.
private final class Rounds {
    let budget: Budget
    let started = ContinuousClock.now
    let seed = Seed.current
    private(set) var done = 0
    private var begun = 0

    init(_ budget: Budget) { self.budget = budget }

    /// The seed of the next round, or nil when enough is done.
    func next() -> UInt64? {
        done = begun
        let inTime = started.duration(to: .now) < budget.duration
        guard done < budget.minimum || (done < budget.amount && inTime) else { return nil }
        begun += 1
        return seed &+ UInt64(done)
    }

    func record() {
        let passed = started.duration(to: .now) / .seconds(1)
        Budget.record(layer: budget.layer, amount: done, seconds: passed)
    }
}

/// A line on standard error, where it stands between the lines of swift test.
public func say(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
}
