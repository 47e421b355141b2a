internal import LuckyModel

// What waited over the day, what the office has to decide, and whether the books agree.
extension RoutePage {
    var outbox: String {
        guard let first = result.outbox.first, let last = result.outbox.last else {
            return "<p>–</p>"
        }
        let end = max(last.atS, result.offline.map(\.toS).max() ?? 0, first.atS + 60)
        let (width, height, top) = (400.0, 160.0, 120.0)
        let most = Double(max(1, result.pendingMax))
        func x(_ second: Int) -> Double {
            24 + (width - 34) * Double(second - first.atS) / Double(end - first.atS)
        }
        func y(_ pending: Int) -> Double { 130 - top * Double(pending) / most }
        let dark = result.offline.map { span in
            "<rect x=\"\(short(x(max(span.fromS, first.atS))))\" y=\"10\" "
                + "width=\"\(short(max(0, x(span.toS) - x(max(span.fromS, first.atS)))))\" "
                + "height=\"120\" fill=\"#eaeef2\"/>"
        }
        var path = "M\(short(x(first.atS))) \(short(y(first.pending)))"
        for depth in result.outbox.dropFirst() {
            path += "H\(short(x(depth.atS)))V\(short(y(depth.pending)))"
        }
        path += "H\(short(x(end)))"
        // As many hours as there is room for.
        let apart = 3_600 * (1 + (end - first.atS) / 3_600 / 15)
        let hours = stride(from: (first.atS / apart + 1) * apart, to: end, by: apart).map { hour in
            "<path d=\"M\(short(x(hour))) 130v4\" stroke=\"#57606a\"/><text x=\"\(short(x(hour)))\" "
                + "y=\"148\" text-anchor=\"middle\">\(hour / 3_600)</text>"
        }
        let title = say(
            .pageOutboxAlt,
            [
                "pending": "\(result.pendingMax)",
                "dark": RouteResult.time(Double(result.offlineS), in: language),
            ])
        let axis =
            "<text x=\"20\" y=\"16\" text-anchor=\"end\">\(result.pendingMax)</text>"
            + "<text x=\"20\" y=\"134\" text-anchor=\"end\">0</text>"
        return """
            <svg viewBox="0 0 \(short(width)) \(short(height))" role="img" \
            aria-label="\(HTML.escaped(title))">
            <title>\(HTML.escaped(title))</title>
            \(dark.joined(separator: "\n"))
            <path d="\(path)" fill="none" stroke="#0550ae" stroke-width="1.5"/>
            <g class="axis">\(axis)\(hours.joined())</g>
            </svg>
            <details><summary>\(HTML.escaped(say(.pageShowTable)))</summary>
            \(outboxTable)
            </details>
            """
    }

    private var outboxTable: String {
        let rows = result.outbox.enumerated().map { index, depth in
            [
                figure("outbox.\(index).at_s", HTML.clock(depth.atS), form: "clock"),
                figure("outbox.\(index).pending", "\(depth.pending)"),
            ]
        }
        return table(.pageOutbox, [say(.pageTime), say(.pagePending)], rows)
    }

    var reviews: String {
        guard !result.reviewList.isEmpty else {
            return "<p>\(HTML.escaped(say(.routeSumNoReviews)))</p>"
        }
        let items = result.reviewList.enumerated().map { index, review in
            let office = say(.routeTheOffice)
            let text = HTML.escaped(
                say(
                    .review(ReviewKind(rawValue: review.kind)),
                    ["stop": "\u{1}", "from": "\u{2}", "to": office]))
            let number = figure("review_list.\(index).stop", "\(review.stop)")
            let named = text.replacingAll("\u{1}", with: number)
                .replacingAll("\u{2}", with: figure("driver", result.driver))
            return "<li>\(named)</li>"
        }
        return "<ol>\n\(items.joined(separator: "\n"))\n</ol>"
    }

    var books: String {
        let sums = result.reconciliation
        let counts: [(Phrase, String, Int)] = [
            (.pageTaps, "tapped", sums.tapped), (.pageReceived, "received", sums.received),
            (.pageWaiting, "waiting", sums.waiting), (.pageLost, "lost", sums.lost),
            (.pageDoubled, "doubled", sums.doubled), (.pageAltered, "altered", sums.altered),
        ]
        let items = counts.map { phrase, key, count in
            "<div><dt>\(HTML.escaped(say(phrase)))</dt>"
                + "<dd>\(figure("reconciliation.\(key)", "\(count)"))</dd></div>"
        }
        var rows = [
            row(
                HTML.escaped(say(.pageCash)),
                ("reconciliation.cash_tapped_cents", money(sums.cashTappedCents)),
                ("reconciliation.cash_hub_cents", money(sums.cashHubCents)), form: "cents")
        ]
        for (index, line) in sums.products.enumerated() {
            let key = "reconciliation.products.\(index)"
            let product = Product(Identifier(line.product))
            let name = figure(
                "\(key).product", product.info?.name(in: language) ?? line.product, form: "product")
            func titled(_ phrase: Phrase) -> String {
                HTML.escaped(say(phrase, ["product": "\u{1}"])).replacingAll("\u{1}", with: name)
            }
            rows.append(
                row(
                    titled(.pageDelivered),
                    ("\(key).delivered_tapped", "\(line.deliveredTapped)"),
                    ("\(key).delivered_hub", "\(line.deliveredHub)")))
            rows.append(
                row(
                    titled(.pageCollected),
                    ("\(key).collected_tapped", "\(line.collectedTapped)"),
                    ("\(key).collected_hub", "\(line.collectedHub)")))
        }
        return "<dl class=\"sum\">\n\(items.joined(separator: "\n"))\n</dl>\n"
            + table(
                .pageBooks,
                [say(.pageWhat), say(.pageByTaps), say(.pageByHub), say(.pageCompared)], rows,
                asCards: true)
    }

    private func money(_ cents: Int64) -> String { Money(cents: cents)?.text ?? "\(cents)" }

    /// - Parameter name: as HTML.
    private func row(
        _ name: String, _ mine: (key: String, text: String), _ theirs: (key: String, text: String),
        form: String = "plain"
    ) -> [String] {
        let isSame = mine.text == theirs.text
        return [
            name, figure(mine.key, mine.text, form: form),
            figure(theirs.key, theirs.text, form: form),
            "\(isSame ? "✓" : "✗") \(HTML.escaped(say(isSame ? .pageSame : .pageDiffers)))",
        ]
    }
}
