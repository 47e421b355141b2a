import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct QuarantineExport: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: Phrase.helpHubQuarantineExport.spoken,
        discussion: Phrase.helpHubQuarantineExportMore.spoken)

    @OptionGroup var name: QuarantineName

    @Argument(help: Phrase.helpHubQuarantineExportFile.help, completion: .file())
    var file: String

    func run() async throws {
        try await Desk.run(name.office) { desk in
            let place = try name.place(desk.output)
            let kept = try await desk.ask(
                .quarantineExport,
                QuarantineExportRequest(replica: place.replica, counter: place.counter),
                for: QuarantineExportReply.self)
            try NewFile.create(file, kept.bytes, desk.output)
            desk.output.result(
                Exported(kept),
                [
                    desk.output.text(
                        .hubQuarantineExported, ["path": file, "count": "\(kept.bytes.count)"])
                ])
        }
    }

    private struct Exported: Encodable {
        var byteCount: Int
        var counter: UInt64
        var replica: String
        var sha256: String

        init(_ reply: QuarantineExportReply) {
            byteCount = reply.bytes.count
            counter = reply.counter
            replica = reply.replica
            sha256 = reply.sha256
        }
    }
}
