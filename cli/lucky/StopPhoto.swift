import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct StopPhoto: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "photo",
        abstract: Phrase.helpStopPhoto.spoken,
        discussion: Phrase.helpStopPhotoMore.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var which: StopOptions

    @Argument(help: Phrase.helpPicture.help, completion: .file())
    var file: String

    @Flag(help: Phrase.helpIsSignature.help)
    var signature = false

    func run() async throws {
        try await Session.run(common, dryRun: which.isDryRun) { session in
            let bytes = try PictureFile.bytes(of: file, session.output)
            let odd = PictureFile.odd(file, bytes, session.output)
            try await session.tap(
                which, saying: signature ? .stopSignatureSaved : .stopPhotoSaved, odd: odd
            ) {
                try await session.driver.add(
                    signature ? .signature(bytes) : .photo(bytes), to: $0, change: which.change)
            }
        }
    }
}
