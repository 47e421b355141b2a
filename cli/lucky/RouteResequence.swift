import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckySimulation

struct RouteResequence: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resequence",
        abstract: Phrase.helpResequence.spoken,
        discussion: Phrase.helpResequenceMore.spoken)

    @OptionGroup var common: CommonOptions

    @OptionGroup var which: RouteChoice

    @Flag(help: Phrase.helpRecord.help)
    var record = false

    @Option(help: Phrase.helpCheckProfile.help(as: "file"), completion: .file())
    var profile: String?

    @OptionGroup var departure: DepartureOption
    @OptionGroup var tap: TapOptions

    func run() async throws {
        try await Session.run(common, dryRun: tap.isDryRun) { session in
            let route = try which.route(
                among: try await session.driver.routes(on: common.day), session.output)
            let open = route.stops.filter { !$0.stop.status.isClosed }
            let profile = try RouteFiles.profile(self.profile)
            let proposal = RouteOrder(
                open.map { RouteCheck.Stop($0.stop) },
                from: departure.underWay(route, profile), profile: profile, date: route.date)
            let order = proposal.order.map { open[$0] }
            var shape = Shape(proposal, order, of: route)
            guard open.count(where: { $0.stop.coordinate != nil }) > 1 else {
                return session.output.result(shape, [session.output.text(.resequenceTooFew)])
            }
            var lines = Self.lines(proposal, order, of: route, session.output)
            if let commit = try await kept(order, of: route, proposal, session) {
                shape.change = commit.change.hex
                shape.isRepeat = commit.isRepeat
                shape.pending = commit.pending
                lines.append(
                    session.output.text(
                        .resequenceRecorded, ["change": String(commit.change.hex.prefix(8))]))
            } else if proposal.isBetter {
                lines.append(session.output.text(.resequenceHint))
            }
            session.output.result(shape, lines)
            if let pending = shape.pending {
                session.output.remark(
                    session.output.text(.waitingOnline, ["pending": "\(pending)"]))
            }
        }
    }

    /// Records the order, where that was asked for and it is better; the same id again is the order
    /// that was recorded under it then.
    private func kept(
        _ order: [StoredStop], of route: StoredRoute, _ proposal: RouteOrder, _ session: Session
    ) async throws -> Commit? {
        guard record, let id = route.id else { return nil }
        var stops = order.map(\.stop.id)
        if let change = tap.change, let tap = try await session.driver.recorded(change) {
            for case .suggestedOrder(let earlier) in tap.facts { stops = earlier.stops }
        } else if !proposal.isBetter {
            return nil
        }
        return try await session.driver.prefer(order: stops, of: id, change: tap.change)
    }

    private static func lines(
        _ proposal: RouteOrder, _ order: [StoredStop], of route: StoredRoute, _ output: Output
    ) -> [String] {
        guard proposal.isBetter else { return [output.text(.resequenceSame)] }
        let head = output.text(
            .resequenceHead,
            [
                "route": route.code.text, "stops": "\(order.count)",
                "time": TaipeiTime.clock(minute: proposal.startMinute),
            ])
        let rows = order.enumerated().map { place, stored in
            let stop = stored.stop
            return [
                "\(place + 1)", stop.spokenName, stop.window.map(Formats.window) ?? "",
                stop.customer,
            ]
        }
        func km(_ metres: Int) -> String { "\(Double(metres / 100) / 10)" }
        let saved = proposal.before.metres / 100 * 100 - proposal.after.metres / 100 * 100
        // Windows that are met may be worth a longer way.
        let saving = output.text(
            saved < 0 ? .resequenceLonger : .resequenceSaving,
            [
                "before": km(proposal.before.metres), "after": km(proposal.after.metres),
                saved < 0 ? "more" : "saved": km(abs(saved)),
                "late_before": "\(proposal.before.late)", "late_after": "\(proposal.after.late)",
            ])
        return [head] + TextTable.lines([], rows, numbers: [0]).map { "  " + $0 } + [saving]
    }

    private struct Shape: Encodable {
        /// This one and the next two only where something was recorded.
        var change: String?
        var isRepeat: Bool?
        var lateAfter: Int
        var lateBefore: Int
        var metresAfter: Int
        var metresBefore: Int
        var order: [String]
        var pending: Int?
        var route: String
        var startsAt: String

        init(_ proposal: RouteOrder, _ stops: [StoredStop], of route: StoredRoute) {
            lateAfter = proposal.after.late
            lateBefore = proposal.before.late
            metresAfter = proposal.after.metres
            metresBefore = proposal.before.metres
            order = stops.map(\.stop.code.text)
            self.route = route.code.text
            startsAt = TaipeiTime.clock(minute: proposal.startMinute)
        }
    }
}
