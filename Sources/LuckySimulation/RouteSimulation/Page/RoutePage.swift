public import LuckyModel

/// A simulated day as one page: no network, no script, readable on a phone, on paper and by a screen
/// reader. Every figure stands in an element that names where in the JSON object of the page it comes
/// from (`data-key`), and how it is written (`data-form`).
public struct RoutePage {
    let result: RouteResult
    let language: Language
    let dates: DateStyle

    /// Of a day that was played, in one language.
    /// - Parameter dates: how the day is written.
    public init(_ result: RouteResult, _ language: Language, _ dates: DateStyle = .common) {
        self.result = result
        self.language = language
        self.dates = dates
    }

    private var date: String { CivilDate(text: result.date)?.text(dates) ?? result.date }

    /// The whole page.
    public var html: String {
        let title = HTML.escaped(
            say(.pageTitle, ["route": result.route, "date": date]))
        let embedded = result.json.replacingAll("<", with: "\\u003c")
        let parts = [
            section(.pageSummary, summary), section(.pageMap, map),
            section(.pageTimeline, timeline), section(.pageOutbox, outbox),
            section(.pageReviews, reviews), section(.pageBooks, books),
        ]
        return """
            <!DOCTYPE html>
            <html lang="\(language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(title)</title>
            <style>
            \(Self.style)
            </style>
            </head>
            <body>
            <main>
            <h1>\(heading)</h1>
            <p class="verdict \(result.verdict.rawValue)" role="status">\
            \(HTML.escaped(say(result.verdictPhrase)))</p>
            \(parts.joined(separator: "\n"))
            </main>
            <footer><p>\(HTML.escaped(say(.pageData)))</p></footer>
            <script type="application/json" id="result">\(embedded)</script>
            </body>
            </html>

            """
    }

    private var heading: String {
        say(.pageTitle, ["route": "\u{1}", "date": "\u{2}"]).replacingAll(
            "\u{1}", with: figure("route", result.route)
        ).replacingAll("\u{2}", with: figure("date", date, form: dates == .roc ? "roc" : "plain"))
    }

    func say(_ phrase: Phrase, _ arguments: [String: String] = [:]) -> String {
        phrase.text(in: language, arguments)
    }

    /// A figure, and where it comes from.
    func figure(_ key: String, _ text: String, form: String = "plain") -> String {
        "<b data-key=\"\(key)\" data-form=\"\(form)\">\(HTML.escaped(text))</b>"
    }

    private func section(_ title: Phrase, _ body: String) -> String {
        "<section>\n<h2>\(HTML.escaped(say(title)))</h2>\n\(body)\n</section>"
    }

    // MARK: Summary

    private var summary: String {
        let rows: [(String, String, String, String)] = [
            (say(.pageStops), "stops", "\(result.stops)", "plain"),
            (say(.statusDelivered), "delivered", "\(result.delivered)", "plain"),
            (say(.statusFailed), "failed", "\(result.failed)", "plain"),
            (say(.statusCancelled), "cancelled", "\(result.cancelled)", "plain"),
            (say(.statusPending), "open", "\(result.open)", "plain"),
            (say(.pageLate), "late", "\(result.late)", "plain"),
            (say(.lengthKilometres), "km", "\(result.km)", "plain"),
            (say(.pageCash), "cash", result.cashText, "money"),
            (say(.pageP50), "tap_to_depot_p50_s", time(result.tapToDepotP50), "length"),
            (say(.pageP95), "tap_to_depot_p95_s", time(result.tapToDepotP95), "length"),
            (say(.pageMax), "tap_to_depot_max_s", time(result.tapToDepotMax), "length"),
            (say(.pageUp), "bytes_up", "\(result.bytesUp)", "plain"),
            (say(.pageDown), "bytes_down", "\(result.bytesDown)", "plain"),
            (say(.pageSeed), "seed", "\(result.seed)", "plain"),
        ]
        let items = rows.map { label, key, text, form in
            "<div><dt>\(HTML.escaped(label))</dt><dd>\(figure(key, text, form: form))</dd></div>"
        }
        return "<dl class=\"sum\">\n\(items.joined(separator: "\n"))\n</dl>"
    }

    func time(_ seconds: Double?) -> String {
        seconds.map { RouteResult.time($0, in: language) } ?? "–"
    }

    // MARK: Timeline

    private var timeline: String {
        let heads: [Phrase] = [
            .pageStop, .pageCode, .pageOutcome, .pageWindow, .pageArrived, .pageTapped, .pageSaved,
            .pageReceived, .pageProof, .pageWaited,
        ]
        let rows = result.timeline.enumerated().map { index, stop -> [String] in
            let key = "timeline.\(index)"
            func clock(_ name: String, _ seconds: Int?) -> String {
                seconds.map { figure("\(key).\(name)", HTML.clock($0), form: "clock") } ?? "–"
            }
            let late =
                stop.late ? " <span class=\"late\">\(HTML.escaped(say(.pageLate)))</span>" : ""
            let window = stop.window.map { window in
                figure("\(key).window.from_s", HTML.minute(window.fromS), form: "minute") + "–"
                    + figure("\(key).window.to_s", HTML.minute(window.toS), form: "minute")
            }
            let waited = waited(stop).map {
                figure(key, RouteResult.time(Double($0), in: language), form: "waited")
            }
            return [
                figure("\(key).number", "\(stop.number)"), figure("\(key).code", stop.code),
                outcome(stop),
                window ?? "–", clock("arrived_s", stop.arrivedS) + late,
                clock("tapped_s", stop.tappedS),
                clock("saved_s", stop.savedS), clock("received_s", stop.receivedS),
                stop.proof == .onPhone
                    ? HTML.escaped(say(.pageProofOnPhone)) : clock("proof_s", stop.proofS),
                waited ?? "–",
            ]
        }
        return "<p>\(HTML.escaped(say(.pageTimelineNote)))</p>\n"
            + table(.pageTimeline, heads.map { say($0) }, rows, asCards: true)
    }

    private func waited(_ stop: RouteResult.StopLine) -> Int? {
        guard let tapped = stop.tappedS, let received = stop.receivedS else { return nil }
        return received - tapped
    }

    private func outcome(_ stop: RouteResult.StopLine) -> String {
        var text = say(.routeOutcome(stop.outcome))
        if let reason = stop.reason {
            let failure = FailureReason(word: reason).map { Phrase.failure($0) }
            let why = say(failure ?? .routeRefusal(reason))
            text = say(.routeOutcomeWhy, ["outcome": text, "why": why])
        }
        return "<span class=\"o \(stop.outcome)\"><span aria-hidden=\"true\">"
            + Self.mark(stop.outcome) + "</span> \(HTML.escaped(text))</span>"
    }

    /// A shape for each outcome, so that no meaning is in a colour alone.
    static func mark(_ outcome: String) -> String {
        switch outcome {
        case "delivered", "partial": "●"
        case "failed": "■"
        case "cancelled": "◆"
        default: "○"
        }
    }

    /// Rows of cells, as HTML; the first cell of a row is its head. Many columns become a card for each
    /// row where the page is narrow. The roles are said although the
    /// elements have them: of what is shown as a card some browsers forget them.
    func table(
        _ title: Phrase, _ heads: [String], _ rows: [[String]], asCards: Bool = false
    ) -> String {
        let names = heads.map { HTML.escaped($0) }
        let head = names.map { "<th scope=\"col\" role=\"columnheader\">\($0)</th>" }.joined()
        let lines = rows.map { cells in
            let rest = zip(names, cells).dropFirst().map { name, cell in
                "<td role=\"cell\" data-label=\"\(name)\"><span>\(cell)</span></td>"
            }
            return "<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" "
                + "data-label=\"\(names.first ?? "")\"><span>\(cells.first ?? "")</span></th>"
                + rest.joined() + "</tr>"
        }
        return """
            <div class="wide" tabindex="0" role="region" aria-label="\(HTML.escaped(say(title)))">\
            <table role="table"\(asCards ? " class=\"cards\"" : "")>
            <thead role="rowgroup"><tr role="row">\(head)</tr></thead>
            <tbody role="rowgroup">
            \(lines.joined(separator: "\n"))
            </tbody>
            </table></div>
            """
    }

    static let style = """
        :root{color-scheme:light;--ink:#1b1f23;--soft:#57606a;--line:#d0d7de;--good:#0a6e3d;\
        --bad:#b42318;--off:#6b4f00}
        *{box-sizing:border-box}
        body{margin:0;font:16px/1.6 system-ui,"Noto Sans TC","Noto Sans CJK TC",sans-serif;\
        color:var(--ink);background:#fff}
        main,footer{max-width:60rem;margin:0 auto;padding:0 1rem}
        h1{font-size:1.5rem;line-height:1.3}h2{font-size:1.15rem;margin:2rem 0 .5rem}
        b{font-weight:inherit}h1 b{font-weight:bold}
        .verdict{padding:.75rem 1rem;border-left:.4rem solid;font-weight:bold}
        .verdict.ok{color:var(--good)}.verdict.waiting{color:var(--off)}\
        .verdict.broken{color:var(--bad)}
        .sum{display:grid;grid-template-columns:repeat(auto-fill,minmax(9.5rem,1fr));gap:.5rem;\
        margin:0}
        .sum div{border:1px solid var(--line);border-radius:.4rem;padding:.4rem .6rem}
        .sum dt{color:var(--soft);font-size:.85rem}.sum dd{margin:0;font-size:1.15rem;\
        overflow-wrap:anywhere}
        .sum+.wide{margin-top:.75rem}
        .wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.9rem}
        th,td{border-bottom:1px solid var(--line);padding:.3rem .5rem;text-align:left;\
        white-space:nowrap;font-variant-numeric:tabular-nums}
        .cards td:nth-child(2),.cards td:nth-child(3),.cards td:nth-child(9){white-space:normal;\
        overflow-wrap:anywhere}
        svg{display:block;width:100%;max-width:44rem;height:auto;border:1px solid var(--line);\
        border-radius:.4rem}
        svg text{font:11px system-ui,sans-serif;fill:var(--ink)}
        .leader{stroke:var(--soft);stroke-width:.5}
        .map .stop text{paint-order:stroke;stroke:#fff;stroke-width:2px}
        .o.failed,.late{color:var(--bad)}.o.cancelled{color:var(--off)}
        .legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;list-style:none;\
        font-size:.9rem}
        details{margin:.5rem 0}summary{cursor:pointer}
        footer{color:var(--soft);font-size:.85rem;padding-bottom:2rem}
        .cards thead th{white-space:normal}
        @media screen and (min-width:900px){.cards td:nth-child(2){min-width:5em}}
        @media screen and (max-width:600px){th,td{white-space:normal}\
        .cards thead{position:absolute;width:1px;height:1px;overflow:hidden;\
        clip-path:inset(50%)}.cards tbody{display:block}.cards tr{display:grid;\
        grid-template-columns:repeat(2,minmax(0,1fr));gap:0 1rem;border:1px solid var(--line);\
        border-radius:.4rem;padding:.3rem .6rem;margin:.4rem 0}.cards th,.cards td{display:flex;\
        gap:.5rem;justify-content:space-between;border:0;padding:0}\
        .cards tr>:first-child{grid-column:1/-1}.cards td>span,.cards th>span{text-align:right}\
        .cards [data-label]::before{content:attr(data-label);color:var(--soft);\
        font-weight:normal;overflow-wrap:normal;word-break:keep-all}}
        @page{size:A4;margin:14mm}
        @media print{main,footer{max-width:none;padding:0}.wide{overflow:visible}\
        table{font-size:8pt}th,td{padding:.1rem .25rem}section{break-inside:auto}\
        svg,tr{break-inside:avoid}h2{break-after:avoid}}
        """
}

/// Text for a page. A page is read by scalars, and so is what goes into it looked at: of a `<` with a
/// mark before or behind it Swift makes one character, and a browser a tag.
enum HTML {
    static func escaped(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;".unicodeScalars
            case "<": result += "&lt;".unicodeScalars
            case ">": result += "&gt;".unicodeScalars
            case "\"": result += "&quot;".unicodeScalars
            case "'": result += "&#39;".unicodeScalars
            default: result.append(scalar)
            }
        }
        return String(result)
    }

    /// `09:41:07`, of a second of the day.
    static func clock(_ second: Int) -> String { minute(second) + ":" + two(second % 60) }

    /// `09:41`.
    static func minute(_ second: Int) -> String {
        two(second / 3_600) + ":" + two(second / 60 % 60)
    }

    private static func two(_ number: Int) -> String { (number < 10 ? "0" : "") + "\(number)" }
}

extension String {
    /// Without what Foundation would bring, and wherever the scalar stands, also within a character.
    func replacingAll(_ part: Unicode.Scalar, with text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            if scalar == part { result += text.unicodeScalars } else { result.append(scalar) }
        }
        return String(result)
    }
}
