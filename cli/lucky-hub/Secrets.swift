import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyHubHTTP
import LuckyModel

/// Where the token secret is; never on the command line, which every process can read.
struct SecretOptions: ParsableArguments {
    static let variable = "LUCKY_HUB_SECRET"

    @Option(help: Phrase.helpHubSecretFile.help, completion: .file())
    var secretFile: String?

    func read(_ output: Output) throws -> TokenSecret {
        let source = secretFile.map(SecretSource.file) ?? .environment(Self.variable)
        do { return try source.read() } catch { throw CommandFailure(error, output) }
    }
}

extension CommandFailure {
    init(_ error: SecretError, _ output: Output) {
        switch error {
        case .noSuchVariable(let name):
            self.init(
                code: "no_secret", exitCode: ExitStatus.usage,
                message: output.text(.hubSecretMissing, ["name": name]),
                hint: output.text(.hubSecretHint))
        case .unreadable(let path, _), .notAFile(let path):
            self.init(
                code: "secret_unreadable", exitCode: ExitStatus.usage,
                message: output.text(.hubSecretUnreadable, ["path": path]),
                hint: output.text(.hubFileMissingHint))
        case .readableByOthers(let path, _):
            self.init(
                code: "secret_readable_by_others", exitCode: ExitStatus.refused,
                message: output.text(.hubSecretReadable, ["path": path]),
                hint: output.text(.hubSecretReadableHint, ["path": path]))
        case .tooShort(let bytes):
            self.init(
                code: "secret_too_short", exitCode: ExitStatus.refused,
                message: output.text(
                    .hubSecretTooShort,
                    ["found": "\(bytes)", "least": "\(TokenSecret.minimumBytes)"]),
                hint: output.text(.hubSecretHint))
        case .tooLong(let path, _):
            self.init(
                code: "secret_too_long", exitCode: ExitStatus.refused,
                message: output.text(.hubSecretTooLong, ["path": path]),
                hint: output.text(.hubSecretHint))
        }
    }

    init(_ error: PrivateFile.Failure, writing path: String, _ output: Output) {
        switch error {
        case .exists:
            self.init(
                code: "file_exists", exitCode: ExitStatus.refused,
                message: output.text(.hubFileExists, ["path": path]),
                hint: output.text(.fileExistsHint))
        case .notWritten(ENOENT):
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            self.init(
                code: "not_written", exitCode: ExitStatus.checkFailed,
                message: output.text(.hubFileMissing, ["path": folder]),
                hint: output.text(.hubNotWrittenHint))
        case .notWritten(let code):
            self.init(
                code: "not_written", exitCode: ExitStatus.checkFailed,
                message: output.text(
                    .hubFileNotWritten, ["path": path, "detail": String(cString: strerror(code))]),
                hint: output.text(.hubNotWrittenHint))
        }
    }
}

struct SecretCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "secret", abstract: Phrase.helpHubSecret.spoken,
        subcommands: [SecretCreate.self])
}

struct SecretCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: Phrase.helpHubSecretCreate.spoken)

    @OptionGroup var speech: SpeechOptions

    @Argument(help: Phrase.helpHubSecretCreateFile.help, completion: .file())
    var file: String

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            let secret = Data(Ambient.random(48)).base64EncodedString()
            do throws(PrivateFile.Failure) {
                try PrivateFile.create(file, (secret + "\n").utf8)
            } catch {
                throw CommandFailure(error, writing: file, output)
            }
            output.result(
                Created(file: file), [output.text(.hubSecretCreated, ["path": file])])
        }
    }

    private struct Created: Encodable { var file: String }
}
