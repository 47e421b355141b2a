import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

/// What the office keeps besides a plan file's columns.
struct BookOptions: ParsableArguments {
    @Option(help: "The invoice that counts what happened there; '' for none.") var invoice: String?
    @Option(help: "No credit for this customer: yes or no.") var creditHold: String?
    @Option(help: "What the meter showed last time: 1234.567.") var lastReading: String?
    @Option(help: "The customer's code; '' for none.") var customerCode: String?
    @Flag(help: "Take the stop off its route.") var offRoute = false
    @Option(help: "A route's: the driver keeps to its order: yes or no.") var orderMandatory:
        String?
    @Option(help: "Hide it for good: yes or no.") var deleted: String?

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
