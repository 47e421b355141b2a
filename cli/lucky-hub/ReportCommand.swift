import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct ReportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: Phrase.helpHubReport.spoken, subcommands: [ReportDay.self],
        defaultSubcommand: ReportDay.self)
}

struct ReportDay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "day", abstract: Phrase.helpHubReportDay.spoken)

    @OptionGroup var office: OfficeOptions
    @OptionGroup var business: DayOption

    func run() async throws {
        try await Desk.run(office) { desk in
            let output = desk.output
            let report = try await desk.ask(
                .reportDay,
                DayRequest(date: business.day?.text, lang: output.language.rawValue),
                for: DayReportReply.self)
            output.result(report, ReportText(output).lines(report))
        }
    }
}

struct ReplicasCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replicas", abstract: Phrase.helpHubReplicas.spoken)

    @OptionGroup var office: OfficeOptions

    func run() async throws {
        try await Desk.run(office) { desk in
            let output = desk.output
            let heads = try await desk.ask(.heads, HeadsRequest(), for: HeadsReply.self)
            let lines = heads.replicas.map { replica in
                output.text(
                    .hubReplicaLine,
                    [
                        "replica": replica.replica, "person": replica.person,
                        "counter": "\(replica.counter)", "sent": "\(replica.sent)",
                        "have": "\(replica.onPhone)",
                        "time": Formats.timeOfDay(replica.lastContactMs),
                    ])
            }
            output.result(heads, lines.isEmpty ? [output.text(.hubReplicasNone)] : lines)
        }
    }
}

/// A report as words.
struct ReportText {
    let output: Output
    let words: PlanWords

    init(_ output: Output) {
        self.output = output
        words = PlanWords(output)
    }

    func lines(_ report: DayReportReply) -> [String] {
        var lines = [
            output.text(
                .hubPlanHeading,
                [
                    "date": words.day(report.date), "depot": report.depot,
                    "sequence": "\(report.sequence)",
                ])
        ]
        for driver in report.drivers { lines += figures(driver.driver, driver.figures) }
        let shifts = ShiftText(output)
        for shift in report.shifts { lines += [""] + shifts.lines(shift) }
        lines += figures(output.text(.hubDayTotal), report.total)
        lines += [""] + ReviewListText(output).lines(report.reviews)
        let attempts = report.attempts ?? []
        if !attempts.isEmpty { lines += [output.text(.hubDayAttempts)] + attempts.map(line) }
        let odd = report.odd ?? []
        return lines + (odd.isEmpty ? [] : [output.text(.hubDayOdd)] + odd.flatMap(line))
    }

    /// What a route came to.
    func lines(_ day: RouteDay, of route: String) -> [String] {
        let count = day.figures.stops.reduce(0) { $0 + $1.count }
        let title = route + "  " + Formats.count(count, .stop, in: output.language)
        let shifts = ShiftText(output)
        return Array(figures(title, day.figures).dropFirst()) + day.shifts.flatMap(shifts.lines)
    }

    private func line(_ attempt: DayReportReply.Attempt) -> String {
        let reason = FailureReason(word: attempt.failure).map { output.text(.failure($0)) }
        return output.text(
            .hubDayAttempt,
            [
                "time": words.time(attempt.atMs), "stop": attempt.stop, "driver": attempt.driver,
                "reason": reason ?? attempt.failure, "date": attempt.toDate.map(words.day) ?? "–",
            ])
    }

    /// One line for each that should be looked at again.
    private func line(_ odd: DayReportReply.Odd) -> [String] {
        func items(_ counts: [String: Int]) -> String {
            let pairs = counts.sorted { $0.key < $1.key }
                .map { (product: Product(Identifier($0.key)), count: $0.value) }
            return Quantities(pairs).map { Formats.quantities($0, in: output.language) } ?? "–"
        }
        let arguments = [
            "stop": odd.stop, "driver": odd.driver, "due": odd.dueCents.map(words.money) ?? "–",
            "paid": words.money(odd.paidCents), "ordered": items(odd.ordered),
            "delivered": items(odd.delivered),
        ]
        return odd.words.map { word in
            output.text(
                word == OddRecord.moreThanOrdered.rawValue ? .hubDayOddCount : .hubDayOddCash,
                arguments)
        }
    }

    private func figures(_ name: String, _ figures: DayReportReply.Figures) -> [String] {
        let stops = figures.stops.filter { $0.count > 0 }.map {
            "\(words.status($0.status)) \($0.count)"
        }
        let title = name.isEmpty ? output.text(.hubNoDriver) : name
        var lines = ["", ([title] + stops).joined(separator: "  ")]
        for product in figures.products {
            lines.append(
                output.text(
                    .hubDayProduct,
                    [
                        "product": Product(Identifier(product.product)).info?
                            .name(in: output.language) ?? product.product,
                        "ordered": "\(product.ordered)",
                        "delivered": "\(product.delivered)",
                        "collected": "\(product.collected)",
                    ]))
        }
        lines.append(output.text(.hubDayCash, ["amount": words.money(figures.cashCents)]))
        if figures.residualG > 0 {
            let weight = Formats.weight(grams: Int64(figures.residualG), in: output.language)
            lines.append(output.text(.hubDayResidual, ["weight": weight]))
        }
        if figures.clockAhead > 0 {
            lines.append(output.text(.hubDayClockAhead, ["count": "\(figures.clockAhead)"]))
        }
        if figures.proofPending > 0 {
            lines.append(output.text(.hubDayProof, ["count": "\(figures.proofPending)"]))
        }
        if figures.overflow { lines.append(output.text(.hubDayOverflow)) }
        return lines
    }
}
