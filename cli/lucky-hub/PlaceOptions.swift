import ArgumentParser
import LuckyCommandLine
import LuckyModel

/// Where a stop goes.
struct PlaceOptions: ParsableArguments {
    @Option(help: "The driver (default: the route's).")
    var to: String?

    @Option(help: "The route's code or entity (default: the driver's only one of that day).")
    var toRoute: String?

    @Option(help: "The place in the route (default: behind its last stop).")
    var sequence: Int?

    func validate() throws {
        guard to != nil || toRoute != nil else {
            throw ValidationError(.usageNeeds, ["options": "--to, --to-route"])
        }
    }

    /// For the words of a refusal.
    var names: [String: String] { ["driver": to ?? "", "route": toRoute ?? ""] }
}
