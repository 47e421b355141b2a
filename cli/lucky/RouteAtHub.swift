import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckyHub
import LuckyModel
import LuckySimulation
import LuckyTransport

/// A route read from a hub that serves, over the office's door; one question, and nothing written.
struct RouteAtHub {
    let address: String
    let tokenFile: String?
    let output: Output

    /// - Parameters:
    ///   - route: its code or entity.
    ///   - date: nil: today in Taipei by the hub's clock.
    /// - Throws: ``CommandFailure`` where the hub gives none, ``RouteFault`` where there is none.
    func plan(of route: String, on date: String?) async throws -> RoutePlan {
        guard let url = URL(string: address) else {
            throw RouteFault(.usageAddress, ["found": address])
        }
        let token = try OfficeToken.read(tokenFile, output)
        let client = OfficeClient(hub: url, token: { token })
        let question = try OfficeJSON.encode(PlanShowRequest(date: date))
        switch await client.post("/v1/office/\(OfficeVerb.planShow.rawValue)", json: question) {
        case .failure(let failure): throw told(failure)
        case .success(let answer):
            return try RoutePlan.shown(
                OfficeJSON.decode(PlanShowReply.self, from: answer), route: route)
        }
    }

    private func told(_ failure: ExchangeFailure) -> CommandFailure {
        var (code, detail) = (failure.kind, Phrase.linkFault(failure.kind).map { output.text($0) })
        if case .refused(_, let refusal, let message) = failure {
            let words = Phrase.badRequest(message, in: output.language)
            (code, detail) = (refusal, output.text(.hubRefusal(refusal), ["detail": words]))
        }
        let isAway = failure.isTransient && failure.kind != "unauthorised"
        return CommandFailure(
            code: code, exitCode: isAway ? ExitStatus.offline : ExitStatus.refused,
            message: output.text(.routeHubFailed, ["detail": detail ?? failure.kind]),
            hint: output.text(isAway ? .routeHubHint : .officeTokenHint))
    }
}
