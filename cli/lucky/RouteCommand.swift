import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct RouteCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "route", abstract: Phrase.helpRouteGroup.spoken,
        subcommands: [
            RouteShow.self, RouteNews.self, RouteCheckCommand.self, RouteResequence.self,
            RouteStart.self, RouteComplete.self, RouteSimulateCommand.self,
        ],
        defaultSubcommand: RouteShow.self)
}

struct RouteShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: Phrase.helpRouteShow.spoken)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common) { session in
            let routes = try await session.driver.routes(on: common.day)
            let gone = try await session.driver.handedOverStops(on: common.day)
            let date = session.driver.date(of: common.day)
            let heardAt = try await session.driver.status().lastPageAt
            let output = session.output
            let lines = try await RouteText(session)
                .lines(routes, handedOver: gone, date: date)
            output.result(
                Shown(
                    date: date?.text ?? "", hubHeardMs: heardAt,
                    handedOver: gone.map { StopObject($0) }, routes: routes.map(RouteObject.init)),
                lines + [StatusText(output).asOf(heardAt)])
        }
    }

    private struct Shown: Encodable {
        var date: String
        /// By the hub's clock: how old this may be.
        var hubHeardMs: Int64?
        var handedOver: [StopObject]
        var routes: [RouteObject]
    }
}

struct RouteNews: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "news",
        abstract: Phrase.helpRouteNews.spoken)

    @OptionGroup var common: CommonOptions

    @Flag(help: Phrase.helpPeek.help)
    var peek = false

    @OptionGroup var trial: DryRunOption

    func run() async throws {
        try await Session.run(common, dryRun: trial.dryRun) { session in
            let news = try await session.driver.news()
            var items: [NewsObject] = []
            var lines: [String] = []
            for item in news {
                let stop = try await session.driver.stop(item.entity)
                items.append(NewsObject(item, stop))
                lines.append(NewsText(session.output).line(item, stop))
            }
            if !peek {
                let changes = Dictionary(grouping: news.filter { $0.change != nil }, by: \.entity)
                for (entity, items) in changes.sorted(by: { $0.key < $1.key }) {
                    try await session.driver.look(at: items.compactMap(\.change), of: entity)
                }
            }
            let none = try await session.isFetched ? Phrase.newsNone : .neverFetched
            session.output.result(
                Shown(news: items),
                lines.isEmpty ? [session.output.text(none)] : lines)
        }
    }

    private struct Shown: Encodable { var news: [NewsObject] }
}
