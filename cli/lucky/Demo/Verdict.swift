import LuckyDriver

/// What a day came to. Green only if everything agrees.
struct Verdict: Sendable {
    var figures: DayFigures
    var stops = 0
    /// Doorstep facts that the ledgers vouch for.
    var facts = 0
    /// Those that the hub has, as they were tapped.
    var received = 0
    var lost: [Mark] = []
    var doubled: [Mark] = []
    var altered: [Mark] = []
    /// In no ledger, and like nothing in one.
    var invented: [Mark] = []
    var sums: [Account] = []
    var phones: [Phone] = []
    /// Open reviews in plain words.
    var reviews: [String] = []
    var unopenedReviews = 0
    var proofPending = 0
    var unreadable: [String] = []

    /// A change that is not as it should be.
    struct Mark: Sendable {
        enum What: Sendable {
            case said(Said)
            case officeEdit
            /// What an audit of the file found, in English.
            case detail(String)
        }

        var driver: String
        var stop: String
        var what: What
        var change: String

        init(driver: String, stop: String, what: What, change: String) {
            self.driver = driver
            self.stop = stop
            self.what = what
            self.change = change
        }

        init(_ tap: Tap, _ said: Said) {
            self.init(driver: tap.driver, stop: tap.stop, what: .said(said), change: tap.change)
        }

        init(officeChange change: String) {
            self.init(
                driver: DemoFolder.dispatcher.text, stop: "–", what: .officeEdit, change: change)
        }
    }

    /// One driver's figures from four places.
    struct Account: Sendable {
        var driver: String
        var own: Sums
        var phone: Sums
        var hub: Sums
        var reported: Sums

        var agrees: Bool {
            own == hub && phone == hub && reported == hub && !hub.hasOverflow
        }
    }

    /// One replica against the hub.
    struct Phone: Sendable {
        var driver: String
        var sequence: UInt64
        var pending: Int
        var differences: [String]
        var isSame: Bool

        var isConverged: Bool { isSame && pending == 0 && differences.isEmpty }
    }

    var converged: Bool { !phones.isEmpty && phones.allSatisfy(\.isConverged) }

    var isGreen: Bool {
        lost.isEmpty && doubled.isEmpty && altered.isEmpty && invented.isEmpty && converged
            && facts > 0 && received == facts && sums.allSatisfy(\.agrees)
            && unopenedReviews == 0 && unreadable.isEmpty
    }

    /// Adds what the file's audit found, unless the ledger has already named that change there.
    mutating func note(_ mark: Mark, in list: WritableKeyPath<Verdict, [Mark]>) {
        let named = self[keyPath: list].map(\.change)
        if mark.change == "–" || !named.contains(mark.change) { self[keyPath: list].append(mark) }
    }
}
