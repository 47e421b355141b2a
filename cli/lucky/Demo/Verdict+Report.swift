import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

extension Verdict {
    /// Says the verdict, in words or as one object.
    /// - Throws: exit code 1 where it is red.
    func report(_ output: Output, _ display: DemoDisplay) throws {
        for line in lines(output) { display.line(line) }
        if output.isJSON { output.line(json) }
        if !isGreen { throw ExitCode(ExitStatus.checkFailed) }
    }

    private func lines(_ output: Output) -> [String] {
        [""] + accountLines(output) + reviewLines(output) + proofLines(output) + phoneLines(output)
            + faultLines(output) + [output.text(isGreen ? .demoGreen : .demoRed, totals)]
    }

    private var totals: [String: String] {
        [
            "seconds": "\(figures.durationS)", "facts": "\(facts)", "received": "\(received)",
            "lost": "\(lost.count)", "doubled": "\(doubled.count)",
            "altered": "\(altered.count + invented.count)", "converged": converged ? "✓" : "✗",
        ]
    }

    private func accountLines(_ output: Output) -> [String] {
        [output.text(.reconciliationHeading)] + sums.flatMap { $0.lines(output) }
    }

    private func reviewLines(_ output: Output) -> [String] {
        var lines = [
            reviews.isEmpty
                ? output.text(.reviewsNone)
                : output.text(.reviewsOpen, ["count": "\(reviews.count)"])
        ]
        lines += reviews.map { "  " + $0 }
        if unopenedReviews > 0 {
            lines.append(output.text(.demoUnopened, ["count": "\(unopenedReviews)"]))
        }
        return lines
    }

    private func proofLines(_ output: Output) -> [String] {
        proofPending > 0 ? [output.text(.demoProofPending, ["count": "\(proofPending)"])] : []
    }

    private func phoneLines(_ output: Output) -> [String] {
        phones.flatMap { phone in
            let arguments = [
                "replica": phone.driver, "sequence": "\(phone.sequence)",
                "pending": "\(phone.pending)",
            ]
            var lines = [
                output.text(phone.isSame ? .demoVerified : .demoNotVerified, arguments)
            ]
            if phone.pending > 0 { lines.append(output.text(.demoStillPending, arguments)) }
            return lines + phone.differences.map { "  \(phone.driver): \($0)" }
        }
    }

    private func faultLines(_ output: Output) -> [String] {
        func say(_ phrase: Phrase, _ marks: [Mark]) -> [String] {
            marks.map { mark in
                output.text(
                    phrase,
                    [
                        "driver": mark.driver, "stop": mark.stop, "change": mark.change,
                        "what": mark.what.words(output),
                    ])
            }
        }
        return say(.demoLost, lost) + say(.demoDoubled, doubled) + say(.demoAltered, altered)
            + say(.demoInvented, invented) + unreadable.map { "  \($0)" }
    }

    /// One line; the order of the keys is part of the contract.
    var json: String {
        let values: [(String, any Encodable)] = [
            ("stops", stops), ("facts", facts), ("received", received), ("lost", lost.count),
            ("doubled", doubled.count), ("converged", converged), ("reviews", reviews.count),
            ("hub_restarts", figures.hubRestarts), ("driver_kills", figures.driverKills),
            ("unreceived_at_kill", figures.unreceivedAtKill),
            ("responses_lost", figures.responsesLost), ("offline_edits", figures.offlineEdits),
            ("pending_max", figures.pendingMax), ("duration_s", figures.durationS),
            ("altered", altered.count + invented.count),
            ("sums_agree", sums.allSatisfy(\.agrees)), ("proof_pending", proofPending),
            ("ok", isGreen), ("seed", figures.seed),
        ]
        return "{" + values.map { "\"\($0.0)\":\(Output.json($0.1))" }.joined(separator: ",") + "}"
    }
}

extension Verdict.Mark.What {
    fileprivate func words(_ output: Output) -> String {
        switch self {
        case .said(let said): said.words(in: output.language)
        case .officeEdit: output.text(.demoSaidEdit)
        case .detail(let detail): detail
        }
    }
}

extension Verdict.Account {
    /// A line per product and one for the cash.
    fileprivate func lines(_ output: Output) -> [String] {
        let codes = Set(own.products.keys).union(hub.products.keys).union(phone.products.keys)
            .map { Identifier($0) }.sorted()
        let products = codes.map { code -> String in
            let (mine, theirs) = (own.products[code.text], hub.products[code.text])
            let isSame =
                mine == theirs && phone.products[code.text] == theirs
                && reported.products[code.text] == theirs
            return output.text(
                .reconciliationProduct,
                [
                    "driver": driver,
                    "product": Product(code).info?.name(in: output.language) ?? code.text,
                    "own": "\(mine?.delivered ?? 0)", "hub": "\(theirs?.delivered ?? 0)",
                    "own_empties": "\(mine?.collected ?? 0)",
                    "hub_empties": "\(theirs?.collected ?? 0)",
                    "agree": word(isSame, output),
                ])
        }
        let isSame = [own, phone, reported].allSatisfy { $0.cashCents == hub.cashCents }
        let cash = output.text(
            .reconciliationCash,
            [
                "driver": driver, "own": money(own), "hub": money(hub),
                "agree": word(isSame && !hub.hasOverflow, output),
            ])
        return products + [cash]
    }

    private func money(_ sums: Sums) -> String {
        Money(cents: sums.cashCents)?.text ?? "\(sums.cashCents)"
    }

    private func word(_ isSame: Bool, _ output: Output) -> String {
        output.text(isSame ? .reconciliationAgree : .reconciliationDiffer)
    }
}
