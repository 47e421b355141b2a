import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckySimulation

struct RouteCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: Phrase.helpRouteCheck.spoken,
        discussion: Phrase.helpRouteCheckMore.spoken)

    @OptionGroup var common: CommonOptions

    @Option(help: Phrase.helpPlanFile.help(as: "file"), completion: .file())
    var plan: String?

    @Flag(help: Phrase.helpDemoDay.help)
    var demo = false

    @Option(help: Phrase.helpEachRoute.help)
    var route: String?

    @Option(help: Phrase.helpCheckProfile.help(as: "file"), completion: .file())
    var profile: String?

    @OptionGroup var departure: DepartureOption

    func validate() throws {
        if demo, plan != nil { throw ValidationError(.usageOneOf, ["options": "--demo, --plan"]) }
    }

    func run() async throws {
        guard plan != nil || demo else {
            return try await Session.run(common) { session in
                let routes = try await session.driver.routes(on: common.day)
                let holds = try await session.driver.holdings(
                    at: routes.flatMap(\.stops).map(\.stop.id))
                try Self.tell(try held(routes, holds), session.output)
            }
        }
        try await Session.guarded(common.output) {
            try Self.tell(try planned(), common.output)
        }
    }

    /// Of this phone's day.
    private func held(
        _ routes: [StoredRoute], _ holds: [EntityID: Quantities]
    ) throws(RouteFault) -> [RouteReport] {
        let profile = try RouteFiles.profile(profile)
        let wanted = route.map { Identifier($0) }
        return routes.filter { !$0.stops.isEmpty && (wanted == nil || $0.code == wanted) }
            .map { route in
                let check = RouteCheck(
                    route.stops.map { RouteCheck.Stop($0.stop, holds: holds[$0.stop.id]) },
                    capacityGrams: route.capacityGrams,
                    from: departure.underWay(route, profile), profile: profile, date: route.date)
                return RouteReport(route.code, check)
            }
    }

    /// Of a plan file: the route that was named, else each of them.
    private func planned() throws(RouteFault) -> [RouteReport] {
        let day = common.business.day
        let first = try RouteFiles.plan(plan, route: route, on: day)
        let profile = try RouteFiles.profile(profile)
        var reports: [RouteReport] = []
        for code in route == nil ? first.choices : [first.route] {
            let plan = try RouteFiles.plan(plan, route: code.text, on: day)
            let check = RouteCheck(
                plan.rows.map { RouteCheck.Stop($0) },
                capacityGrams: plan.rows.lazy.compactMap(\.capacityGrams).first,
                from: departure.planned(on: plan.date), profile: profile, date: plan.date)
            reports.append(RouteReport(plan.route, check))
        }
        return reports
    }

    private static func tell(_ reports: [RouteReport], _ output: Output) throws {
        guard !reports.isEmpty else {
            throw CommandFailure(
                code: "no_route", exitCode: ExitStatus.refused,
                message: output.text(.checkNoRoute),
                hint: output.text(.noRouteHint))
        }
        let errors = reports.reduce(0) { $0 + $1.findings.filter(\.isError).count }
        output.result(
            Shape(errors: errors, routes: reports.map(Shape.Route.init)),
            reports.flatMap { $0.lines(output) })
        guard errors > 0 else { return }
        throw CommandFailure(
            code: "route_needs_change", exitCode: ExitStatus.checkFailed,
            message: output.text(.checkFailed, ["count": "\(errors)"]),
            hint: output.text(.needsChangeHint))
    }

    private struct Shape: Encodable {
        /// Beside its kind what that is about; the rest is absent.
        struct Found: Encodable {
            var capacityG: Int64?
            var distanceM: Int?
            var isError: Bool
            var kind: String
            var loadG: Int64?
            var otherStop: Int?
            var product: String?
            var reachedAt: String?
            var stop: Int?
            var window: String?

            init(_ finding: RouteCheck.Finding) {
                (isError, kind, stop) = (finding.isError, finding.code, finding.stop)
                switch finding {
                case .capacity(let load, let capacity): (loadG, capacityG) = (load, capacity)
                case .window(_, let window, let minute):
                    self.window = Formats.window(window)
                    reachedAt = TaipeiTime.clock(minute: minute)
                case .duplicate(_, let other): otherStop = other
                case .far(_, let metres), .farFromDepot(_, let metres): distanceM = metres
                case .holds(_, let product): self.product = product.code.text
                case .noPlace, .address, .noAddress, .noPhone, .noName: break
                }
            }
        }

        struct Route: Encodable {
            var date: String
            var findings: [Found]
            var route: String
            var startsAt: String
            var stops: Int

            init(_ report: RouteReport) {
                date = report.date.text
                findings = report.findings.map(Found.init)
                route = report.code.text
                startsAt = TaipeiTime.clock(minute: report.startMinute)
                stops = report.stops
            }
        }

        var errors: Int
        var routes: [Route]
    }
}

/// One route, and what is to be said of it.
struct RouteReport {
    var code: Identifier
    var date: CivilDate
    var findings: [RouteCheck.Finding]
    /// Of the day: when the truck sets off, or goes on.
    var startMinute: Int
    var stops: Int

    init(_ code: Identifier, _ check: RouteCheck) {
        self.code = code
        date = check.date
        stops = check.stops.count
        startMinute = check.startMinute
        findings = check.findings
    }

    func lines(_ output: Output) -> [String] {
        let head = output.text(
            .checkHead,
            [
                "date": date.text(output.dates), "route": code.text, "stops": "\(stops)",
                "time": TaipeiTime.clock(minute: startMinute),
            ])
        guard !findings.isEmpty else { return [head, output.text(.checkClean)] }
        let errors = findings.filter(\.isError).count
        let sum = output.text(
            .checkSum, ["errors": "\(errors)", "warnings": "\(findings.count - errors)"])
        let width = Terminal.width
        return [head]
            + findings.flatMap { TextWidth.wrapped($0.words(in: output.language), to: width) }
            + [sum]
    }
}

/// Files that describe routes, as named on the command line.
enum RouteFiles {
    static func profile(_ path: String?) throws(RouteFault) -> RouteProfile {
        guard let path else { return try RouteProfile.standard() }
        return try RouteProfile.read(try data(path))
    }

    /// - Parameters:
    ///   - path: nil: the project's own day.
    ///   - day: nil: the first that the route has.
    static func plan(
        _ path: String?, route: String?, on day: CivilDate?
    ) throws(RouteFault) -> RoutePlan {
        guard let path else { return try RoutePlan.demo(route: route, on: day) }
        return try RoutePlan.read(try data(path), route: route, on: day)
    }

    static func data(_ path: String) throws(RouteFault) -> Data {
        // Not by its size: a pipe has none.
        guard let file = FileHandle(forReadingAtPath: path),
            let data = try? file.readToEnd() ?? Data()
        else {
            throw RouteFault(.routeFileMissing, ["path": path])
        }
        return data
    }
}

extension CommandFailure {
    init(_ fault: RouteFault, _ output: Output) {
        self.init(
            code: "route_unusable",
            exitCode: fault.isOfContents ? ExitStatus.checkFailed : ExitStatus.usage,
            message: fault.message(in: output.language), hint: output.text(.routeFileHint))
    }
}
