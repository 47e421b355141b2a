import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

/// What the office keeps besides a plan file's columns.
struct BookOptions: ParsableArguments {
    @Option(help: Phrase.helpHubBookInvoice.help) var invoice: String?
    @Option(help: Phrase.helpHubBookCreditHold.help) var creditHold: String?
    @Option(help: Phrase.helpHubBookLastReading.help) var lastReading: String?
    @Option(help: Phrase.helpHubBookCustomer.help) var customerCode: String?
    @Flag(help: Phrase.helpHubBookOffRoute.help) var offRoute = false
    @Option(help: Phrase.helpHubBookMandatory.help) var orderMandatory: String?
    @Option(help: Phrase.helpHubBookDeleted.help) var deleted: String?

    func books() throws -> PlanBooks {
        var books = PlanBooks()
        books.invoice = invoice
        books.creditHold = try Self.flag(creditHold, "--credit-hold")
        books.lastReadingMilli = try lastReading.map { text in
            guard let reading = MeterReading.milli(text: text) else {
                throw ValidationError(
                    .usageWords,
                    ["option": "--last-reading", "words": "1234.567", "found": text])
            }
            return reading
        }
        books.customerCode = customerCode
        books.offRoute = offRoute ? true : nil
        books.orderIsMandatory = try Self.flag(orderMandatory, "--order-mandatory")
        books.deleted = try Self.flag(deleted, "--deleted")
        return books
    }

    private static func flag(_ text: String?, _ option: String) throws -> Bool? {
        switch text {
        case nil: nil
        case "yes": true
        case "no": false
        case let found?:
            throw ValidationError(
                .usageWords, ["option": option, "words": "yes, no", "found": found])
        }
    }
}
