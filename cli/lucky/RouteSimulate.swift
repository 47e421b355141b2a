import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyModel
import LuckySimulation

struct RouteSimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: Phrase.helpSimulate.spoken,
        discussion: Phrase.helpSimulateMore.spoken)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var day: RouteDayOptions

    @Option(help: Phrase.helpSpeed.help)
    var speed = SpeedArgument.max

    @Option(help: Phrase.helpReport.help(as: "file"), completion: .file())
    var report: String?

    @OptionGroup var trial: DryRunOption

    func validate() throws { try trial.check(goesWith: "--report", report) }

    func run() async throws {
        var output = speech.output
        output.isDryRun = trial.dryRun
        try await output.guarded { [output] in
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
        let isLive = Terminal.canDraw(STDOUT_FILENO) && isatty(STDIN_FILENO) != 0
        if isLive, !output.isJSON, !output.isQuiet {
            return try LiveRoute(simulation, output.language, speed.factor).play()
        }
        var pace = RoutePace(factor: speed.factor, at: Terminal.milliseconds)
        while !simulation.isOver {
            if speed.factor != nil { usleep(UInt32(RoutePace.frame * 1_000)) }
            try simulation.advance(by: pace.step(at: Terminal.milliseconds))
            for event in simulation.takeEvents() { output.remark(event.line(in: output.language)) }
        }
    }

    private func tell(_ result: RouteResult, isOver: Bool, _ output: Output) throws {
        if output.isJSON {
            output.result(result, [])
        } else {
            if !output.isQuiet { output.line("") }
            let width = Terminal.width
            for line in result.lines(
                in: output.language, isOver: isOver, dates: output.dates
            )
            .flatMap({ TextWidth.wrapped($0, to: width) }) {
                output.line(line)
            }
        }
        if let report {
            try NewFile.create(
                report, RoutePage(result, output.language, output.dates).html.utf8, output)
            if output.isDryRun { output.remark(output.text(.dryRun)) }
            output.remark(output.text(.routeReportWritten, ["path": report]))
        }
        guard result.verdict == .broken else { return }
        throw CommandFailure(
            code: "simulation_failed", exitCode: ExitStatus.checkFailed,
            message: output.text(.routeVerdictBroken), hint: output.text(.simulatedHint))
    }
}

/// Which day is played, and what goes wrong on it.
struct RouteDayOptions: ParsableArguments {
    @Flag(help: Phrase.helpDemoDayDefault.help)
    var demo = false

    @Option(help: Phrase.helpPlanFile.help(as: "file"), completion: .file())
    var plan: String?

    @Option(help: Phrase.helpGPX.help(as: "file"), completion: .file())
    var gpx: String?

    @Option(help: Phrase.helpPlanHub.help(as: "url"))
    var hub: String?

    @Option(help: Phrase.helpOfficeToken.help, completion: .file())
    var tokenFile: String?

    @Option(help: Phrase.helpSimulateDate.help)
    var date: String?

    @Option(help: Phrase.helpFirstRoute.help)
    var route: String?

    @Option(help: Phrase.helpSeed.help)
    var seed: UInt64 = 1

    @Option(help: Phrase.helpSimulateProfile.help(as: "file"), completion: .file())
    var profile: String?

    @Option(help: Phrase.helpNetworkTrace.help(as: "file"), completion: .file())
    var net: String?

    @Option(help: Phrase.helpRoads.help(as: "file"), completion: .file())
    var roads: String?

    @Option(help: Phrase.helpBatteryDeath.help(as: "hh:mm"))
    var batteryDeath: String?

    @Option(help: Phrase.helpNewPhone.help(as: "hh:mm"))
    var phoneSwap: String?

    @Option(help: Phrase.helpHubOutage.help(as: "hh:mm-hh:mm"))
    var hubOutage: String?

    func validate() throws {
        if [demo, plan != nil, gpx != nil, hub != nil].filter({ $0 }).count > 1 {
            throw ValidationError(
                .usageOneOf, ["options": "--demo, --plan, --gpx, --hub"])
        }
        // A GPX file has one route, and no name for it.
        if gpx != nil, route != nil {
            throw ValidationError(.usageOneOf, ["options": "--gpx, --route"])
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
    var factor: Int64? {
        switch self {
        case .real: 1
        case .fast: 60
        case .max: nil
        }
    }
}
