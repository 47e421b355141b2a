import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct StockCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "stock",
        abstract: Phrase.helpStock.spoken)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common) { session in
            let output = session.output
            let visits = try await session.driver.dutyDay(on: common.day)?.visits
            let lines = TruckStock(
                try await session.driver.routes(on: common.day), visits: visits
            ).lines
            output.result(
                Shape(
                    date: session.driver.date(of: common.day)?.text ?? "",
                    products: lines.map(Shape.Line.init)), Self.text(lines, output))
        }
    }

    private struct Shape: Encodable {
        struct Line: Encodable {
            var delivered: Int
            var empties: Int
            var left: Int
            var needed: Int
            var planned: Int
            var product: String

            init(_ line: TruckStock.Line) {
                delivered = line.delivered
                empties = line.empties
                left = line.left
                needed = line.needed
                planned = line.planned
                product = line.product.code.text
            }
        }

        var date: String
        var products: [Line]
    }

    private static func text(_ lines: [TruckStock.Line], _ output: Output) -> [String] {
        guard !lines.isEmpty else { return [output.text(.stockNone)] }
        func name(_ product: Product) -> String {
            product.info?.name(in: output.language) ?? product.code.text
        }
        let heads: [Phrase] = [
            .stockProduct, .stockPlanned, .stockDelivered, .stockLeft, .stockNeeded, .stockEmpties,
        ]
        let rows = lines.map { line in
            [name(line.product)]
                + [line.planned, line.delivered, line.left, line.needed, line.empties]
                .map { "\($0)" }
        }
        let short = lines.filter(\.isShort).map { line in
            output.text(
                line.left < 0 ? .stockOver : .stockShort,
                [
                    "product": name(line.product), "count": "\(-line.left)",
                    "left": "\(line.left)", "needed": "\(line.needed)",
                ])
        }
        return [output.text(.stockHead)]
            + TextTable.lines(
                heads.map { output.text($0) }, rows, numbers: [1, 2, 3, 4, 5],
                gap: Terminal.width < 48 ? 1 : 2) + short
    }
}
