public import LuckyModel
public import LuckyStore

/// Why something has not arrived, and whether the phone is well: what `lucky doctor` says, from what
/// was looked at. A pure function, so that each finding can be tried without a phone that has it.
public struct Checkup: Hashable, Sendable {
    /// How bad it is.
    public enum Level: Int, Comparable, Hashable, Sendable {
        /// Nothing to do; something to see to, and work goes on; the data cannot be trusted.
        case well, degraded, damaged

        /// The worse one is greater.
        public static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }

        /// The word that JSON uses.
        public var word: String {
            switch self {
            case .well: "well"
            case .degraded: "degraded"
            case .damaged: "damaged"
            }
        }
    }

    /// One thing that was looked at.
    public struct Finding: Hashable, Sendable {
        /// `store`, `clock`, `token`, `hub`, `disk`, `files`, `version`, `rules` or `outbox`.
        public var check: String
        /// How bad it is.
        public var level: Level
        /// What was found, in both languages.
        public var phrase: Phrase
        /// Its blanks by name.
        public var arguments: [String: String] = [:]
    }

    /// What was looked at.
    public struct Evidence: Sendable {
        /// Where the replica stands.
        public var position: SyncPosition
        /// What is damaged in the store, each named.
        public var damage: [String] = []
        /// The hub's address; nil: none is set.
        public var hub: String?
        /// Whether there is a token.
        public var hasToken: Bool
        /// Unix milliseconds; nil: the token does not say.
        public var tokenEndsAt: Int64?
        /// Of the disk that the store is on.
        public var disk: DiskUse?
        /// Files of the store that others can read, by their names alone.
        public var openFiles: [String] = []
        /// Files of the store that cannot be written.
        public var lockedFiles: [String] = []
        /// Stops whose photo or signature waits.
        public var proofsWaiting = 0
        /// Why an exchange made now failed; empty: it went well; nil: none was made.
        public var exchange: String?
        /// The device's wall clock, Unix milliseconds.
        public var now: Int64

        /// What every checkup needs.
        public init(position: SyncPosition, hub: String?, hasToken: Bool, now: Int64) {
            self.position = position
            self.hub = hub
            self.hasToken = hasToken
            self.now = now
        }
    }

    /// A clock that is so far behind what the hub said last is wrong, milliseconds.
    static let clockSlack: Int64 = 60_000

    /// In the order in which they are read.
    public let findings: [Finding]

    /// The worst of all.
    public var level: Level { findings.map(\.level).max() ?? .well }

    /// Judges what was looked at.
    public init(_ seen: Evidence) {
        findings = [
            Self.outbox(seen), Self.refused(seen), Self.proofs(seen),
            Self.store(seen), Self.clock(seen), Self.token(seen), Self.hub(seen), Self.disk(seen),
            Self.files(seen), Self.version(seen), Self.rules(seen),
        ].compactMap { $0 }
    }

    // MARK: What has not arrived

    private static func outbox(_ seen: Evidence) -> Finding {
        let position = seen.position
        guard position.pendingCount > 0 else {
            return Finding(check: "outbox", level: .well, phrase: .doctorNoneWaiting)
        }
        return Finding(
            check: "outbox", level: isStuck(seen) ? .degraded : .well,
            phrase: .doctorWaiting, arguments: ["count": "\(position.pendingCount)"])
    }

    /// Why something waits.
    public struct Reason: Hashable, Sendable {
        /// A stable word for machines.
        public var code: String
        /// For people.
        public var phrase: Phrase
        /// Its blanks by name.
        public var arguments: [String: String] = [:]
    }

    /// Why what waits has not gone, most telling first.
    public static func reason(_ seen: Evidence) -> Reason {
        let retry = seen.position.retry
        if seen.position.recovery != nil {
            return Reason(code: "recovering", phrase: .doctorWhyRecovering)
        }
        if seen.hub == nil { return Reason(code: "no_hub", phrase: .doctorWhyNoHub) }
        if !isTokenGood(seen) { return Reason(code: "needs_token", phrase: .doctorWhyToken) }
        if lastFailure(seen) == "unauthorised" {
            return Reason(code: "needs_token", phrase: .doctorWhyNotTaken)
        }
        if let code = lastFailure(seen), let phrase = needPerson[code] {
            return Reason(code: code, phrase: phrase)
        }
        if let next = retry.nextTryAt, retry.attempts > 0, next > seen.now {
            return Reason(
                code: "retry", phrase: .doctorWhyRetry,
                arguments: ["time": Formats.timeOfDay(next)])
        }
        if retry.attempts > 0 || seen.exchange?.isEmpty == false {
            return Reason(code: "offline", phrase: .doctorWhyOffline)
        }
        return Reason(code: "next_sync", phrase: .doctorWhyNext)
    }

    /// Failures that do not pass by themselves, as ``ExchangeFailure/kind`` names them.
    private static let needPerson: [String: Phrase] = [
        "refused": .doctorWhyRefused, "insecure": .doctorWhyInsecure,
        "other_depot": .doctorWhyOtherDepot,
    ]

    /// Why the last exchange failed: of one made now, or, where none was, the one that waits to be
    /// tried again.
    private static func lastFailure(_ seen: Evidence) -> String? {
        guard let exchange = seen.exchange else { return seen.position.retry.lastError }
        return exchange.isEmpty ? nil : exchange
    }

    /// Whether it will not go by itself: somebody has to sign in, or name the depot.
    private static func isStuck(_ seen: Evidence) -> Bool {
        let failure = lastFailure(seen)
        return seen.hub == nil || !isTokenGood(seen) || failure == "unauthorised"
            || failure.map { needPerson[$0] != nil } ?? false
    }

    private static func isTokenGood(_ seen: Evidence) -> Bool {
        seen.hasToken && (seen.tokenEndsAt.map { $0 > seen.now } ?? true)
    }

    private static func refused(_ seen: Evidence) -> Finding? {
        let count = seen.position.quarantinedCount
        guard count > 0 else { return nil }
        return Finding(
            check: "refused", level: .degraded, phrase: .doctorRefused,
            arguments: ["count": "\(count)"])
    }

    private static func proofs(_ seen: Evidence) -> Finding? {
        guard seen.proofsWaiting > 0 else { return nil }
        return Finding(
            check: "proofs", level: .well, phrase: .doctorProofs,
            arguments: ["count": "\(seen.proofsWaiting)"])
    }

    // MARK: The phone

    private static func store(_ seen: Evidence) -> Finding {
        seen.damage.isEmpty
            ? Finding(check: "store", level: .well, phrase: .doctorStoreWell)
            : Finding(
                check: "store", level: .damaged, phrase: .doctorStoreBad,
                arguments: ["count": "\(seen.damage.count)"])
    }

    private static func clock(_ seen: Evidence) -> Finding {
        let heard = [seen.position.lastPageAt, seen.position.lastReceiptAt].compactMap { $0 }.max()
        guard let heard else {
            return Finding(check: "clock", level: .well, phrase: .doctorClockUnknown)
        }
        let (behind, overflow) = heard.subtractingReportingOverflow(seen.now)
        guard overflow || behind > clockSlack else {
            return Finding(check: "clock", level: .well, phrase: .doctorClockWell)
        }
        return Finding(
            check: "clock", level: .degraded, phrase: .doctorClockBehind,
            arguments: ["behind_ms": "\(behind)"])
    }

    private static func token(_ seen: Evidence) -> Finding {
        guard seen.hasToken else {
            return Finding(check: "token", level: .degraded, phrase: .doctorTokenMissing)
        }
        guard let end = seen.tokenEndsAt else {
            return Finding(check: "token", level: .well, phrase: .doctorTokenWell)
        }
        let isOver = end <= seen.now
        return Finding(
            check: "token", level: isOver ? .degraded : .well,
            phrase: isOver ? .doctorTokenOver : .doctorTokenUntil,
            arguments: ["moment_ms": "\(end)"])
    }

    /// When a token ends, Unix milliseconds, by the number that it names.
    /// - Parameter second: Unix seconds, as they came: whatever a double can be.
    /// - Returns: nil for a number that is no moment of the years 1970 to 5138.
    public static func tokenEnd(atSecond second: Double) -> Int64? {
        (0..<1e11).contains(second) ? Int64(second * 1_000) : nil
    }

    private static func hub(_ seen: Evidence) -> Finding {
        guard seen.hub != nil else {
            return Finding(check: "hub", level: .degraded, phrase: .doctorHubNone)
        }
        switch seen.exchange {
        case .some(""): return Finding(check: "hub", level: .well, phrase: .doctorHubAnswers)
        case .some(let error):
            return Finding(
                check: "hub", level: .degraded, phrase: .doctorHubSilent,
                arguments: ["error": error])
        case nil: break
        }
        if let error = seen.position.retry.lastError, seen.position.retry.attempts > 0 {
            return Finding(
                check: "hub", level: .degraded, phrase: .doctorHubSilent,
                arguments: ["error": error])
        }
        guard let at = seen.position.lastPageAt else {
            return Finding(check: "hub", level: .well, phrase: .doctorHubNever)
        }
        return Finding(
            check: "hub", level: .well, phrase: .doctorHubHeard,
            arguments: ["moment_ms": "\(at)"])
    }

    private static func disk(_ seen: Evidence) -> Finding {
        guard let disk = seen.disk else {
            return Finding(check: "disk", level: .well, phrase: .doctorDiskUnknown)
        }
        return Finding(
            check: "disk", level: disk.level == .enough ? .well : .degraded,
            phrase: .doctorDiskUsed, arguments: ["percent": "\(disk.percent)"])
    }

    private static func files(_ seen: Evidence) -> Finding {
        if let file = seen.lockedFiles.sorted().first {
            return Finding(
                check: "files", level: .degraded, phrase: .doctorFilesReadOnly,
                arguments: ["file": file])
        }
        if let file = seen.openFiles.sorted().first {
            return Finding(
                check: "files", level: .degraded, phrase: .doctorFilesOpen,
                arguments: ["file": file])
        }
        return Finding(check: "files", level: .well, phrase: .doctorFilesWell)
    }

    private static func version(_ seen: Evidence) -> Finding {
        let parked = seen.position.parkedCount
        guard parked > 0 else {
            return Finding(check: "version", level: .well, phrase: .doctorVersionWell)
        }
        return Finding(
            check: "version", level: .degraded, phrase: .doctorVersionOld,
            arguments: ["count": "\(parked)"])
    }
}

extension Checkup.Finding {
    /// What it is about, in a word or two; empty for what stands for itself.
    public var label: Phrase? {
        switch check {
        case "store": .doctorStore
        case "clock": .doctorClock
        case "token": .doctorToken
        case "hub": .doctorHub
        case "disk": .doctorDisk
        case "files": .doctorFiles
        case "version": .doctorVersion
        case "rules": .doctorRules
        default: nil
        }
    }

    /// What was found, for people.
    public func words(
        in language: Language, because seen: Checkup.Evidence, dates: DateStyle = .common
    ) -> String {
        var arguments = arguments
        if check == "outbox" {
            let reason = Checkup.reason(seen)
            arguments["reasons"] = reason.phrase.text(in: language, reason.arguments)
        }
        if let behind = arguments["behind_ms"].flatMap({ Int64($0) }) {
            arguments["age"] = Formats.duration(milliseconds: behind, in: language)
        }
        if let moment = arguments["moment_ms"].flatMap({ Int64($0) }) {
            arguments["time"] = Formats.moment(moment, dates)
        }
        return phrase.text(in: language, arguments)
    }
}
