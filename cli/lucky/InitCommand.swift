import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: Phrase.helpInit.spoken)

    @OptionGroup var common: CommonOptions

    @Option(help: Phrase.helpDriverID.help)
    var driver: String

    @Option(help: Phrase.helpHubAddress.help)
    var hub: String?

    @Option(help: Phrase.helpNewTokenFile.help, completion: .file())
    var tokenFile: String?

    @OptionGroup var trial: DryRunOption

    func validate() throws {
        guard !driver.isEmpty, driver.utf8.count <= 128 else {
            throw ValidationError(.usageBytes, ["option": "--driver"])
        }
        if let hub { try HubOption.check(hub) }
    }

    func run() async throws {
        var output = common.output
        output.isDryRun = trial.dryRun
        try await Session.guarded(output) { [output] in
            // All that can be wrong is looked at before anything is written.
            let token = try tokenFile.map {
                try TokenFile.token(from: $0, for: Identifier(driver), output)
            }
            try create(output)
            if let token, !trial.dryRun {
                try TokenFile(replica: common.path).save(token, output)
            }
            output.result(
                Created(driver: driver, hub: hub, hasToken: tokenFile != nil),
                [output.text(.replicaCreated, ["driver": driver])])
            if hub != nil, !trial.dryRun { output.remark(output.text(.replicaCreatedNext)) }
        }
    }

    /// In a dry run one beside it, which goes away again.
    private func create(_ output: Output) throws {
        let hub = hub.flatMap(URL.init(string:))
        guard trial.dryRun else {
            return try Driver.create(at: common.path, for: Identifier(driver), hub: hub)
        }
        guard !PrivateFile.exists(common.path) else {
            throw DeliveryError(.alreadyExists(path: common.path))
        }
        let folder = try TrialFolder(beside: common.path, output)
        defer { folder.end() }
        try Driver.create(
            at: folder.path + "/replica.sqlite", for: Identifier(driver), hub: hub, marks: nil)
    }

    private struct Created: Encodable {
        var driver: String
        var hub: String?
        var hasToken: Bool
    }
}

struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: Phrase.helpLogin.spoken)

    @OptionGroup var common: CommonOptions

    @Option(help: Phrase.helpTokenFile.help, completion: .file())
    var tokenFile: String

    @OptionGroup var trial: DryRunOption

    func run() async throws {
        try await Session.run(common, dryRun: trial.dryRun) { session in
            let token = try TokenFile.token(
                from: tokenFile, for: session.identity.driver, session.output)
            if !trial.dryRun { try TokenFile(replica: common.path).save(token, session.output) }
            session.output.result(
                LoggedIn(driver: session.identity.driver.text),
                [session.output.text(.tokenSaved, ["driver": session.identity.driver.text])])
        }
    }

    private struct LoggedIn: Encodable { var driver: String }
}
