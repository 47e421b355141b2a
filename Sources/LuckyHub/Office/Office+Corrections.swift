internal import LuckyCausality
internal import LuckyModel

extension Office {
    /// What a driver recorded was wrong, also one who has left: a fact of the office's that names
    /// the original, and a note that says why.
    func correct(_ request: CorrectRequest) throws(HubRefusal) -> PlanEditReply {
        guard (1...Bounds.textBytes).contains(request.reason.utf8.count) else {
            throw .badRequest("The reason must have 1 to \(Bounds.textBytes) bytes.")
        }
        let change = try request.change.map { text throws(HubRefusal) in
            guard let id = ChangeID(hex: text) else {
                throw .badRequest("The change must be 32 hexadecimal digits.")
            }
            return id
        }
        return try perform(request.id) { finder in
            try finder.stop(request.stop, on: request.date)
        } asked: { state, _ in
            Asked.corrected(state, request, in: change)
        } edit: { state, _ in
            try PlanEdit.correct(state, request, in: change)
        }
    }
}

extension PlanEdit {
    /// - Parameter change: whose record is corrected; nil: the last one of its kind that the person
    ///   had seen.
    static func correct(
        _ state: EntityState, _ request: CorrectRequest, in change: ChangeID?
    ) throws(HubRefusal) -> PlanEdit {
        let kind = try request.kind()
        // A correction that this person had not seen is a sibling, and both are shown (L1).
        let records = state.seen(try PlanWrite(state, [], context: request.context).context)
            .factRecords
        guard let was = StopRules.correctable(records, kind, as: request.outcome, in: change)
        else { throw .cannotCorrect(state.codeText, .nothingToCorrect) }
        let replacement = try request.replacement(of: was)
        // It counts as that already.
        guard replacement != was.value else {
            return try record([], on: state, context: request.context)
        }
        let fact: Fact
        do throws(StopRefusal) {
            fact = try StopRules.correct(records, to: replacement, kind: kind, in: change)
        } catch {
            throw .cannotCorrect(state.codeText, error)
        }
        return try record(
            [fact, .noteAdded(Note(request.reason))], on: state, context: request.context)
    }
}

extension EntityState {
    /// With the facts that somebody had seen; one that only a witness told is in no vector (L26).
    func seen(_ context: VersionVector) -> EntityState {
        var seen = self
        seen.keepFacts { context.covers($0.dot) || $0.witnessedBy != nil }
        return seen
    }
}
