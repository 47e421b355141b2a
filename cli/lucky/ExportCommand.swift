import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: Phrase.helpExport.spoken,
        discussion: Phrase.helpExportMore.spoken)

    @OptionGroup var common: CommonOptions

    @Option(help: Phrase.helpExportFormat.help)
    var format: FormatArgument?

    @Option(
        name: .shortAndLong,
        help: Phrase.helpOutputPath.help(as: "file"), completion: .file())
    var output: String?

    @OptionGroup var trial: DryRunOption

    /// A table is no JSON.
    func validate() throws {
        try trial.check(goesWith: "--output", output)
        if format == .csv, common.speech.json, output == nil {
            throw ValidationError(
                .usageNotTogether, ["option": "--json", "with": "--format csv"])
        }
    }

    func run() async throws {
        let isLines = common.speech.json && output == nil
        try await Session.run(common, dryRun: trial.dryRun) { session in
            let routes = try await session.driver.routes(on: common.day)
            let gone = try await session.driver.handedOverStops(on: common.day, visitedOnly: true)
            let stops = routes.flatMap(\.stops) + gone
            let taken = try await session.driver.dutyDay(on: common.day)?.taken ?? [:]
            let text: String
            switch format ?? (isLines ? .jsonl : .csv) {
            case .csv: text = DayExport.csv(routes, handedOver: gone, taken: taken)
            case .jsonl:
                text = stops.map { stop in
                    let own = taken[stop.stop.id] ?? .zero
                    return Output.json(Exported(stop: StopObject(stop), ownCashCents: own.cents))
                        + "\n"
                }.joined()
            }
            guard let path = output else {
                return session.output.verbatim(text)
            }
            try NewFile.create(path, text.utf8, session.output)
            session.output.result(
                Saved(rows: stops.count),
                [
                    session.output.text(
                        .exportWritten, ["path": path, "count": "\(stops.count)"])
                ])
        }
    }

    private struct Saved: Encodable { var rows: Int }

    /// A stop, and what of its cash the driver himself took.
    private struct Exported: Encodable {
        enum Key: String, CodingKey { case ownCashCents }

        var stop: StopObject
        var ownCashCents: Int64

        func encode(to encoder: any Encoder) throws {
            try stop.encode(to: encoder)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(ownCashCents, forKey: .ownCashCents)
        }
    }
}

/// As typed.
enum FormatArgument: String, CaseIterable, ExpressibleByArgument {
    case csv, jsonl
}
