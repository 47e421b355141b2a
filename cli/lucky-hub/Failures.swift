import Foundation
import LuckyCommandLine
import LuckyHub
import LuckyModel
import LuckySync

extension CommandFailure {
    /// From a hub's refusal. What its own English sentence says beyond that is the hint.
    init(_ refusal: HubRefusal, _ output: Output, names: [String: String] = [:]) {
        let phrase = Phrase.hubRefusal(refusal.code)
        let detail = Phrase.badRequest(refusal.message, in: output.language)
        let arguments = names.merging(["detail": detail]) { $1 }
        self.init(
            code: refusal.code, exitCode: Self.exitCode(refusal),
            message: output.text(phrase, arguments),
            hint: Self.hint(refusal, output, arguments))
    }

    private static func hint(
        _ refusal: HubRefusal, _ output: Output, _ arguments: [String: String]
    ) -> String? {
        switch refusal.code {
        case "review_closed": return output.text(.hubReviewClosedHint, arguments)
        case "ambiguous_stop", "ambiguous_route", "unknown_person":
            // The hub's sentence ends in what can be named.
            guard let colon = refusal.message.range(of: ": ", options: .backwards) else {
                return refusal.message
            }
            let names = refusal.message[colon.upperBound...]
                .trimmingCharacters(in: CharacterSet(charactersIn: "."))
            let phrase: Phrase =
                refusal.code == "unknown_person" ? .hubUnknownPersonHint : .hubOneOfThese
            return output.text(phrase, ["names": names.isEmpty ? "–" : names])
        case "bad_plan": return refusal.message
        default: return nil
        }
    }

    private static func exitCode(_ refusal: HubRefusal) -> Int32 {
        switch (refusal.status, refusal.code) {
        case (400, _): ExitStatus.usage
        case (422, _): ExitStatus.checkFailed
        case (503, "storage"): ExitStatus.damaged
        case (500..., _): ExitStatus.offline
        default: ExitStatus.refused
        }
    }

    init(_ failure: ExchangeFailure, _ output: Output, names: [String: String]) {
        let (phrase, exitCode): (Phrase, Int32)
        var detail = failure.description
        switch failure {
        case .refused(let status, let code, let message):
            self.init(
                HubRefusal(status: status, code: code, message: message), output, names: names)
            return
        case .offline(let why):
            (phrase, exitCode, detail) = (.hubUnreachable, ExitStatus.offline, why)
        case .timedOut, .truncated, .tooLarge:
            (phrase, exitCode) = (.hubUnreachable, ExitStatus.offline)
        case .busy: (phrase, exitCode) = (.hubBusy, ExitStatus.offline)
        case .notAHub(let why): (phrase, exitCode, detail) = (.hubIsNoHub, ExitStatus.offline, why)
        case .unauthorised, .otherDepot:
            (phrase, exitCode) = (.hubTokenRejected, ExitStatus.refused)
        case .insecure: (phrase, exitCode) = (.hubInsecure, ExitStatus.refused)
        }
        let mayHaveArrived = exitCode == ExitStatus.offline
        self.init(
            code: failure.kind, exitCode: exitCode,
            message: output.text(phrase, ["detail": detail]),
            hint: mayHaveArrived
                ? names["id"].map { output.text(.hubUnknownOutcomeHint, ["id": $0]) } : nil)
    }
}
