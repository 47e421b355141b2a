import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyHub
import LuckyModel
import LuckyTransport

/// Which hub, and who asks.
struct OfficeOptions: ParsableArguments {
    @OptionGroup var speech: SpeechOptions

    @Option(help: Phrase.helpHubOfficeHub.help)
    var hub: String?

    @Option(help: Phrase.helpOfficeToken.help, completion: .file())
    var tokenFile: String?

    @Option(help: Phrase.helpHubOfficeFile.help, completion: .file())
    var db: String?

    @Option(help: Phrase.helpHubOfficeDepot.help)
    var depot: String?

    @Option(help: Phrase.helpHubOfficePerson.help)
    var person: String?

    func validate() throws {
        guard (hub == nil) != (db == nil) else {
            throw ValidationError(.usageHubOrFile)
        }
        guard hub == nil || (depot == nil && person == nil) else {
            throw ValidationError(
                .usageGoesWith, ["option": "--depot, --person", "with": "--db"])
        }
        guard db == nil || tokenFile == nil else {
            throw ValidationError(.usageGoesWith, ["option": "--token-file", "with": "--hub"])
        }
        for (option, name) in [("--depot", depot), ("--person", person)] {
            if let name, !(1...128).contains(name.utf8.count) {
                throw ValidationError(.usageBytes, ["option": option])
            }
        }
    }

    var output: Output { speech.output }

    func open() throws -> any OfficeDoor {
        if let hub { return try web(hub) }
        let hub = try HubFile.open(db ?? "", depot: depot, output)
        return DirectOfficeDoor(
            hub: hub,
            credential: Credential(
                person: Identifier(person ?? "office"), depot: hub.depot, role: .office))
    }

    private func web(_ text: String) throws -> HTTPOfficeDoor {
        guard let url = URL(string: text), url.scheme != nil, url.host != nil else {
            throw CommandFailure(
                code: "bad_address", exitCode: ExitStatus.usage,
                message: output.text(.hubBadAddress, ["url": text]),
                hint: output.text(.officeAddressHint))
        }
        let token = try OfficeToken.read(tokenFile, output)
        return HTTPOfficeDoor(client: OfficeClient(hub: url, token: { token }))
    }
}
