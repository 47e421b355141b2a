import LuckyCommandLine
import LuckyHub
import LuckyModel

extension Desk {
    /// Says what an edit came to.
    /// - Parameter done: what the verb did, where something was written.
    func report(_ reply: PlanEditReply, done: Phrase = .hubEdited) {
        let arguments = [
            "code": reply.code, "fields": PlanWords(output).fields(reply.fields),
            "sequence": reply.sequence.map { "\($0)" } ?? "",
        ]
        let phrase: Phrase =
            reply.isRepeat ? .hubEditRepeated : reply.changes.isEmpty ? .hubEditNothing : done
        let day = reply.day.map { ReportText(output).lines($0, of: reply.code) } ?? []
        output.result(reply, [output.text(phrase, arguments)] + day)
        for notice in reply.notices ?? [] {
            notice.sentence(in: output.language, output.dates).map { output.warning("⚠ " + $0) }
        }
        if !reply.concurrent.isEmpty {
            output.warning(
                "⚠ "
                    + output.text(
                        .hubEditConcurrent, ["fields": PlanWords(output).fields(reply.concurrent)]))
        }
    }

    /// `plan-cancel`, `plan-uncancel`, `plan-reopen`.
    func edit(
        _ verb: OfficeVerb, _ name: String, _ edit: EditOptions, context: String?,
        reason: String? = nil
    ) async throws {
        let stop = try await stop(name, day: edit.business.day)
        let id = edit.requestID()
        report(
            try await ask(
                verb,
                PlanStopRequest(
                    id: id, stop: stop.entity, context: context ?? stop.context, note: reason),
                names: ["stop": name, "id": id], for: PlanEditReply.self),
            done: done(verb))
    }

    private func done(_ verb: OfficeVerb) -> Phrase {
        switch verb {
        case .planCancel: .hubStopCancelled
        case .planUncancel: .hubStopUncancelled
        case .planReopen: .hubStopReopened
        default: .hubEdited
        }
    }
}
