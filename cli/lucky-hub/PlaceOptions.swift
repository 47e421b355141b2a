import ArgumentParser
import LuckyCommandLine
import LuckyModel

/// Where a stop goes.
struct PlaceOptions: ParsableArguments {
    @Option(help: Phrase.helpHubPlaceDriver.help)
    var to: String?

    @Option(help: Phrase.helpHubPlaceRoute.help)
    var toRoute: String?

    @Option(help: Phrase.helpHubPlaceSequence.help)
    var sequence: Int?

    func validate() throws {
        guard to != nil || toRoute != nil else {
            throw ValidationError(.usageNeeds, ["options": "--to, --to-route"])
        }
    }

    /// For the words of a refusal.
    var names: [String: String] { ["driver": to ?? "", "route": toRoute ?? ""] }
}
