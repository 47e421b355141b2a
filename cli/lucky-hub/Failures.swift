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
        var arguments = names.merging(["detail": detail]) { $1 }
        // Of two that were named, the one that the hub means.
        arguments["customer"] =
            Phrase.hubNamesNoCustomer.what(of: refusal.message) ?? names["customer"]
        arguments["what"] = Phrase.hubWrongDepot.what(of: refusal.message)
        self.init(
            code: refusal.code, exitCode: Self.exitCode(refusal),
            message: output.text(phrase, arguments),
            hint: Self.hint(refusal, output, arguments))
    }

    private static func hint(
        _ refusal: HubRefusal, _ output: Output, _ arguments: [String: String]
    ) -> String {
        switch refusal.code {
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
        case "bad_plan": return Phrase.badRequest(refusal.message, in: output.language)
        default:
            // What fails inside the hub may have been done before it failed.
            let code = refusal.status < 500 ? refusal.code : "storage"
            return output.text(Phrase.officeHint(code), arguments)
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
        let (phrase, exitCode, advice): (Phrase, Int32, Phrase)
        switch failure {
        case .refused(let status, let code, let message):
            self.init(
                HubRefusal(status: status, code: code, message: message), output, names: names)
            return
        case .offline, .timedOut, .truncated, .tooLarge:
            (phrase, exitCode, advice) = (
                .hubUnreachable, ExitStatus.offline, .officeUnreachableHint
            )
        case .busy: (phrase, exitCode, advice) = (.hubBusy, ExitStatus.offline, .officeBusyHint)
        case .notAHub:
            (phrase, exitCode, advice) = (.hubIsNoHub, ExitStatus.offline, .officeUnreachableHint)
        case .unauthorised, .otherDepot:
            (phrase, exitCode, advice) = (.hubTokenRejected, ExitStatus.refused, .officeTokenHint)
        case .insecure:
            (phrase, exitCode, advice) = (.hubInsecure, ExitStatus.refused, .officeAddressHint)
        }
        let fault = Phrase.linkFault(failure.kind).map { output.text($0) } ?? failure.kind
        // Where the answer did not come, the request may have arrived.
        let repeated = exitCode == ExitStatus.offline ? names["id"] : nil
        self.init(
            code: failure.kind, exitCode: exitCode,
            message: output.text(phrase, ["detail": fault]),
            hint: repeated.map { output.text(.hubUnknownOutcomeHint, ["id": $0]) }
                ?? output.text(advice))
    }
}
