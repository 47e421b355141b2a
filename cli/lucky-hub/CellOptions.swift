import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyHub
import LuckyModel

/// The cells of a stop, written as in a plan file; an empty text empties the field.
struct CellOptions: ParsableArguments {
    @Option(help: Phrase.helpHubCellSequence.help) var sequence: String?
    @Option(help: Phrase.helpHubCellCustomer.help) var customer: String?
    @Option(help: Phrase.helpHubCellPhone.help) var phone: String?
    @Option(help: Phrase.helpHubCellAddress.help) var address: String?
    @Option(help: Phrase.helpHubCellLat.help) var lat: String?
    @Option(help: Phrase.helpHubCellLng.help) var lng: String?
    @Option(help: Phrase.helpHubCellWindow.help) var window: String?
    @Option(help: Phrase.helpHubCellItems.help) var items: String?
    @Option(help: Phrase.helpHubCellPrice.help) var price: String?
    @Option(help: Phrase.helpHubCellPayment.help) var payment: String?
    @Option(help: Phrase.helpHubCellNote.help) var note: String?
    @Option(help: Phrase.helpHubCellHolds.help) var holds: String?

    var cells: PlanCells {
        var cells = PlanCells()
        cells.sequence = sequence
        cells.customer = customer
        cells.phone = phone
        cells.address = address
        cells.lat = lat
        cells.lng = lng
        cells.window = window
        cells.items = items
        cells.price = price
        cells.payment = payment
        cells.note = note
        cells.holds = holds
        return cells
    }
}

extension PlanCells {
    /// Judges the cells as a row of a plan file, before anything is sent.
    /// - Throws: what is wrong, in the caller's language.
    func check(_ output: Output) throws {
        var row = self
        row.date = row.date ?? "2026-01-01"
        row.depot = row.depot ?? "-"
        row.route = row.route ?? "-"
        row.driver = row.driver ?? "-"
        row.stop = row.stop ?? "-"
        row.sequence = row.sequence ?? "1"
        let rejected: [String]
        do {
            rejected = try PlanFile.parse(OfficeJSON.encode([row])).rejected
                .map { $0.message(in: output.language) }
        } catch let error as PlanFileError {
            rejected = [error.message(in: output.language)]
        }
        if rejected.isEmpty { return }
        throw CommandFailure(
            code: "bad_plan", exitCode: ExitStatus.usage,
            message: rejected.joined(separator: output.language == .zhHant ? "；" : "; "),
            hint: output.text(.officeNothingChanged))
    }

    /// From one row of a plan file: with all columns, or without the optional ones at the end.
    /// - Throws: what is wrong, in the caller's language.
    init(csv row: String, _ output: Output) throws {
        let all = PlanColumn.written
        var rejected: [String] = []
        for columns in [all, all.filter { !$0.isOptional }] {
            let header = columns.map(\.rawValue).joined(separator: ",")
            do {
                let file = try PlanFile.parse((header + "\n" + row + "\n").utf8)
                if let row = file.rows.first, file.rows.count == 1, file.rejected.isEmpty {
                    try self.init(row)
                    return
                }
                rejected = file.rejected.map { $0.message(in: output.language) }
                if file.rejected.first?.reason != .fieldCount { break }
            } catch let error as PlanFileError {
                rejected = [error.message(in: output.language)]
            }
        }
        throw CommandFailure(
            code: "bad_plan", exitCode: ExitStatus.usage,
            message: rejected.isEmpty
                ? output.text(.hubBadPlan)
                : rejected.joined(separator: output.language == .zhHant ? "；" : "; "),
            hint: output.text(.officeNothingChanged))
    }

    private init(_ row: PlanRow) throws {
        let pairs = zip(PlanColumn.written.map(\.rawValue), row.cells).filter { !$1.isEmpty }
        self = try OfficeJSON.decode(
            PlanCells.self,
            from: JSONEncoder().encode(Dictionary(pairs, uniquingKeysWith: { $1 })))
    }
}
