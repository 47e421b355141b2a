import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyModel
import LuckySimulation

struct RouteSimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Drive a planned route in simulated time: what would arrive, and when?",
        discussion: """
            The real store, sync machine and hub, on a clock of their own. The hub is one in memory, of \
            the depot SIM, which no real hub keeps: nothing of a simulation gets among what happened. \
            On a terminal the day is shown as it goes by (space: pause, o: flight mode, t: the driver \
            does the next thing at once, q: quit). The same plan, options and seed give the same day. \
            Exit code 1 where anything was lost, doubled or altered.
            """)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var day: RouteDayOptions

    @Option(help: "1x, 60x or max: how fast the day goes by.")
    var speed = SpeedArgument.max

    @Option(
        help: ArgumentHelp(
            "Write a page about the day: map, timeline, outbox, reviews, reconciliation.",
            valueName: "file"))
    var report: String?

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            if let report { try NewFile.checkIsNew(report, output) }
            do {
                let simulation = try await day.simulation(output)
                try play(simulation, output)
                try tell(try simulation.result(), isOver: simulation.isOver, output)
            } catch let fault as RouteFault {
                throw CommandFailure(fault, output)
            }
        }
    }

    private func play(_ simulation: RouteSimulation, _ output: Output) throws {
        let isLive = isatty(STDOUT_FILENO) != 0 && isatty(STDIN_FILENO) != 0
        if isLive, !output.isJSON, !output.isQuiet {
            return try LiveRoute(simulation, output.language, speed.factor).play()
        }
        while !simulation.isOver {
            try simulation.advance(by: 60_000)
            for event in simulation.takeEvents() { output.remark(event.line(in: output.language)) }
            if let factor = speed.factor { usleep(UInt32(60_000_000 / factor)) }
        }
    }

    private func tell(_ result: RouteResult, isOver: Bool, _ output: Output) throws {
        if output.isJSON {
            output.line(result.json)
        } else {
            if !output.isQuiet { output.line("") }
            let width = Terminal.width
            for line in result.lines(in: output.language, isOver: isOver)
                .flatMap({ TextWidth.wrapped($0, to: width) })
            {
                output.line(line)
            }
        }
        if let report {
            try NewFile.create(report, RoutePage(result, output.language).html.utf8, output)
            output.remark(output.text(.routeReportWritten, ["path": report]))
        }
        guard result.verdict == .broken else { return }
        throw CommandFailure(
            code: "simulation_failed", exitCode: ExitStatus.checkFailed,
            message: output.text(.routeVerdictBroken))
    }
}

/// Which day is played, and what goes wrong on it.
struct RouteDayOptions: ParsableArguments {
    @Flag(help: "The project's own day in Taitung (the default).")
    var demo = false

    @Option(
        help: ArgumentHelp("A plan file, as `lucky-hub plan import` takes it.", valueName: "file"))
    var plan: String?

    @Option(
        help: ArgumentHelp(
            "A GPX file: its waypoints are the stops; of a track, where it stood still.",
            valueName: "file"))
    var gpx: String?

    @Option(
        help: ArgumentHelp(
            "A hub that serves, to read the plan of --route from; nothing is written there.",
            valueName: "url"))
    var hub: String?

    @Option(help: "With --hub: a file with an office token, or - (default: $LUCKY_TOKEN).")
    var tokenFile: String?

    @Option(
        help: """
            The business day: of a file with several (default: its first), with --gpx the one it is \
            played on (default: 2026-11-22), with --hub the plan's (default: today in Taipei by the \
            hub's clock).
            """)
    var date: String?

    @Option(help: "The route's code, where there are several (default: the file's first).")
    var route: String?

    @Option(help: "Everything is drawn from it.")
    var seed: UInt64 = 1

    @Option(
        help: ArgumentHelp(
            "JSON: speeds, service times, failures, edits, dead zones; in place of the project's own.",
            valueName: "file"))
    var profile: String?

    @Option(
        help: ArgumentHelp(
            "CSV with t_s and kbit_s: the network as measured, in place of dead zones.",
            valueName: "file"))
    var net: String?

    @Option(
        help: ArgumentHelp(
            "GeoJSON: roads as lines, to drive along in place of straight lines and a detour.",
            valueName: "file"))
    var roads: String?

    @Option(help: ArgumentHelp("The phone's battery is flat.", valueName: "hh:mm"))
    var batteryDeath: String?

    @Option(
        help: ArgumentHelp(
            "The driver goes on with another, empty phone: from then on at the next stop with a network.",
            valueName: "hh:mm"))
    var phoneSwap: String?

    @Option(help: ArgumentHelp("The depot's system is down.", valueName: "hh:mm-hh:mm"))
    var hubOutage: String?

    func validate() throws {
        if [demo, plan != nil, gpx != nil, hub != nil].filter({ $0 }).count > 1 {
            throw ValidationError(
                .usageOneOf, ["options": "--demo, --plan, --gpx, --hub"])
        }
        if let hub {
            try HubOption.check(hub)
            guard route != nil else { throw ValidationError(.routeHubNeedsRoute) }
        } else if tokenFile != nil {
            throw ValidationError(.usageGoesWith, ["option": "--token-file", "with": "--hub"])
        }
        if let date, CivilDate(text: date) == nil {
            throw ValidationError(.usageDate, ["found": date])
        }
        for (option, text) in [
            ("--battery-death", batteryDeath), ("--phone-swap", phoneSwap),
        ] {
            if let text, ClockTime.minute(text) == nil {
                throw ValidationError(.usageTimeOfDay, ["option": option, "found": text])
            }
        }
        if let hubOutage, ClockTime.range(hubOutage) == nil {
            throw ValidationError(
                .usageTimeRange, ["option": "--hub-outage", "found": hubOutage])
        }
    }

    func simulation(_ output: Output) async throws -> RouteSimulation {
        let profile = try RouteFiles.profile(profile)
        var settings = RouteSettings(
            seed: seed, profile: profile, batteryDeath: batteryDeath.flatMap(ClockTime.minute),
            phoneSwap: phoneSwap.flatMap(ClockTime.minute),
            hubOutage: hubOutage.flatMap(ClockTime.range))
        if let net {
            settings.net = try NetTrace.read(
                String(decoding: try RouteFiles.data(net), as: UTF8.self))
        }
        if let roads { settings.roads = try RoadNetwork.read(try RouteFiles.data(roads)) }
        guard let hub, let route else { return try RouteSimulation(try source(), settings) }
        let plan = try await RouteAtHub(address: hub, tokenFile: tokenFile, output: output)
            .plan(of: route, on: date)
        return try RouteSimulation(plan, settings)
    }

    private func source() throws(RouteFault) -> RoutePlan {
        let day = date.flatMap { CivilDate(text: $0) }
        guard let gpx else { return try RouteFiles.plan(plan, route: route, on: day) }
        guard let played = day ?? CivilDate(year: 2026, month: 11, day: 22) else {
            throw RouteFault(.usageDate, ["found": date ?? ""])
        }
        let text = String(decoding: try RouteFiles.data(gpx), as: UTF8.self)
        return try RoutePlan.gpx(text, date: played)
    }
}

/// As typed.
enum SpeedArgument: String, CaseIterable, ExpressibleByArgument {
    case real = "1x"
    case fast = "60x"
    case max

    /// Simulated seconds a second; nil: as fast as the machine can.
    var factor: Double? {
        switch self {
        case .real: 1
        case .fast: 60
        case .max: nil
        }
    }
}
