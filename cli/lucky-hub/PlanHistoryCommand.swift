import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct PlanHistory: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: Phrase.helpHubPlanHistory.spoken,
        discussion: Phrase.helpHubPlanHistoryMore.spoken)

    @OptionGroup var office: OfficeOptions
    @OptionGroup var business: DayOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String?

    @Option(help: Phrase.helpHubRouteInstead.help)
    var route: String?

    @Option(
        help: Phrase.helpHubPlanHistoryField.help,
        completion: .list(PlanField.words.map(\.word)))
    var field: String?

    func validate() throws {
        guard (stop == nil) != (route == nil) else {
            throw ValidationError(.usageOneOf, ["options": "<stop>, --route"])
        }
    }

    func run() async throws {
        try await Desk.run(office) { desk in
            let history = try await desk.ask(
                .planHistory,
                PlanHistoryRequest(
                    stop: stop, route: route, date: business.day?.text, field: field),
                names: ["stop": stop ?? "", "route": route ?? ""], for: PlanHistoryReply.self)
            desk.output.result(history, HistoryText(desk.output).lines(history))
        }
    }
}

/// What a plan said, as words.
private struct HistoryText {
    let output: Output

    init(_ output: Output) { self.output = output }

    func lines(_ history: PlanHistoryReply) -> [String] {
        guard !history.values.isEmpty else { return [output.text(.hubHistoryNone)] }
        var lines: [String] = []
        var field: String?
        for value in history.values {
            if value.field != field {
                field = value.field
                lines.append(Phrase.planField(value.field, in: output.language))
            }
            lines += self.lines(
                value, among: history.values.filter { $0.field == value.field })
        }
        return lines
    }

    private func lines(
        _ value: PlanHistoryReply.Value, among all: [PlanHistoryReply.Value]
    ) -> [String] {
        let role = value.role.flatMap { Role(name: $0) }.map { output.text(.role($0)) }
        var parts = [
            output.text(
                .hubHistoryLine,
                [
                    "value": said(value), "by": value.by + (role.map { " (\($0))" } ?? ""),
                    "time": Formats.moment(value.receivedMs ?? value.writtenMs, output.dates),
                ])
        ]
        let saw = value.saw.map { change in
            all.first { $0.change == change }.map(said) ?? change
        }
        parts.append(
            saw.isEmpty
                ? output.text(.hubHistorySawNothing)
                : output.text(
                    .hubHistorySaw, ["values": Formats.list(saw, in: output.language)]))
        parts += value.overwrittenBy.map { over in
            output.text(
                .hubHistoryOver,
                [
                    "by": over.by,
                    "time": over.receivedMs.map { Formats.moment($0, output.dates) } ?? "–",
                ])
        }
        if value.stands, !value.shown { parts.append(output.text(.hubHistoryBeside)) }
        return ["  " + (value.shown ? "✓ " : "– ") + parts.joined(separator: " · ")]
    }

    private func said(_ value: PlanHistoryReply.Value) -> String {
        if value.redacted == true { return output.text(.hubHistoryRedacted) }
        return value.value.map { output.text(.hubHistoryValue, ["value": $0]) }
            ?? output.text(.hubHistoryEmptied)
    }
}
