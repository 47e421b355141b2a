internal import LuckyModel

/// Stops calling a hub that does not answer: after so many failures in a row it is *open*, and only
/// one probe goes at a time; two successes in a row close it.
///
/// Each machine has its own, and there is one machine so far, for changes: photos are not sent yet.
/// Its state outlives a restart: the failures, and whether the last probe got through.
struct Breaker: Hashable, Sendable {
    /// In a row; kept while it is open, until enough probes got through.
    private(set) var failures: Int
    /// Probes that got through since the last failure.
    private(set) var successes: Int
    private let failuresToOpen: Int
    private let successesToClose: Int
    /// How long an open one rests between probes.
    private let restMilliseconds: Int64

    /// - Parameters:
    ///   - failures: those that the store remembers.
    ///   - isOnTrial: a probe got through since; counted as one, where more are needed than two.
    init(_ options: SyncOptions, failures: Int = 0, isOnTrial: Bool = false) {
        self.failures = failures
        successes = isOnTrial && failures >= options.breakerFailures ? 1 : 0
        failuresToOpen = options.breakerFailures
        successesToClose = options.breakerSuccesses
        restMilliseconds = options.breakerMilliseconds
    }

    /// Whether calls rest between probes.
    var isOpen: Bool { failures >= failuresToOpen }

    /// A probe got through, and the next must follow at once.
    var isOnTrial: Bool { isOpen && successes > 0 }

    /// The least wait after a failure, milliseconds; 0: it does not ask for one.
    var rest: Int64 { isOpen ? restMilliseconds : 0 }

    mutating func fail() {
        successes = 0
        let (sum, isOver) = failures.addingReportingOverflow(1)
        failures = isOver ? failures : sum
    }

    mutating func succeed() {
        guard isOpen else {
            failures = 0
            return
        }
        successes += 1
        guard successes >= successesToClose, !Mutant.isOn(.breakerNeverCloses) else { return }
        failures = 0
        successes = 0
    }
}
