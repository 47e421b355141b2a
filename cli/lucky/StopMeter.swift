import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct StopMeter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meter",
        abstract: "The customer's meter as it stands; both readings are kept where you read twice.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions

    @Argument(help: "What the meter shows: 1234 or 1234.567.")
    var reading: String

    @Option(
        help: "What flows through it, such as flow50; needed where the customer has two meters.")
    var product: String?

    func validate() throws {
        if MeterReading.milli(text: reading) == nil {
            throw ValidationError(.usageReading, ["found": reading])
        }
        if let product, Self.flow(product) == nil {
            let words = ProductCatalogue.all.filter(\.isFlow).map(\.product.code.text)
            throw ValidationError(
                .usageWords,
                [
                    "option": "--product", "words": words.joined(separator: ", "),
                    "found": product,
                ])
        }
    }

    func run() async throws {
        try await Session.run(common, dryRun: which.isDryRun) { session in
            guard let milli = MeterReading.milli(text: reading) else { return }
            try await session.tap(which, saying: .stopMeterRead) {
                try await session.driver.readMeter(
                    milli: milli, of: product.flatMap(Self.flow), at: $0, change: which.change)
            }
        }
    }

    /// A product sold by the meter.
    private static func flow(_ name: String) -> Product? {
        ProductCatalogue.product(named: name).flatMap { $0.info?.isFlow == true ? $0 : nil }
    }
}
