internal import LuckyCausality
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
        /// `outbox`, `refused`, `proofs`, `store`, `clock`, `token`, `link`, `hub`, `disk`, `files`,
        /// `version` or `rules`.
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
        /// Of the store's file, as ``StoreSchema/version``.
        public var storeVersion: Int
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
        /// Photos and signatures that this phone took and does not have any more, or not whole.
        public var photosMissing = 0
        /// Why an exchange made now failed; empty: it went well; nil: none was made.
        public var exchange: String?
        /// The device's wall clock, Unix milliseconds.
        public var now: Int64

        /// What every checkup needs.
        public init(
            position: SyncPosition, storeVersion: Int, hub: String?, hasToken: Bool, now: Int64
        ) {
            self.position = position
            self.storeVersion = storeVersion
            self.hub = hub
            self.hasToken = hasToken
            self.now = now
        }
    }

    /// A clock that is so far behind what the hub said last is wrong, milliseconds.
    static let clockSlack: Int64 = 60_000
    /// A clock that is so far ahead of what the hub said right now is wrong, milliseconds: what it
    /// stamps moves nobody's clock any more (L6).
    static let aheadLimit: Int64 = HybridClock.aheadLimitMilliseconds

    /// In the order in which they are read.
    public let findings: [Finding]

    /// The worst of all.
    public var level: Level { findings.map(\.level).max() ?? .well }

    /// Whether a tap could be saved, as far as disk and files tell.
    public let canSave: Bool

    /// Judges what was looked at.
    public init(_ seen: Evidence) {
        canSave = seen.lockedFiles.isEmpty && seen.disk?.level != .critical
        findings = [
            Self.outbox(seen), Self.refused(seen), Self.proofs(seen), Self.photos(seen),
            Self.store(seen), Self.clock(seen), Self.token(seen), Self.link(seen),
            Self.hub(seen), Self.disk(seen), Self.files(seen), Self.version(seen),
            Self.rules(seen),
        ].compactMap { $0 }
    }

    // MARK: What has not arrived

    private static func outbox(_ seen: Evidence) -> Finding {
        let position = seen.position
        guard position.pendingCount > 0 else {
            return Finding(check: "outbox", level: .well, phrase: .doctorNoneWaiting)
        }
        var finding = Finding(
            check: "outbox", level: isStuck(seen) ? .degraded : .well,
            phrase: .doctorWaiting, arguments: ["count": "\(position.pendingCount)"])
        // By this phone's clock alone, which may be wrong: then that is found, too.
        let (age, overflow) = seen.now.subtractingReportingOverflow(
            position.oldestPendingWrittenAt ?? seen.now)
        if overflow || age > Bounds.pendingOverdueMilliseconds {
            finding.level = .degraded
            finding.phrase = .doctorWaitingLong
            finding.arguments["apart_ms"] = "\(age)"
        }
        return finding
    }

    static func isTokenGood(_ seen: Evidence) -> Bool {
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

    private static func photos(_ seen: Evidence) -> Finding? {
        guard seen.photosMissing > 0 else { return nil }
        return Finding(
            check: "proofs", level: .degraded, phrase: .doctorPhotosMissing,
            arguments: ["count": "\(seen.photosMissing)"])
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
        // What was heard earlier says only that the clock is not behind it.
        if seen.exchange == "", let at = seen.position.lastPageAt {
            let (ahead, overflow) = seen.now.subtractingReportingOverflow(at)
            if overflow || ahead > aheadLimit {
                return Finding(
                    check: "clock", level: .degraded, phrase: .doctorClockAhead,
                    arguments: ["apart_ms": "\(ahead)"])
            }
        }
        let (behind, overflow) = heard.subtractingReportingOverflow(seen.now)
        guard overflow || behind > clockSlack else {
            return Finding(
                check: "clock", level: .well,
                phrase: seen.exchange == "" ? .doctorClockWell : .doctorClockNotBehind)
        }
        return Finding(
            check: "clock", level: .degraded, phrase: .doctorClockBehind,
            arguments: ["apart_ms": "\(behind)"])
    }

    private static func token(_ seen: Evidence) -> Finding {
        guard seen.hasToken else {
            return Finding(check: "token", level: .degraded, phrase: .doctorTokenMissing)
        }
        if lastFailure(seen) == "unauthorised" {
            return Finding(check: "token", level: .degraded, phrase: .doctorTokenNotTaken)
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

    private static func disk(_ seen: Evidence) -> Finding {
        guard let disk = seen.disk else {
            return Finding(check: "disk", level: .well, phrase: .doctorDiskUnknown)
        }
        let isEnough = disk.level == .enough
        return Finding(
            check: "disk", level: isEnough ? .well : .degraded,
            phrase: isEnough ? .doctorDiskUsed : .doctorDiskLow,
            arguments: ["percent": "\(disk.percent)"])
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
}

extension Checkup {
    private static func version(_ seen: Evidence) -> Finding {
        let parked = seen.position.parkedCount
        var finding = Finding(
            check: "version", level: .well, phrase: .doctorVersionWell,
            arguments: ["store": "\(seen.storeVersion)", "rules": "\(ReviewRules.version)"])
        guard parked > 0 else { return finding }
        finding.level = .degraded
        finding.phrase = .doctorVersionOld
        finding.arguments["count"] = "\(parked)"
        return finding
    }
}

extension Checkup.Finding {
    /// Nothing was found, since nothing was looked at, or there was nothing to compare with.
    public var isUntold: Bool {
        [.doctorLinkUntried, .doctorClockUnknown, .doctorHubNever, .doctorDiskUnknown]
            .contains(phrase)
    }

    /// What it is about, in a word or two; empty for what stands for itself.
    public var label: Phrase? {
        switch check {
        case "store": .doctorStore
        case "clock": .doctorClock
        case "token": .doctorToken
        case "link": .doctorLink
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
            arguments["reasons"] = Checkup.words(for: Checkup.reasons(seen), in: language)
        }
        if let apart = arguments["apart_ms"].flatMap({ Int64($0) }) {
            arguments["age"] = Formats.duration(milliseconds: apart, in: language)
        }
        if let kind = arguments["kind"] {
            arguments["fault"] = Phrase.linkFault(kind)?.text(in: language) ?? kind
        }
        if let moment = arguments["moment_ms"].flatMap({ Int64($0) }) {
            arguments["time"] = Formats.moment(moment, dates)
        }
        return phrase.text(in: language, arguments)
    }
}
