import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct StopPhoto: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "photo",
        abstract: "Add a photo or a signature to a stop, also after it was closed.",
        discussion: """
            A copy is kept on this phone, beside the database; until it is at the depot the stop's proof \
            is pending.
            """)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions

    @Argument(help: "The picture's file.")
    var file: String

    @Flag(help: "It is a signature.")
    var signature = false

    func run() async throws {
        try await Session.run(common, dryRun: which.isDryRun) { session in
            let bytes = try DoorOptions.bytes(of: file, session.output)
            try await session.tap(which, saying: .stopPhotoSaved) {
                try await session.driver.add(
                    signature ? .signature(bytes) : .photo(bytes), to: $0, change: which.change)
            }
        }
    }
}
