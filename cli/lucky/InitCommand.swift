import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct InitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "init", abstract: "Create this driver's replica on this device, once.")

    @OptionGroup var common: CommonOptions

    @Option(help: "The driver's id, such as drv-01.")
    var driver: String

    @Option(help: "The hub's address, https://… (http only on this machine).")
    var hub: String?

    @Option(help: "A file with the driver's token, or - for standard input; never the token itself.")
    var tokenFile: String?

    func validate() throws {
        guard !driver.isEmpty, driver.utf8.count <= 128 else {
            throw ValidationError(.usageBytes, ["option": "--driver"])
        }
        if let hub { try HubOption.check(hub) }
    }

    func run() async throws {
        let output = common.output
        try await Session.guarded(output) {
            // All that can be wrong is looked at before anything is written.
            let token = try tokenFile.map {
                try TokenFile.token(from: $0, for: Identifier(driver), output)
            }
            try Driver.create(
                at: common.path, for: Identifier(driver), hub: hub.flatMap(URL.init(string:)))
            if let token { try TokenFile(replica: common.path).save(token, output) }
            output.result(
                Created(driver: driver, hub: hub, hasToken: tokenFile != nil),
                [output.text(.replicaCreated, ["driver": driver])])
            if hub != nil { output.remark(output.text(.replicaCreatedNext)) }
        }
    }

    private struct Created: Encodable {
        var driver: String
        var hub: String?
        var hasToken: Bool
    }
}

struct LoginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Keep another token for the hub; the outbox is untouched.")

    @OptionGroup var common: CommonOptions

    @Option(help: "A file with the driver's token, or - for standard input.")
    var tokenFile: String

    func run() async throws {
        try await Session.run(common) { session in
            let token = try TokenFile.token(
                from: tokenFile, for: session.identity.driver, session.output)
            try TokenFile(replica: common.path).save(token, session.output)
            session.output.result(
                LoggedIn(driver: session.identity.driver.text),
                [session.output.text(.tokenSaved, ["driver": session.identity.driver.text])])
        }
    }

    private struct LoggedIn: Encodable { var driver: String }
}
