import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct NextCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "next",
        abstract: Phrase.helpNext.spoken)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common) { session in
            let output = session.output
            let stops = try await session.driver.stops(on: common.day)
            let open = stops.filter { !$0.stop.status.isClosed }
            let object = Shape(
                next: open.first.map { StopObject($0) }, remaining: max(0, open.count - 1))
            guard let next = open.first else {
                let none: Phrase = stops.isEmpty ? .routeNone : .nextNone
                let words = try await session.isFetched ? none : .neverFetched
                let date = session.driver.date(of: common.day)?.text(output.dates) ?? ""
                var lines = [output.text(words, ["date": date])]
                let routes = try await session.driver.routes(on: common.day)
                let isToldDone = routes.allSatisfy { $0.code.text.isEmpty || $0.completedAt != nil }
                if !stops.isEmpty, !isToldDone { lines.append(output.text(.nextSayDone)) }
                return output.result(object, lines + (try await session.unconfirmed))
            }
            var lines = Self.lines(next.stop, output)
            if open.count > 1 {
                lines.append(output.text(.nextRemaining, ["count": "\(open.count - 1)"]))
            }
            output.result(object, lines + (try await session.unconfirmed))
        }
    }

    private struct Shape: Encodable {
        var next: StopObject?
        var remaining: Int
    }

    private static func lines(_ stop: Stop, _ output: Output) -> [String] {
        let words = output.language
        var due = stop.price?.text ?? "–"
        if let method = stop.payment.flatMap({ PaymentMethod(rawValue: $0.text) }) {
            due += "  " + output.text(.payment(method))
        }
        let pairs: [(String, String)] = [
            (output.text(.nextAddress), stop.address), (output.text(.nextPhone), stop.phone),
            (output.text(.nextWindow), stop.window.map(Formats.window) ?? ""),
            (output.text(.nextGoods), Formats.quantities(stop.ordered, in: words)),
            (output.text(.amountDue), due), (output.text(.nextNote), stop.officeNote),
        ]
        let head =
            stop.spokenName + "  " + stop.customer + "  "
            + output.text(.status(stop.status))
        return [head] + TextTable.labelled(pairs.filter { !$0.1.isEmpty })
    }
}
