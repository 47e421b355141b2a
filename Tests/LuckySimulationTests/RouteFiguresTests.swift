import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// The sums of a simulated day, computed again from what they are sums of, and the pictures read back.
struct RouteFiguresTests {
    /// Days that begin when the first windows are over, with customers who are out, an office that
    /// changes its mind, photos, and a network now and then: played once for all tests.
    static let days = Result {
        try [1, 7].map { (seed: UInt64) in
            try RouteSimulationTests.play(6, seed: seed) { settings in
                settings.profile.start = "10:05"
                settings.profile.failuresPerMille = ["absent": 350]
                settings.profile.officeEditsPerMille = ["cancel": 400, "price": 300, "window": 100]
                settings.profile.photosPerMille = 500
                settings.net = try? NetTrace.read("t_s,kbit_s\n0,0\n1200,2000\n1500,0\n")
            }.result()
        }
    }

    private static func isEverything(_ day: RouteResult) -> Bool {
        day.reviews > 0 && day.failed > 0 && day.late > 0 && day.delivered > 0
    }

    private static func rank(_ waits: [Int64], _ percent: Double) -> Double? {
        guard !waits.isEmpty else { return nil }
        let place = max(1, Int((Double(waits.count) * percent / 100).rounded(.up)))
        return (Double(waits[place - 1]) / 100).rounded() / 10
    }

    @Test("Every sum is the sum of what the same object names one by one")
    func consistent() throws {
        var isComplete = false
        for day in try Self.days.get() {
            isComplete = isComplete || Self.isEverything(day)
            let stops = day.timeline
            func count(_ outcomes: String...) -> Int {
                stops.count { outcomes.contains($0.outcome) }
            }
            #expect(day.stops == stops.count)
            #expect(day.delivered == count("delivered", "partial"))
            #expect(day.failed == count("failed") && day.cancelled == count("cancelled"))
            #expect(day.open == count("open", "refused"))
            #expect(day.late == stops.count(where: \.late))
            for stop in stops {
                // An office may move a window while the truck is on its way, never for these two.
                if let arrived = stop.arrivedS, let window = stop.window, stop.late {
                    #expect(arrived >= min(window.toS, 12 * 3_600), "\(stop.number)")
                }
                #expect((stop.receivedS ?? .max) >= (stop.savedS ?? .min))
                #expect((stop.savedS ?? .max) >= (stop.tappedS ?? .min))
                #expect((stop.tappedS ?? .max) >= (stop.arrivedS ?? .min))
            }
            let books = day.reconciliation
            #expect(day.cash == Double(books.cashTappedCents) / 100)
            #expect(day.cylinders == books.products.reduce(0) { $0 + $1.deliveredTapped })
            #expect(day.empties == books.products.reduce(0) { $0 + $1.collectedTapped })
            #expect(day.taps == books.tapped)
            #expect(books.tapped == books.received + books.waiting + books.lost + books.altered)
            #expect(day.reviews == day.reviewList.count)
            let isSame =
                books.cashTappedCents == books.cashHubCents
                && books.products.allSatisfy {
                    $0.deliveredTapped == $0.deliveredHub && $0.collectedTapped == $0.collectedHub
                }
            #expect(books.agrees == isSame)
            let isBroken = books.lost + books.doubled + books.altered > 0
            #expect((day.verdict == .broken) == (isBroken || books.waiting == 0 && !isSame))
            #expect((day.verdict == .waiting) == (!isBroken && books.waiting > 0))

            #expect(day.pendingMax == day.outbox.map(\.pending).max())
            #expect(day.outbox.last?.pending == books.waiting)
            #expect(day.offlineS == day.offline.reduce(0) { $0 + $1.toS - $1.fromS })
            #expect(day.waitsMs.count == books.received && day.waitsMs == day.waitsMs.sorted())
            #expect(day.tapToDepotP50 == Self.rank(day.waitsMs, 50))
            #expect(day.tapToDepotP95 == Self.rank(day.waitsMs, 95))
            #expect(day.tapToDepotMax == Self.rank(day.waitsMs, 100))
            for wait in stops.compactMap({ stop in
                stop.receivedS.flatMap { received in stop.tappedS.map { received - $0 } }
            }) {
                // Whole seconds on both ends.
                #expect(day.waitsMs.contains { abs($0 - Int64(wait) * 1_000) < 1_000 })
            }
        }
        #expect(isComplete, "no seed has a review, a failure and a late stop")
    }

    /// Where an SVG path of `M`, `H` and `V` begins, each height that it goes to, and where it ends.
    private static func steps(
        _ path: Substring
    ) throws -> (heights: [(x: Double, y: Double)], end: Double) {
        var heights: [(x: Double, y: Double)] = []
        var x = 0.0
        for step in path.matches(of: /([MHV])([-\d.]+)(?: ([-\d.]+))?/) {
            let number = try #require(Double(step.2))
            if step.1 != "V" { x = number }
            if step.1 == "M" { heights.append((x, try #require(step.3.flatMap { Double($0) }))) }
            if step.1 == "V" { heights.append((x, number)) }
        }
        return (heights, x)
    }

    @Test("The curve of what waited, read back from the picture, is the outbox")
    func curve() throws {
        let day = try #require(try Self.days.get().last)
        let page = RoutePage(day, .en).html
        let path = try #require(
            page.firstMatch(of: /<path d="(M[^"]*)" fill="none" stroke="#0550ae"/)
        ).1
        let (heights, end) = try Self.steps(path)
        let first = try #require(day.outbox.first)
        let start = try #require(heights.first)
        // From the first sample to the day's end, and from nothing to the most there was.
        let until = max(
            try #require(day.outbox.last).atS, day.offline.map(\.toS).max() ?? 0, first.atS + 60)
        let second = Double(until - first.atS) / (end - start.x)
        let bottom = 130.0
        let top = try #require(heights.map(\.y).min())
        let each = (bottom - top) / Double(max(1, day.pendingMax))
        let read = heights.map { height in
            (
                at: Double(first.atS) + (height.x - start.x) * second,
                pending: Int(((bottom - height.y) / each).rounded())
            )
        }
        let drawn = read.map(\.pending)
        #expect(drawn == day.outbox.map(\.pending))
        for (corner, depth) in zip(read, day.outbox) {
            // A tenth of a point is how finely the picture is drawn.
            #expect(abs(corner.at - Double(depth.atS)) <= 0.11 * second + 1, "\(depth)")
        }
        let dark = page.matches(
            of: /<rect x="([\d.]+)" y="10" width="([\d.]+)" height="120" fill="#eaeef2"\/>/)
        #expect(dark.count == day.offline.count)
        for (rect, span) in zip(dark, day.offline) {
            let from = Double(first.atS) + (try #require(Double(rect.1)) - start.x) * second
            #expect(abs(from - Double(max(span.fromS, first.atS))) <= 0.11 * second + 1)
        }
    }

    @Test("What a screen reader says of the pictures are the same figures, in both languages")
    func labels() throws {
        let day = try #require(try Self.days.get().first(where: Self.isEverything))
        for language in Language.allCases {
            let page = RoutePage(day, language).html
            let labels = page.matches(of: /role="img" aria-label="([^"]*)"/).map { String($0.1) }
            let titles = page.matches(of: /<title>([^<]*)<\/title>/).map { String($0.1) }
            try #require(labels.count == 2)
            func numbers(_ text: String) -> [Int] {
                text.matches(of: /\d+/).compactMap { Int($0.0) }
            }
            #expect(
                numbers(labels[0]).sorted()
                    == [day.stops, day.delivered, day.failed, day.cancelled, day.open].sorted())
            let dark = numbers(RouteResult.time(Double(day.offlineS), in: language))
            #expect(numbers(labels[1]).sorted() == (dark + [day.pendingMax]).sorted())
            // A picture's title says the same as its label.
            #expect(labels.allSatisfy(titles.contains))
            for stop in day.timeline where stop.place != nil {
                let mine = titles.filter { $0.contains(stop.code) }
                #expect(mine.count == 1, "\(stop.code): \(titles)")
            }
        }
    }
}
