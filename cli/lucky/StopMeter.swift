import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct StopMeter: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meter",
        abstract: Phrase.helpStopMeter.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions

    @Argument(help: Phrase.helpReading.help)
    var reading: String

    @Option(help: Phrase.helpMeterProduct.help)
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
