import ArgumentParser
import LuckyCommandLine
import LuckyDriver

/// One of the day's routes.
struct RouteChoice: ParsableArguments {
    @Option(help: Phrase.helpOneRoute.help)
    var route: String?

    /// The one that was named, or the only one that has stops.
    func route(among routes: [StoredRoute], _ output: Output) throws -> StoredRoute {
        let wanted = route.map { Identifier($0) }
        let found = routes.filter {
            $0.id != nil && !$0.stops.isEmpty && (wanted == nil || $0.code == wanted)
        }
        let codes = routes.map(\.code.text).filter { !$0.isEmpty }
        if found.isEmpty, let named = self.route, !codes.isEmpty {
            throw CommandFailure(
                code: "no_route", exitCode: ExitStatus.refused,
                message: output.text(
                    .routeNotHere, ["route": named, "routes": codes.joined(separator: " · ")]),
                hint: output.text(.noRouteHint))
        }
        guard let route = found.first else {
            throw CommandFailure(
                code: "no_route", exitCode: ExitStatus.refused, message: output.text(.checkNoRoute),
                hint: output.text(.noRouteHint))
        }
        guard found.count == 1 else {
            throw CommandFailure(
                code: "several_routes", exitCode: ExitStatus.refused,
                message: output.text(.resequenceWhich, ["count": "\(found.count)"]),
                hint: output.text(.whichRouteHint))
        }
        return route
    }
}

struct RouteStart: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "start", abstract: Phrase.helpRouteStart.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: RouteChoice
    @OptionGroup var tap: TapOptions

    func run() async throws {
        try await Session.run(common, dryRun: tap.isDryRun) { session in
            try await session.tap(which, saying: .routeStarted) { route in
                try await session.driver.startRoute(route, change: tap.change)
            }
        }
    }
}

struct RouteComplete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "complete", abstract: Phrase.helpRouteComplete.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: RouteChoice
    @OptionGroup var tap: TapOptions

    func run() async throws {
        try await Session.run(common, dryRun: tap.isDryRun) { session in
            try await session.tap(which, saying: .routeCompleted) { route in
                try await session.driver.completeRoute(route, change: tap.change)
            }
        }
    }
}

extension Session {
    /// Runs a tap on a route and says what is safe where.
    fileprivate func tap(
        _ which: RouteChoice, saying phrase: Phrase, _ tap: (EntityID) async throws -> Commit
    ) async throws {
        let route = try which.route(among: try await driver.routes(on: options.day), output)
        guard let id = route.id else { return }
        let commit = try await tap(id)
        let after = try await driver.routes(on: options.day).first { $0.id == id } ?? route
        output.result(
            RouteCommitObject(
                change: commit.change.hex, isRepeat: commit.isRepeat, pending: commit.pending,
                route: RouteObject(after)),
            [
                output.text(
                    commit.isRepeat ? .routeTapRecorded : phrase,
                    [
                        "route": route.spokenName(output),
                        "change": String(commit.change.hex.prefix(8)),
                    ])
            ])
        output.remark(output.text(.waitingOnline, ["pending": "\(commit.pending)"]))
    }
}

private struct RouteCommitObject: Encodable {
    var change: String
    var isRepeat: Bool
    var pending: Int
    var route: RouteObject
}
