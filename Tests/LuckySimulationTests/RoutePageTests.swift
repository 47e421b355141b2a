import Foundation
import LuckyModel
import TestSupport
import Testing

@testable import LuckySimulation

/// The page about a simulated day: every figure on it is recomputed here from the JSON object.
struct RoutePageTests {
    /// An element with a figure.
    private struct Figure {
        var key: String
        var form: String
        var text: String
    }

    private static func figures(_ page: String) -> [Figure] {
        page.matches(of: /<b data-key="([^"]*)" data-form="([^"]*)">([^<]*)<\/b>/).map {
            Figure(key: String($0.1), form: String($0.2), text: String($0.3))
        }
    }

    static func object(_ page: String) throws -> [String: Any] {
        let open = try #require(page.range(of: "<script type=\"application/json\" id=\"result\">"))
        let close = try #require(page.range(of: "</script>"))
        let text = page[open.upperBound..<close.lowerBound]
        return try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// The value at `timeline.3.tapped_s`; nil where there is none.
    private static func value(_ key: String, in object: Any) -> Any? {
        key.split(separator: ".").reduce(Optional.some(object)) { found, part in
            if let list = found as? [Any] {
                return Int(part).flatMap { list.indices.contains($0) ? list[$0] : nil }
            }
            return (found as? [String: Any])?[String(part)]
        }
    }

    private static func expected(
        _ figure: Figure, in object: [String: Any], _ language: Language
    ) -> String? {
        let zh = language == .zhHant
        func length(_ seconds: Double) -> String {
            if seconds < 60 { return "\(seconds) \(zh ? "秒" : "s")" }
            let whole = Int(seconds.rounded())
            if whole >= 3_600 {
                let minutes = (whole - whole / 3_600 * 3_600) / 60
                return "\(whole / 3_600) \(zh ? "小時" : "h") \(minutes) \(zh ? "分" : "min")"
            }
            return "\(whole / 60) \(zh ? "分" : "min") \(whole % 60) \(zh ? "秒" : "s")"
        }
        let value = Self.value(figure.key, in: object)
        let number = (value as? NSNumber)?.doubleValue
        switch figure.form {
        case "plain":
            if let text = value as? String { return text }
            guard let number else { return nil }
            return figure.key == "km" ? "\(number)" : "\(Int(number))"
        case "clock", "minute":
            guard let second = number.map({ Int($0) }) else { return nil }
            let parts =
                [second / 3_600, second / 60 % 60] + (figure.form == "clock" ? [second % 60] : [])
            return parts.map { String(format: "%02d", $0) }.joined(separator: ":")
        case "roc":
            guard let text = value as? String, let year = Int(text.prefix(4)) else { return nil }
            return "\(year - 1911)" + text.dropFirst(4).replacingOccurrences(of: "-", with: "/")
        case "product":
            return (value as? String).flatMap { Product(Identifier($0)).info?.name(in: language) }
        case "length": return number.map(length) ?? "–"
        case "money": return number.flatMap { Money(cents: Int64(($0 * 100).rounded()))?.text }
        case "cents": return number.flatMap { Money(cents: Int64($0))?.text }
        case "waited":
            guard let stop = value as? [String: Any], let tapped = stop["tapped_s"] as? Int,
                let received = stop["received_s"] as? Int
            else { return nil }
            return length(Double(received - tapped))
        default: return nil
        }
    }

    /// What a person reads, without the figures, the axes and everything in the head.
    private static func rest(_ page: String) -> String {
        var text = page
        let patterns: [Regex<Substring>] = [
            /(?s)<head>.*?<\/head>/, /(?s)<script.*?<\/script>/, /(?s)<svg.*?<\/svg>/,
            /(?s)<footer>.*?<\/footer>/, /<b data-key="[^"]*" data-form="[^"]*">[^<]*<\/b>/,
        ]
        for pattern in patterns { text.replace(pattern, with: "") }
        return text.replacing(/<[^>]*>/, with: " ")
    }

    /// A quiet day, those on which all there is to say happens, and one with a review of every kind.
    private static func days() throws -> [RouteResult] {
        let played = try RouteFiguresTests.days.get()
        var disputed = try RouteSimulationTests.play(6).result()
        let quiet = disputed
        disputed.reviewList = ReviewKind.all.map {
            RouteResult.OpenReview(kind: $0.rawValue, stop: 3)
        }
        disputed.reviews = disputed.reviewList.count
        return [quiet, disputed] + played
    }

    @Test(
        "Every figure is what the JSON object says, and nothing else is a figure",
        arguments: Language.allCases, [DateStyle.common, .roc])
    func figures(language: Language, dates: DateStyle) throws {
        var keys: Set<String> = []
        for day in try Self.days() {
            let page = RoutePage(day, language, dates).html
            let object = try Self.object(page)
            let figures = Self.figures(page)
            #expect(figures.count > 50)
            for figure in figures {
                #expect(
                    Self.expected(figure, in: object, language) == figure.text, "\(figure.key)")
            }
            #expect(figures.contains { $0.form == "roc" } == (dates == .roc))
            #expect(day.reviewList.count == day.reviews)
            // What is about the driver's day names no stop.
            let ofStops = day.reviewList.count {
                Phrase.review(ReviewKind(rawValue: $0.kind)).en.contains("{stop}")
            }
            #expect(figures.count { $0.key.hasPrefix("review_list.") } == ofStops)
            keys.formUnion(figures.map(\.key))
            let loose = Self.rest(page).replacingOccurrences(of: "95%", with: "")
                .replacingOccurrences(of: "&#39;", with: "'")
            #expect(!loose.contains { $0.isNumber && $0.isASCII }, "\(loose)")
        }
        for key in [
            "stops", "delivered", "failed", "cancelled", "late", "km", "cash", "bytes_up",
            "bytes_down", "tap_to_depot_p50_s", "tap_to_depot_p95_s", "tap_to_depot_max_s",
            "reconciliation.lost", "reconciliation.doubled", "timeline.5.number",
            "timeline.0.proof_s", "date", "review_list.0.stop", "driver",
        ] {
            #expect(keys.contains(key), "\(key)")
        }
    }

    @Test("The days that the figures are recomputed of have every outcome, a photo and a review")
    func everything() throws {
        let days = try Self.days()
        #expect(days.contains { $0.reviews > 0 } && days.contains { $0.late > 0 })
        let outcomes = Set(days.flatMap(\.timeline).map(\.outcome))
        #expect(outcomes.isSuperset(of: ["delivered", "failed", "cancelled"]), "\(outcomes)")
        #expect(days.flatMap(\.timeline).contains { $0.proof == .onPhone })
    }

    @Test("The object of the page is the object of --json")
    func embedded() throws {
        let result = try RouteSimulationTests.play(2).result()
        let mine = NSDictionary(dictionary: try Self.object(RoutePage(result, .en).html))
        let other = try JSONSerialization.jsonObject(with: Data(result.json.utf8))
        let theirs = NSDictionary(dictionary: try #require(other as? [String: Any]))
        #expect(mine == theirs)
    }

    @Test("The page needs nothing from elsewhere, and is small")
    func alone() throws {
        var result = try RouteSimulationTests.play(2).result()
        // As long a day as there is: sixty stops.
        let line = try #require(result.timeline.first)
        result.timeline = (1...60).map { number in
            var line = line
            line.number = number
            return line
        }
        for language in Language.allCases {
            let page = RoutePage(result, language).html
            #expect(page.utf8.count < 1_000_000)
            for word in ["http://", "https://", "<link", "src=", "@import", "url(", "javascript:"] {
                #expect(!page.contains(word), "\(word)")
            }
            #expect(page.contains("<html lang=\"\(language.rawValue)\">"))
            #expect(page.components(separatedBy: "<svg").count == 3)
            #expect(page.components(separatedBy: "role=\"img\"").count == 3)
            #expect(page.components(separatedBy: "<h1>").count == 2)
        }
    }

    @Test("A photo that stays on the phone keeps a stop's proof from being complete, and is said")
    func proof() throws {
        var result = try RouteSimulationTests.play(2).result()
        #expect(result.timeline.allSatisfy { $0.proofS == $0.receivedS })
        #expect(result.timeline.contains { $0.proof == .complete })
        result.timeline[0].proof = .onPhone
        result.timeline[0].proofS = nil
        for (language, words) in [(Language.en, "photo on the phone"), (.zhHant, "照片在手機")] {
            let page = RoutePage(result, language).html
            #expect(page.components(separatedBy: "<span>").count { $0.contains(words) } == 1)
        }
    }

    @Test("What a plan calls its stops cannot become part of the page")
    func escaped() throws {
        var result = try RouteSimulationTests.play(1).result()
        result.route = "<script>alert('1')</script>&"
        result.timeline[0].code = "\"><img onerror=x>"
        let page = RoutePage(result, .en).html
        #expect(page.components(separatedBy: "<script").count == 2)
        #expect(!page.contains("<img"))
        let object = try Self.object(page)
        #expect(object["route"] as? String == result.route)
    }

    @Test("Stops and dead zones stand where they are")
    func places() throws {
        let result = try RouteSimulationTests.play(6).result()
        let page = RoutePage(result, .en).html
        let marks = page.matches(
            of:
                /data-stop="(\d+)" data-lat="([\d.]+)" data-lng="([\d.]+)" transform="translate\(([\d.]+) ([\d.]+)\)"/
        )
        #expect(marks.count == 6)
        let points = try marks.map { mark -> (lat: Double, lng: Double, x: Double, y: Double) in
            let stop = result.timeline[try #require(Int(mark.1))]
            let place = try #require(stop.place)
            let numbers = try [mark.2, mark.3, mark.4, mark.5].map { try #require(Double($0)) }
            #expect(numbers[0] == place.lat && numbers[1] == place.lng)
            return (numbers[0], numbers[1], numbers[2], numbers[3])
        }
        // North is up, east is right, and a metre is as long in both directions.
        let (first, last) = (try #require(points.first), try #require(points.last))
        #expect((first.lat < last.lat) == (first.y > last.y))
        #expect((first.lng < last.lng) == (first.x < last.x))
        let across = cos(first.lat * .pi / 180)
        let up = abs(first.y - last.y) / abs(first.lat - last.lat)
        let right = abs(first.x - last.x) / abs(first.lng - last.lng) / across
        #expect(abs(up / right - 1) < 0.01)
        #expect(points.allSatisfy { (0...800).contains($0.x) && $0.y > 0 })
        #expect(page.components(separatedBy: "class=\"zone\"").count == result.deadZones.count + 1)
    }
}
