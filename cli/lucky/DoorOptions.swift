import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

/// What else happened at the door: cash, and what proves the delivery.
struct DoorOptions: ParsableArguments {
    @Option(help: Phrase.helpCash.help)
    var cash: String?

    @Option(help: Phrase.helpRecipient.help)
    var recipient: String?

    @Option(help: Phrase.helpPhoto.help)
    var photo: String?

    @Option(help: Phrase.helpSignature.help)
    var signature: String?

    func validate() throws {
        if photo != nil && signature != nil {
            throw ValidationError(.usageOneOf, ["options": "--photo, --signature"])
        }
        _ = try money()
    }

    func money() throws -> Money? { try MoneyOption.parse(cash, "--cash") }

    func proof(_ output: Output) throws -> Proof {
        Proof(recipient: recipient, image: try image(output))
    }

    private func image(_ output: Output) throws -> Proof.Image? {
        guard let path = photo ?? signature else { return nil }
        let bytes = try Self.bytes(of: path, output)
        return photo != nil ? .photo(bytes) : .signature(bytes)
    }

    /// Of a picture's file.
    static func bytes(of path: String, _ output: Output) throws(CommandFailure) -> Data {
        guard let bytes = FileManager.default.contents(atPath: path), !bytes.isEmpty else {
            throw CommandFailure(
                code: "no_photo", exitCode: ExitStatus.usage,
                message: output.text(.photoNotReadable, ["path": path]), hint: nil)
        }
        return bytes
    }
}
