import ArgumentParser
import LuckyCommandLine
import LuckyHubHTTP
import LuckyModel

struct TokenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: Phrase.helpHubToken.spoken,
        subcommands: [TokenIssue.self])
}

struct TokenIssue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: Phrase.helpHubTokenIssue.spoken)

    @OptionGroup var speech: SpeechOptions
    @OptionGroup var secret: SecretOptions

    @Option(help: Phrase.helpHubTokenPerson.help)
    var person: String

    @Option(help: Phrase.helpHubTokenRole.help, completion: .list(Role.all.map(\.name)))
    var role: String

    @Option(help: Phrase.helpHubTokenDepot.help)
    var depot: String

    @Option(
        name: .customLong("for"),
        help: Phrase.helpHubTokenFor.help)
    var carriesFor: [String] = []

    @Option(help: Phrase.helpHubTokenHours.help)
    var hours = 24

    @Option(help: Phrase.helpHubTokenOut.help, completion: .file())
    var out: String?

    func validate() throws {
        guard Role(name: role) != nil else {
            let known = Role.all.map(\.name).joined(separator: ", ")
            throw ValidationError(
                .usageWords, ["option": "--role", "words": known, "found": role])
        }
        guard (1...8_760).contains(hours) else {
            throw ValidationError(
                .usageNumber,
                ["option": "--hours", "least": "1", "most": "8760", "found": "\(hours)"])
        }
        guard carriesFor.isEmpty || role == Role.supervisor.name else {
            throw ValidationError(
                .usageGoesWith, ["option": "--for", "with": "--role supervisor"])
        }
        for (option, name) in [("--person", person), ("--depot", depot)]
            + carriesFor.map({ ("--for", $0) })
        {
            guard (1...128).contains(name.utf8.count) else {
                throw ValidationError(.usageBytes, ["option": option])
            }
        }
    }

    func run() async throws {
        let output = speech.output
        try await output.guarded {
            let expires = Ambient.now + Int64(hours) * 3_600_000
            let token = try await token(expires: expires, output)
            guard let out else {
                return output.result(
                    Issued(self, token: token, expiresMs: expires), [token])
            }
            do throws(PrivateFile.Failure) {
                try PrivateFile.replace(out, (token + "\n").utf8)
            } catch {
                throw CommandFailure(error, writing: out, output)
            }
            output.result(
                Issued(self, token: nil, expiresMs: expires),
                [
                    output.text(
                        .hubTokenIssued,
                        ["person": person, "role": role, "path": out, "hours": "\(hours)"])
                ])
        }
    }

    private func token(expires: Int64, _ output: Output) async throws -> String {
        let tokens = await Tokens(secret: try secret.read(output))
        do {
            return try await tokens.issue(
                person: Identifier(person), depot: Identifier(depot),
                role: Role(name: role) ?? .driver,
                carriesFor: Set(carriesFor.map { Identifier($0) }), now: Ambient.now,
                expires: expires)
        } catch {
            throw CommandFailure(
                code: "token_not_issued", exitCode: ExitStatus.refused,
                message: output.text(.hubTokenNotIssued, ["person": person]),
                hint: output.text(.officeNothingChanged))
        }
    }

    private struct Issued: Encodable {
        var depot: String
        var expiresMs: Int64
        var file: String?
        var person: String
        var role: String
        var token: String?

        init(_ command: TokenIssue, token: String?, expiresMs: Int64) {
            depot = command.depot
            self.expiresMs = expiresMs
            file = command.out
            person = command.person
            role = command.role
            self.token = token
        }
    }
}
