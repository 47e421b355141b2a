import LuckyCommandLine
import LuckyHub
import LuckyModel
import LuckySync

extension CommandFailure {
    /// From a hub's refusal. The hub's own English sentence is the hint where it says more.
    init(_ refusal: HubRefusal, _ output: Output, names: [String: String] = [:]) {
        let phrase = Phrase.hubRefusal(refusal.code)
        let arguments = names.merging(["detail": refusal.message]) { $1 }
        self.init(
            code: refusal.code, exitCode: Self.exitCode(refusal),
            message: output.text(phrase, arguments),
            hint: Self.saysMore.contains(refusal.code)
                ? refusal.message
                : refusal.code == "review_closed"
                    ? output.text(.hubReviewClosedHint, arguments) : nil)
    }

    private static let saysMore: Set = ["ambiguous_stop", "ambiguous_route", "bad_plan"]

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
        case .unauthorised: (phrase, exitCode) = (.hubTokenRejected, ExitStatus.refused)
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
