public import LuckyModel
internal import LuckyStore

// The way to the depot, and why what waits has not gone.
extension Checkup {
    /// Why something waits.
    public struct Reason: Hashable, Sendable {
        /// A stable word for machines.
        public var code: String
        /// For people.
        public var phrase: Phrase
        /// Its blanks by name.
        public var arguments: [String: String] = [:]
        /// How many changes, or photos, it is about.
        public var count: Int
    }

    /// Why what waits has not gone, each reason with its count: the one that holds the changes back
    /// first, then photos that are named and not here.
    public static func reasons(_ seen: Evidence) -> [Reason] {
        guard seen.photosMissing > 0 else { return [reason(seen)] }
        let count = seen.photosMissing
        return [
            reason(seen),
            Reason(
                code: "photo_missing", phrase: .doctorWhyPhotos, arguments: ["count": "\(count)"],
                count: count),
        ]
    }

    /// Why the changes that wait have not gone, most telling first.
    public static func reason(_ seen: Evidence) -> Reason {
        func because(
            _ code: String, _ phrase: Phrase, _ arguments: [String: String] = [:]
        ) -> Reason {
            Reason(
                code: code, phrase: phrase, arguments: arguments,
                count: seen.position.pendingCount)
        }
        let retry = seen.position.retry
        if seen.position.recovery != nil { return because("recovering", .doctorWhyRecovering) }
        if seen.hub == nil { return because("no_hub", .doctorWhyNoHub) }
        if !isTokenGood(seen) { return because("needs_token", .doctorWhyToken) }
        if let code = lastFailure(seen), let phrase = Phrase.doorAdvice(code) {
            return because(code == "unauthorised" ? "needs_token" : code, phrase)
        }
        if let next = retry.nextTryAt, retry.attempts > 0, next > seen.now {
            return because("retry", .doctorWhyRetry, ["time": Formats.timeOfDay(next)])
        }
        if retry.attempts > 0 && retry.lastError != nil || seen.exchange?.isEmpty == false {
            return because("offline", .doctorWhyOffline)
        }
        return because("next_sync", .doctorWhyNext)
    }

    /// One reason as it is; of several, how many are held back by each.
    static func words(for reasons: [Reason], in language: Language) -> String {
        let texts = reasons.map { $0.phrase.text(in: language, $0.arguments) }
        guard texts.count > 1, let reason = reasons.first else { return texts.first ?? "" }
        let first = Phrase.doctorWhyCounted.text(
            in: language, ["count": "\(reason.count)", "reason": texts[0]])
        return texts.dropFirst().reduce(first) {
            Phrase.doctorWhyJoined.text(in: language, ["first": $0, "second": $1])
        }
    }

    /// Why the last exchange failed: of one made now, or, where none was, the one that waits to be
    /// tried again.
    static func lastFailure(_ seen: Evidence) -> String? {
        guard let exchange = seen.exchange else { return seen.position.retry.lastError }
        return exchange.isEmpty ? nil : exchange
    }

    /// Whether it will not go by itself: somebody has to sign in, or name the depot.
    static func isStuck(_ seen: Evidence) -> Bool {
        seen.hub == nil || !isTokenGood(seen)
            || lastFailure(seen).map { Phrase.doorAdvice($0) != nil } ?? false
    }

    /// The way there: whether anything of the depot's answered.
    static func link(_ seen: Evidence) -> Finding? {
        guard seen.hub != nil else { return nil }
        guard let kind = present(seen) else {
            let isTried = seen.exchange == ""
            return Finding(
                check: "link", level: .well, phrase: isTried ? .doctorLinkUp : .doctorLinkUntried)
        }
        guard !isAnswer(kind) else {
            return Finding(
                check: "link", level: .well,
                phrase: kind == "insecure" ? .doctorLinkUntried : .doctorLinkUp)
        }
        return Finding(
            check: "link", level: .degraded, phrase: .doctorLinkDown, arguments: ["kind": kind])
    }

    /// What the depot itself said last.
    static func hub(_ seen: Evidence) -> Finding {
        guard seen.hub != nil else {
            return Finding(check: "hub", level: .degraded, phrase: .doctorHubNone)
        }
        if let kind = present(seen), isAnswer(kind) {
            // What is wrong with a token is said of the token.
            if kind == "unauthorised" {
                return Finding(check: "hub", level: .well, phrase: .doctorHubAnswers)
            }
            return Finding(
                check: "hub", level: .degraded,
                phrase: Phrase.doorAdvice(kind) ?? .doctorHubFault, arguments: ["kind": kind])
        }
        if seen.exchange == "" {
            return Finding(check: "hub", level: .well, phrase: .doctorHubAnswers)
        }
        guard let at = seen.position.lastPageAt else {
            return Finding(check: "hub", level: .well, phrase: .doctorHubNever)
        }
        return Finding(
            check: "hub", level: .well, phrase: .doctorHubHeard,
            arguments: ["moment_ms": "\(at)"])
    }

    /// The failure that stands: of an exchange made now, else of the one to be tried again.
    private static func present(_ seen: Evidence) -> String? {
        seen.exchange == nil && seen.position.retry.attempts == 0 ? nil : lastFailure(seen)
    }

    /// Whether it is the depot's own word, or something that is to be put right here; else nothing of
    /// the depot's was heard.
    private static func isAnswer(_ kind: String) -> Bool {
        ["busy", "no_progress"].contains(kind) || Phrase.doorAdvice(kind) != nil
    }
}
