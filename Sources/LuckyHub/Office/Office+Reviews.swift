internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// Contradictions: looked at, decided, opened again. Nobody's record is overwritten by any of it.
extension Office {
    func reviewList(_ request: ReviewListRequest) throws(HubRefusal) -> ReviewListReply {
        let language = try language(request.lang)
        return try read { reader, finder in
            let day = try request.date.map { try finder.date($0) }
            let all = request.all == true
            return ReviewListReply(
                date: day?.text, depot: credential.depot.text,
                reviews: try reviews(on: day, all: all, reader, in: language))
        }
    }

    /// By day, then by the stop's code, then in the order opened.
    /// - Parameters:
    ///   - day: nil for all days.
    ///   - all: the decided ones too.
    func reviews(
        on day: CivilDate?, all: Bool = false, _ reader: HubReader, in language: Language
    ) throws(HubRefusal) -> [ReviewListReply.Review] {
        try reader.reviewed(on: day, all: all).sorted(by: Reviewed.precedes)
            .flatMap { found in
                found.state.reviews.filter { all || $0.state.needsDecision }
                    .sorted { ($0.openedAt ?? .max, $0.id) < ($1.openedAt ?? .max, $1.id) }
                    .map {
                        ReviewListReply.Review($0, of: found.state, on: found.day, in: language)
                    }
            }
    }

    func reviewShow(_ request: ReviewShowRequest) throws(HubRefusal) -> ReviewShowReply {
        let language = try language(request.lang)
        return try read { reader, _ in
            let (review, state) = try find(request.review, reader)
            return ReviewShowReply(
                review, of: state, in: language, dates: request.roc == true ? .roc : .common)
        }
    }

    func reviewResolve(_ request: ReviewDecisionRequest) throws(HubRefusal) -> ReviewDecisionReply {
        let outcome = request.outcome.map(ReviewOutcome.init(rawValue:))
        guard let outcome, outcome != .reopened, ReviewOutcome.all.contains(outcome) else {
            throw .badOutcome
        }
        return try decide(request, outcome) { review, seen throws(HubRefusal) in
            let isClosed = seen.contains { $0.resolution.outcome != .reopened }
            guard !isClosed || request.supersede == true else { throw .reviewClosed(review.id) }
        }
    }

    func reviewUndo(_ request: ReviewDecisionRequest) throws(HubRefusal) -> ReviewDecisionReply {
        try decide(request, .reopened) { review, seen throws(HubRefusal) in
            guard seen.contains(where: { $0.resolution.outcome != .reopened }) else {
                throw .reviewOpen(review.id)
            }
        }
    }

    /// - Parameter judge: refuses, from the review and the standing decisions that the person has
    ///   seen.
    private func decide(
        _ request: ReviewDecisionRequest, _ outcome: ReviewOutcome,
        _ judge: (Review, [Review.Decision]) throws(HubRefusal) -> Void
    ) throws(HubRefusal) -> ReviewDecisionReply {
        let ids = try OfficeIDs(request.id)
        let language = try language(request.lang)
        guard (request.note?.utf8.count ?? 0) <= Bounds.textBytes else {
            throw .badRequest("The note has more than \(Bounds.textBytes) bytes.")
        }
        let known = try read { reader, _ -> (isKnown: Bool, OfficeChangeset) in
            let (review, state) = try find(request.review, reader)
            let info = try reader.changeInfo(ids[0])
            guard info == nil || info?.author == credential.person else {
                throw HubRefusal.changeIDTaken
            }
            if info != nil {
                let isSame = try reader.has(
                    Asked.decided(state, review, outcome, note: request.note), under: ids)
                guard isSame else { throw HubRefusal.idOfAnotherChange }
                return (true, OfficeChangeset([], contexts: [:], id: ids[0]))
            }
            let context =
                try request.context.map { text throws(HubRefusal) in
                    try VersionVector(base64: text)
                } ?? state.vector
            let seen = review.decisions(seen: context, in: state)
            try judge(review, seen)
            let resolution = ReviewResolution(
                of: review.openedAs ?? review.id, outcome,
                supersedes: seen.map(\.ref),
                note: request.note)
            return (
                false,
                OfficeChangeset(
                    [Change(state.id, .fact(.reviewResolved(resolution)))],
                    contexts: [state.id: context], id: ids[0])
            )
        }
        return try hub.write(
            known.isKnown ? [] : [known.1], by: credential, now: now, isTrial: isTrial
        ) { written, reader in
            let (review, state) = try find(request.review, reader)
            return ReviewDecisionReply(
                change: ids[0].hex,
                sequence: try written.first?.sequence ?? reader.changeInfo(ids[0])?.sequence ?? 0,
                isRepeat: known.isKnown || written.first?.isRepeat == true,
                review: ReviewShowReply(review, of: state, in: language))
        }
    }

    private func find(
        _ text: String, _ reader: HubReader
    ) throws(HubRefusal) -> (Review, EntityState) {
        guard let id = ChangeID(hex: text) else {
            throw .badRequest("The review must be 32 hexadecimal digits.")
        }
        guard let found = try reader.review(id) else { throw .unknownReview(text) }
        return found
    }
}

extension HubReader {
    /// A review and the state that shows it; nil where the hub opened none of that id.
    func review(_ id: ChangeID) throws(HubRefusal) -> (Review, EntityState)? {
        var entities: [EntityID] = []
        if let sequence = try changeInfo(id)?.sequence {
            entities = try refusing { try rows.touched(by: sequence) }
            if let found = try review(id, among: entities) { return found }
        }
        // Another change came under the review's id before the hub opened it.
        return try review(id, among: try refusing { try rows.entities(withReviews: .decided) })
    }

    /// What has reviews of a day, or of any; what only older rules searched is among it.
    fileprivate func reviewed(
        on day: CivilDate?, all: Bool
    ) throws(HubRefusal) -> [Reviewed] {
        try refusing {
            let least = all ? EntityRow.Reviews.decided : .open
            let unsearched = try rows.entities(rulesBelow: ReviewRules.version, limit: .max)
            return try Set(rows.entities(withReviews: least) + unsearched).sorted().compactMap {
                guard var row = try rows.entity($0) else { return nil }
                let isCurrent = row.rules >= ReviewRules.version
                if isCurrent, let day, row.date != day.yyyymmdd { return nil }
                guard let state = try rows.state($0) else { return nil }
                row.derive(from: state, rules: row.rules)
                let its = row.date.flatMap(CivilDate.init(yyyymmdd:))
                return day == nil || its == day ? Reviewed(state: state, day: its) : nil
            }
        }
    }

    private func review(
        _ id: ChangeID, among entities: [EntityID]
    ) throws(HubRefusal) -> (Review, EntityState)? {
        for entity in entities {
            if let state = try state(entity), let review = state.review(id) {
                return (review, state)
            }
        }
        return nil
    }
}

/// An entity with reviews, and in whose day's books it stands.
private struct Reviewed {
    var state: EntityState
    var day: CivilDate?

    static func precedes(_ a: Reviewed, _ b: Reviewed) -> Bool {
        // What has no day, or no code, comes last.
        let days = (a.day?.yyyymmdd ?? .max, b.day?.yyyymmdd ?? .max)
        if days.0 != days.1 { return days.0 < days.1 }
        switch (a.state.code, b.state.code) {
        case (let mine?, let theirs?) where mine != theirs: return mine < theirs
        case (.some, nil): return true
        case (nil, .some): return false
        default: return a.state.id < b.state.id
        }
    }
}
