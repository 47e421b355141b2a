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

    @Option(help: Phrase.helpPhoto.help, completion: .file())
    var photo: String?

    @Option(help: Phrase.helpSignature.help, completion: .file())
    var signature: String?

    func validate() throws {
        if photo != nil && signature != nil {
            throw ValidationError(.usageOneOf, ["options": "--photo, --signature"])
        }
        if let recipient, recipient.allSatisfy(\.isWhitespace) {
            throw ValidationError(.usageEmpty, ["option": "--recipient"])
        }
        _ = try money()
    }

    func money() throws -> Money? { try MoneyOption.parse(cash, "--cash") }

    func proof(_ output: Output) throws -> Proof {
        Proof(recipient: recipient, image: try image(output))
    }

    private func image(_ output: Output) throws -> Proof.Image? {
        guard let path = photo ?? signature else { return nil }
        let bytes = try PictureFile.bytes(of: path, output)
        return photo != nil ? .photo(bytes) : .signature(bytes)
    }

    /// What should be looked at again of the picture that was named.
    func odd(_ proof: Proof, _ output: Output) -> [TapWarning] {
        guard let path = photo ?? signature, let image = proof.image else { return [] }
        switch image {
        case .photo(let bytes), .signature(let bytes):
            return PictureFile.odd(path, bytes, output)
        }
    }
}

/// A photo or a signature as it lies on the disk.
enum PictureFile {
    static func bytes(of path: String, _ output: Output) throws(CommandFailure) -> Data {
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure(
                code: "no_photo", exitCode: ExitStatus.usage,
                message: output.text(.photoNotReadable, ["path": path]),
                hint: output.text(.photoFileHint))
        }
        guard !bytes.isEmpty else {
            throw CommandFailure(
                code: "empty_photo", exitCode: ExitStatus.usage,
                message: output.text(.photoEmpty, ["path": path]), hint: output.text(.photoFileHint)
            )
        }
        return bytes
    }

    /// A file that does not begin as any kind of picture does. It is kept all the same: what proves a
    /// delivery is not for a program to throw away.
    static func odd(_ path: String, _ bytes: Data, _ output: Output) -> [TapWarning] {
        guard !isPicture(bytes) else { return [] }
        return [
            TapWarning(word: "no_picture", line: output.text(.warnNoPicture, ["path": path]))
        ]
    }

    /// JPEG, PNG, HEIC and WebP, by how they begin.
    private static func isPicture(_ bytes: Data) -> Bool {
        let head = [UInt8](bytes.prefix(12))
        func stands(_ text: [UInt8], at place: Int) -> Bool {
            head.count >= place + text.count && Array(head[place..<place + text.count]) == text
        }
        return stands([0xFF, 0xD8, 0xFF], at: 0)
            || stands([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], at: 0)
            || stands(Array("ftyp".utf8), at: 4)
            || stands(Array("RIFF".utf8), at: 0) && stands(Array("WEBP".utf8), at: 8)
    }
}
