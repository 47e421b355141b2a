public import LuckyModel

/// Something that happened on a simulated day.
public struct RouteEvent: Sendable {
    enum Kind: Sendable {
        case setOut, arrived, opens, skipped, lunch, online, offline, home, over
        case waits(TimeWindow)
        case closed(RouteStopRun.Outcome)
        case received(Int)
        case batteryDead, batteryBack, swapped, loaded, oldPhoneOn, hubDown, hubUp
        case office(RouteProfile.EditKind)
    }

    /// Unix milliseconds of the simulated day.
    public var at: Int64
    var kind: Kind
    /// The stop's number; nil: none.
    public var stop: Int?
    /// What waited for the hub then.
    public var pending: Int

    /// `09:41  …`, one line.
    public func line(in language: Language) -> String {
        Formats.timeOfDay(at) + "  " + words(in: language)
    }

    private func words(in language: Language) -> String {
        var arguments = ["stop": stop.map { "\($0)" } ?? "–", "pending": "\(pending)"]
        let phrase: Phrase
        switch kind {
        case .setOut: phrase = .routeSetOut
        case .arrived: phrase = .routeArrived
        case .opens: phrase = .routeOpens
        case .skipped: phrase = .routeSkipped
        case .lunch: phrase = .routeLunch
        case .online: phrase = .routeOnline
        case .offline: phrase = .routeOffline
        case .home: phrase = .routeHome
        case .over: phrase = .routeOver
        case .waits(let window):
            phrase = .routeWaits
            arguments["window"] = Formats.window(window)
        case .closed(let outcome):
            phrase = .routeClosed
            arguments["outcome"] = outcome.words(in: language)
        case .received(let count):
            phrase = .routeReceived
            arguments["count"] = Formats.count(count, .change, in: language)
        case .batteryDead: phrase = .routeBatteryDead
        case .batteryBack: phrase = .routeBatteryBack
        case .swapped: phrase = .routeSwapped
        case .loaded: phrase = .routeLoaded
        case .oldPhoneOn: phrase = .routeOldPhoneOn
        case .hubDown: phrase = .routeHubDown
        case .hubUp: phrase = .routeHubUp
        case .office(let kind):
            phrase = .routeOffice
            arguments["edit"] = Phrase.routeEdit(kind.rawValue).text(in: language)
        }
        return phrase.text(in: language, arguments)
    }
}

extension RouteStopRun.Outcome {
    /// The word that JSON uses.
    var word: String {
        switch self {
        case .open: "open"
        case .delivered: "delivered"
        case .partial: "partial"
        case .cancelled: "cancelled"
        case .failed: "failed"
        case .refused: "refused"
        }
    }

    func words(in language: Language) -> String {
        let head = Phrase.routeOutcome(word).text(in: language)
        switch self {
        case .failed(let reason):
            let why = FailureReason(word: reason) ?? .other
            return Phrase.routeOutcomeWhy.text(
                in: language,
                ["outcome": head, "why": Phrase.failure(why).text(in: language)])
        case .refused(let code):
            let why = Phrase.routeRefusal(code).text(in: language)
            return Phrase.routeOutcomeWhy.text(in: language, ["outcome": head, "why": why])
        default: return head
        }
    }
}
