import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyHub
import LuckyHubHTTP
import LuckyModel

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: Phrase.helpHubServe.spoken,
        discussion: Phrase.helpHubServeMore.spoken)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var secret: SecretOptions

    @Option(help: Phrase.helpHubServeFile.help, completion: .file())
    var db: String

    @Option(help: Phrase.helpHubServeDepot.help)
    var depot: String?

    @Option(help: Phrase.helpHubServePort.help)
    var port = 0

    @Option(help: Phrase.helpHubServeHost.help)
    var host = "127.0.0.1"

    func validate() throws {
        guard (0...65_535).contains(port) else {
            throw ValidationError(
                .usageNumber,
                ["option": "--port", "least": "0", "most": "65535", "found": "\(port)"])
        }
        if let depot, !(1...128).contains(depot.utf8.count) {
            throw ValidationError(.usageBytes, ["option": "--depot"])
        }
    }

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            let tokens = await Tokens(secret: try secret.read(output))
            do { try await HubServer.tryAddress(host: host, port: port) } catch {
                throw cannotListen(error, output)
            }
            let hub = try HubFile.open(db, depot: depot, output)
            let door = KeptHub(
                hub,
                onReopen: { hub in
                    output.warning(output.text(.hubRolledBack, ["history": hub.history.hex]))
                },
                reopening: { [db, depot = hub.depot] () throws(HubOpenError) in
                    try Hub.open(at: db, depot: depot, random: SystemRandomNumberGenerator())
                })
            let server = HubServer(
                door: door, tokens: tokens, host: host, port: port,
                onReady: { [host] bound in
                    let ready = Ready(
                        address: Self.address(host, bound), depot: hub.depot.text,
                        history: hub.history.hex)
                    output.line(Output.json(ready))
                })
            do {
                try await server.run()
            } catch {
                try? door.close()
                throw cannotListen(error, output)
            }
            do throws(HubRefusal) { try door.close() } catch {
                throw CommandFailure(error, output)
            }
        }
    }

    private func cannotListen(_ error: any Error, _ output: Output) -> CommandFailure {
        // The server's own sentence, which says more only where it is another reason.
        let isTaken = "\(error)".contains("errno: \(EADDRINUSE)")
        let words = isTaken ? Phrase.hubPortTaken : .hubCannotListen
        return CommandFailure(
            code: "cannot_listen", exitCode: ExitStatus.checkFailed,
            message: output.text(
                words, ["address": Self.address(host, port), "detail": "\(error)"]),
            hint: output.text(.hubCannotListenHint))
    }

    private static func address(_ host: String, _ port: Int) -> String {
        "http://" + (host.contains(":") ? "[\(host)]" : host) + ":\(port)"
    }

    private struct Ready: Encodable {
        var address: String
        var depot: String
        var history: String
    }
}
