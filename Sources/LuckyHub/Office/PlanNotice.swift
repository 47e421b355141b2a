internal import LuckyCausality
public import LuckyModel

/// What somebody who edits the plan should know of it. The edit is recorded all the same.
public struct PlanNotice: Codable, Hashable, Sendable {
    /// `route_closed`, `route_cancelled`: of the route that was edited, or on which the stop is or
    /// comes to be. `stop_recorded`: its driver had closed the stop before. `sequence_taken`: other
    /// stops of the route have the same place.
    public var notice: String
    /// The route's code; absent of `stop_recorded`.
    public var route: String?
    /// The stop's code; absent where it is about a route alone.
    public var stop: String?
    /// Who closed or cancelled the route, or recorded what happened at the stop.
    public var by: String?
    /// When, by that person's clock, Unix milliseconds.
    public var atMs: Int64?
    /// What the stop is by its facts: `delivered`, `partially_delivered` or `failed`.
    public var status: String?
    /// The reason's word, where it failed.
    public var failure: String?
    /// Full cylinders handed over, written as `items`.
    public var delivered: String?
    /// Cash received at the door, 1/100 NT$.
    public var cashCents: Int64?
    /// The place that is taken.
    public var sequence: Int?
    /// The codes of those who have it too, in byte order.
    public var others: [String]?

    private init(_ notice: String) { self.notice = notice }

    /// Nil for a route that is neither closed nor cancelled.
    init?(_ route: EntityState) {
        if let end = route.cancellation {
            self.init("route_cancelled")
            (by, atMs) = (end.by.text, end.at)
        } else if let end = route.completion {
            self.init("route_closed")
            (by, atMs) = (end.by.text, end.at)
        } else {
            return nil
        }
        self.route = route.codeText
    }

    /// Nil for a stop that no fact has closed.
    init?(recordedAt state: EntityState) {
        let stop = state.stop
        guard stop.status.isHandedOver || stop.status == .failed else { return nil }
        self.init("stop_recorded")
        self.stop = state.codeText
        by =
            state.counted.effective.last { $0.record.writtenAt == stop.closedAt }?
            .record.author.text
        atMs = stop.closedAt
        status = stop.status.rawValue
        failure = stop.status == .failed ? stop.failure?.word : nil
        delivered = stop.status == .failed ? nil : stop.delivered.text
        cashCents = stop.status == .failed ? nil : stop.cash.cents
    }

    init(_ stop: String, on route: String, _ sequence: Int, takenBy others: [String]) {
        self.init("sequence_taken")
        self.stop = stop
        self.route = route
        self.sequence = sequence
        self.others = others
    }

    /// For a person to read; nil for a notice that this build does not know.
    public func sentence(in language: Language, _ dates: DateStyle = .common) -> String? {
        let words = StopStatus(rawValue: status ?? "").map { Phrase.status($0).text(in: language) }
        let reason = failure.flatMap(FailureReason.init(word:)).map {
            Phrase.failure($0).text(in: language)
        }
        let phrase: Phrase
        switch notice {
        case "route_closed": phrase = .hubRouteIsClosed
        case "route_cancelled": phrase = .hubRouteIsCancelled
        case "stop_recorded":
            phrase = status == StopStatus.failed.rawValue ? .hubStopHasFailed : .hubStopIsDelivered
        case "sequence_taken": phrase = .hubSequenceTaken
        default: return nil
        }
        return phrase.text(
            in: language,
            [
                "route": route ?? "", "stop": stop ?? "", "by": by ?? "?",
                "time": atMs.map { Formats.moment($0, dates) } ?? "–", "status": words ?? "",
                "reason": reason ?? "–",
                "delivered": delivered.flatMap { $0.isEmpty ? nil : $0 } ?? "–",
                "cash": cashCents.flatMap(Money.init(cents:))?.text ?? "–",
                "sequence": sequence.map { "\($0)" } ?? "",
                "others": Formats.list(others ?? [], in: language),
            ])
    }
}

// How a route ended, as far as the plan and its facts say.
extension EntityState {
    /// Who took the route off the day, and when; nil where it is on it.
    var cancellation: (by: Identifier, at: Int64)? {
        guard shown(.cancelled).flag == true, let write = shownWrite(.cancelled) else { return nil }
        return (write.stamp.author, write.stamp.writtenAt)
    }

    /// Who of the office closed the route first, and when; nil before.
    var completion: (by: Identifier, at: Int64)? { completed { $0 != .driver } }

    /// Which driver said first that the route is done, and when; nil before.
    var saidDone: (by: Identifier, at: Int64)? { completed { $0 == .driver } }

    private func completed(by isOne: (Role) -> Bool) -> (by: Identifier, at: Int64)? {
        factRecords.first { $0.fact == .routeCompleted && isOne($0.role) }
            .map { ($0.author, $0.writtenAt) }
    }
}

extension OfficeFinder {
    /// What the person should know of an edit's plan fields; facts alone say for themselves. In the
    /// order of the writes, each once.
    func notices(of edit: PlanEdit) throws(HubRefusal) -> [PlanNotice] {
        var found: [PlanNotice] = []
        var places: [EntityID: [EntityID: Int]] = [:]
        for write in edit.changesets.flatMap(\.self) where !write.fields.isEmpty {
            guard write.entity.kind == .stop else {
                found += try notice(ofRoute: write.entity)
                continue
            }
            let stop = try reader.state(write.entity)
            let move = write.fields.last { $0.field == .route }
            guard let route = move == nil ? stop?.shownRoute : move?.value.entity else { continue }
            found += try notice(ofRoute: route)
            let place = write.fields.last { $0.field == .sequence }?.value.integer
            if let place { places[route, default: [:]][write.entity] = Int(clamping: place) }
        }
        for (route, places) in places.sorted(by: { $0.key < $1.key }) {
            guard let state = try reader.state(route) else { continue }
            found += taken(places, on: state, try stops(of: state))
        }
        return found.enumerated().filter { !found[..<$0.offset].contains($0.element) }
            .map(\.element)
    }

    private func notice(ofRoute id: EntityID) throws(HubRefusal) -> [PlanNotice] {
        try reader.state(id).flatMap { PlanNotice($0) }.map { [$0] } ?? []
    }

    /// - Parameters:
    ///   - places: of the stops that are given one.
    ///   - stops: the route's, as they were.
    private func taken(
        _ places: [EntityID: Int], on route: EntityState, _ stops: [EntityState]
    ) -> [PlanNotice] {
        let standing = stops.filter { $0.stop.status != .cancelled }
        return places.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.compactMap { id, place in
            let others = standing.filter { $0.id != id && (places[$0.id] ?? $0.sequence) == place }
            guard !others.isEmpty else { return nil }
            let code = (try? reader.state(id))?.codeText ?? id.hex
            return PlanNotice(
                code, on: route.codeText, place,
                takenBy: others.map { Identifier($0.codeText) }.sorted().map(\.text))
        }
    }
}
