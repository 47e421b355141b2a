import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckyTransport

struct HubCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hub", abstract: Phrase.helpSetHubGroup.spoken, subcommands: [HubSet.self])
}

struct HubSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: Phrase.helpSetHub.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpHubAddress.help)
    var address: String

    @OptionGroup var trial: DryRunOption

    func validate() throws { try HubOption.check(address) }

    func run() async throws {
        try await Session.run(common, dryRun: trial.dryRun) { session in
            try await session.driver.setHub(address)
            session.output.result(
                Named(hub: address), [session.output.text(.hubAddressSet, ["url": address])])
        }
    }

    private struct Named: Encodable { var hub: String }
}

enum HubOption {
    /// The address is checked before anything is written, as it will be when it is used.
    static func check(_ text: String) throws {
        do throws(ExchangeFailure) {
            guard let url = URL(string: text) else { throw .notAHub("") }
            _ = try HubAddress(url)
        } catch {
            let phrase: Phrase = error == .insecure ? .usageInsecure : .usageAddress
            throw ValidationError(phrase, ["found": text])
        }
    }
}
