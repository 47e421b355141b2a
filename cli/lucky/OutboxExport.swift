import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckyWire

struct OutboxExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: Phrase.helpOutboxExport.spoken,
        discussion: Phrase.helpOutboxExportMore.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpChangeID.help)
    var change: String

    @Option(help: Phrase.helpHexOutput.help, completion: .file())
    var output: String?

    @OptionGroup var trial: DryRunOption

    func validate() throws { try trial.check(goesWith: "--output", output) }

    func run() async throws {
        try await Session.run(common, dryRun: trial.dryRun) { session in
            let id = try await session.change(change).change
            guard let bytes = try await session.driver.bytes(of: id) else {
                throw session.unknown(change)
            }
            let digest = Hash256.sha256(bytes).hex
            guard let output else {
                return session.output.result(
                    Exported(bytes: bytes.hex, change: id.hex, path: nil, sha256: digest),
                    [bytes.hex])
            }
            try NewFile.create(output, bytes, session.output)
            session.output.result(
                Exported(bytes: nil, change: id.hex, path: output, sha256: digest),
                [session.output.text(.outboxExported, ["path": output])])
        }
    }

    private struct Exported: Encodable {
        var bytes: String?
        var change: String
        var path: String?
        var sha256: String
    }
}
