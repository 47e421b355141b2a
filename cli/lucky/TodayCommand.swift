import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct TodayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "today",
        abstract: Phrase.helpToday.spoken)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common) { session in
            let driver = session.driver
            let routes = try await driver.routes(on: common.day)
            let today = Today(
                driver: session.identity.driver, date: driver.date(of: common.day), routes: routes,
                box: try await driver.dutyDay(on: common.day)?.box,
                pending: try await driver.status().pendingCount,
                proofs: try await driver.waitingProofs().count,
                missing: try await driver.missingPhotos().values.reduce(0, +),
                news: try await driver.news().count,
                reviews: try await driver.reviews().filter { $0.review.state.needsDecision }.count)
            session.output.result(
                today.object, today.lines(session.output) + (try await session.unconfirmed))
        }
    }
}

private struct Today {
    var driver: Identifier
    var date: CivilDate?
    var routes: [StoredRoute]
    var box: Money?
    var pending: Int
    /// Stops with a photo or signature that only this phone has.
    var proofs: Int
    /// Photos and signatures that are gone from this phone.
    var missing: Int
    var news: Int
    var reviews: Int

    private var stops: [StoredStop] { routes.flatMap(\.stops) }
    private var closed: Int { stops.filter(\.stop.status.isClosed).count }
    private var next: StoredStop? { stops.first { !$0.stop.status.isClosed } }

    struct Shape: Encodable {
        var boxCents: Int64?
        var closedStops: Int
        var date: String?
        var driver: String
        var news: Int
        var next: StopObject?
        var pending: Int
        /// Photos and signatures that are gone from this phone.
        var proofGone: Int
        var proofPending: Int
        var reviews: Int
        var stops: Int
        var toDeliver: [String: Int]
    }

    private var needed: Quantities {
        let lines = TruckStock(routes).lines
        return Quantities(lines.map { (product: $0.product, count: $0.needed) }) ?? [:]
    }

    var object: Shape {
        Shape(
            boxCents: box?.cents, closedStops: closed, date: date?.text, driver: driver.text,
            news: news, next: next.map { StopObject($0) }, pending: pending,
            proofGone: missing, proofPending: proofs, reviews: reviews, stops: stops.count,
            toDeliver: StopObject.counts(needed))
    }

    func lines(_ output: Output) -> [String] {
        let head = [
            "date": date.map { Formats.date($0, in: output.language, output.dates) } ?? "–",
            "driver": driver.text, "closed": "\(closed)", "total": "\(stops.count)",
        ]
        guard !stops.isEmpty else { return [output.text(.todayNone, head)] + waiting(output) }
        let nothing = output.text(.todayNothing)
        let place = next.map { next in
            [next.stop.spokenName, next.stop.customer, next.stop.address]
                .filter { !$0.isEmpty }.joined(separator: "  ")
        }
        let pairs = [
            (output.text(.todayNext), place ?? output.text(.nextNone)),
            (
                output.text(.todayToDeliver),
                needed.isEmpty ? nothing : Formats.quantities(needed, in: output.language)
            ),
            (output.text(.todayBox), box?.text ?? "–"),
        ]
        let closed = routes.compactMap(\.closedAt).map {
            output.text(.routeClosedByOffice, ["time": Formats.moment($0, output.dates)])
        }
        return [output.text(.todayHead, head)] + closed + TextTable.labelled(pairs + asides(output))
    }

    private func waiting(_ output: Output) -> [String] { TextTable.labelled(asides(output)) }

    private func asides(_ output: Output) -> [(String, String)] {
        let nothing = output.text(.todayNothing)
        let count = Formats.count(pending, .change, in: output.language)
        let photos = [
            (output.text(.todayProofs), output.text(.todayProofCount, ["count": "\(proofs)"]))
        ]
        let gone = [
            (output.text(.todayProofs), output.text(.todayProofsGone, ["count": "\(missing)"]))
        ]
        return [(output.text(.todayOutbox), pending == 0 ? nothing : count)]
            + (proofs == 0 ? [] : photos) + (missing == 0 ? [] : gone) + [
                (
                    output.text(.todayNews),
                    news == 0 ? nothing : output.text(.todayNewsCount, ["count": "\(news)"])
                ),
                (
                    output.text(.todayReviews),
                    reviews == 0 ? nothing : output.text(.todayReviewCount, ["count": "\(reviews)"])
                ),
            ]
    }
}
