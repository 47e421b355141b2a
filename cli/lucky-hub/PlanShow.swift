import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct PlanShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: Phrase.helpHubPlanShow.spoken)

    @OptionGroup var office: OfficeOptions
    @OptionGroup var business: DayOption

    @Option(help: Phrase.helpHubPlanShowRoute.help)
    var route: String?

    @Option(help: Phrase.helpHubPlanShowStop.help)
    var stop: String?

    func run() async throws {
        try await Desk.run(office) { desk in
            let plan = try await desk.show(day: business.day, route: route, stop: stop)
            desk.output.result(plan, PlanText(desk.output).lines(plan))
        }
    }
}

/// A plan as words.
struct PlanText {
    let output: Output
    let words: PlanWords

    init(_ output: Output) {
        self.output = output
        words = PlanWords(output)
    }

    func lines(_ plan: PlanShowReply) -> [String] {
        let heading = output.text(
            .hubPlanHeading,
            ["date": words.day(plan.date), "depot": plan.depot, "sequence": "\(plan.sequence)"])
        let routes = plan.routes.flatMap(lines)
        return [heading] + (routes.isEmpty ? [output.text(.hubPlanEmpty)] : routes)
    }

    private func lines(_ route: PlanShowReply.Route) -> [String] {
        let heading = output.text(
            .hubRouteHeading,
            [
                "route": route.code.isEmpty ? output.text(.hubNoRoute) : route.code,
                "driver": route.driver,
                "stops": Formats.count(route.stops.count, .stop, in: output.language),
            ])
        return ["", ([heading] + marks(route)).joined(separator: " · ")]
            + concurrent(route.concurrent) + route.stops.flatMap(lines)
    }

    /// How the route ended; nothing while it goes on.
    private func marks(_ route: PlanShowReply.Route) -> [String] {
        [
            (Phrase.hubRouteCancelledMark, route.cancelledBy, route.cancelledMs),
            (.hubRouteDoneMark, route.doneBy, route.doneMs),
            (.hubRouteClosedMark, route.closedBy, route.closedMs),
        ].compactMap { phrase, by, time in
            guard let by, let time else { return nil }
            return output.text(phrase, ["by": by, "time": Formats.moment(time, output.dates)])
        }
    }

    private func lines(_ stop: PlanShowReply.Stop) -> [String] {
        var parts = [
            "\(stop.sequence)", stop.stop, stop.customer, stop.window ?? "", stop.items,
            stop.priceCents.map(words.money) ?? "", words.status(stop.status),
        ]
        if stop.status == "failed", let reason = stop.failure.flatMap(FailureReason.init(word:)) {
            parts.append("(\(output.text(.failure(reason))))")
        }
        var lines = ["  " + parts.filter { !$0.isEmpty }.joined(separator: "  ")]
        let place = [stop.address, stop.phone, stop.note].filter { !$0.isEmpty }
        if !place.isEmpty { lines.append("      " + place.joined(separator: "  ")) }
        lines += AccountText(output: output).lines(stop.account)
        lines += stop.notes.map { "      " + output.text(.hubNote, ["text": $0]) }
        for address in stop.addressSuggestions {
            lines.append("      " + output.text(.hubSuggestion, ["address": address]))
        }
        lines += (stop.witnessed ?? []).map { "    ⚠ " + line($0) }
        if stop.reviews > 0 {
            lines.append("    ⚠ " + output.text(.reviewsOpen, ["count": "\(stop.reviews)"]))
        }
        return lines + concurrent(stop.concurrent) + stop.changes.map(line)
    }

    private func line(_ fact: PlanShowReply.Witnessed) -> String {
        let kind = FactKind.named.first { $0.word == fact.kind }?.kind
        return output.text(
            .factWitnessed,
            [
                "what": kind.map { output.text(.fact($0)) } ?? fact.kind, "who": fact.by,
                "time": words.time(fact.writtenMs), "phone": String(fact.phone.prefix(4)),
            ])
    }

    private func concurrent(_ fields: [PlanShowReply.Concurrent]) -> [String] {
        fields.map { field in
            let values = field.values.map { "\($0.value ?? "–") (\($0.by))" }
            return "    ⚠ "
                + output.text(
                    .hubConcurrent,
                    [
                        "field": Phrase.planField(field.field, in: output.language),
                        "count": "\(values.count)", "values": values.joined(separator: " / "),
                    ])
        }
    }

    /// How far an office change got: received, sent, on the phone, seen.
    private func line(_ change: PlanShowReply.Change) -> String {
        var steps = [
            output.text(
                .hubChangeReceived,
                [
                    "fields": words.fields(change.fields), "person": change.by,
                    "time": words.time(change.receivedMs),
                ])
        ]
        func step(_ phrase: Phrase, _ time: Int64) {
            steps.append(
                output.text(
                    phrase, ["time": words.time(time), "person": change.seenBy ?? ""]))
        }
        if let sent = change.sentMs {
            step(.hubChangeSent, sent)
        } else {
            steps.append(output.text(.hubChangeNotSent))
        }
        if let time = change.onPhoneMs { step(.hubChangeOnPhone, time) }
        if let time = change.seenMs { step(.hubChangeSeen, time) }
        return "    ✎ " + steps.joined(separator: " · ")
    }
}
