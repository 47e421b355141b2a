public import LuckyModel

/// Something that must hold, looked at from outside.
protocol SwarmChecker {
    /// A stable word.
    static var name: String { get }

    init()

    /// Looks at any time, while anything may be under way.
    /// - Returns: what does not hold, one sentence each.
    mutating func observe(_ run: SwarmRun) throws -> [Phrase]

    /// Looks after every step, at what costs next to nothing.
    mutating func glance(_ run: SwarmRun) throws -> [Phrase]

    /// Looks once all is mended and had its time.
    mutating func conclude(_ run: SwarmRun) throws -> [Phrase]
}

extension SwarmChecker {
    mutating func observe(_ run: SwarmRun) throws -> [Phrase] { [] }
    mutating func glance(_ run: SwarmRun) throws -> [Phrase] { [] }
}

/// What did not hold.
public struct SwarmViolation: Hashable, Sendable {
    /// The checker's name.
    public var checker: String
    /// The world's time, Unix milliseconds.
    public var at: Int64
    /// One sentence.
    public var said: Phrase
    /// The same in English.
    public var text: String { said.en }
    /// The checker, and what it found.
    public var line: Phrase {
        .findSaid.with(["checker": Phrase(verbatim: checker), "text": said])
    }
}

enum SwarmCheckers {
    /// In the order in which they look.
    static var all: [any SwarmChecker.Type] {
        [
            ProgressChecker.self, LossChecker.self, DoublingChecker.self,
            ConvergenceChecker.self, CausalityChecker.self, OwnWritesChecker.self,
            AtomicityChecker.self, LedgerChecker.self, HonestyChecker.self, ReviewChecker.self,
            ScopeChecker.self, QuarantineChecker.self, BoundsChecker.self, RowsChecker.self,
            ClockChecker.self, HistoryChecker.self, PhotosChecker.self,
        ]
    }
}
