import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct OffersCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "offers",
        abstract: Phrase.helpHubOffers.spoken,
        subcommands: [OffersList.self, OffersTake.self, OffersDismiss.self],
        defaultSubcommand: OffersList.self)
}

struct OffersList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: Phrase.helpHubOffersList.spoken)

    @OptionGroup var office: OfficeOptions

    func run() async throws {
        try await Desk.run(office) { desk in
            let output = desk.output
            let list = try await desk.ask(.offersList, ListRequest(), for: OffersReply.self)
            let lines = list.offers.map { offer in
                let field =
                    offer.field.map { Phrase.planField($0, in: output.language) }
                    ?? output.text(.hubUnreadable)
                return output.text(
                    .hubOfferLine,
                    [
                        "entity": offer.name ?? offer.entity, "field": field,
                        "value": offer.value ?? "–",
                        "by": offer.by ?? "?", "from": offer.offeredBy, "change": offer.change,
                        "index": "\(offer.index)",
                    ])
            }
            output.result(list, lines.isEmpty ? [output.text(.hubOffersNone)] : lines)
        }
    }
}

/// One offer by the end of its line.
struct OfferName: ParsableArguments {
    @OptionGroup var office: OfficeOptions
    @OptionGroup var trial: DryRunOption

    @Argument(help: Phrase.helpHubOfferName.help)
    var offer: String

    func decide(_ verb: OfficeVerb, _ done: Phrase) async throws {
        try await Desk.run(office, dryRun: trial.dryRun) { desk in
            let list = try await desk.ask(.offersList, ListRequest(), for: OffersReply.self)
            guard let found = list.offers.first(where: { "\($0.change):\($0.index)" == offer })
            else {
                throw CommandFailure(
                    HubRefusal(
                        status: 404, code: "unknown_offer", message: "There is no offer \(offer)."),
                    desk.output)
            }
            let reply = try await desk.ask(
                verb,
                OfferDecisionRequest(
                    id: RequestID.draw(), entity: found.entity, field: found.field,
                    change: found.change, index: found.index), for: DecisionReply.self)
            desk.output.result(reply, [desk.output.text(done)])
        }
    }
}

struct OffersTake: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "take", abstract: Phrase.helpHubOffersTake.spoken)

    @OptionGroup var name: OfferName

    func run() async throws { try await name.decide(.offersTake, .hubOfferTaken) }
}

struct OffersDismiss: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dismiss", abstract: Phrase.helpHubOffersDismiss.spoken)

    @OptionGroup var name: OfferName

    func run() async throws { try await name.decide(.offersDismiss, .hubOfferDismissed) }
}
