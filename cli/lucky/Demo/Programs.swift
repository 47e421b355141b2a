import Foundation
import LuckyDriver

/// The two programs of this build, lying side by side, and what the demo asks of `lucky-hub`.
struct Programs: Sendable {
    let lucky: URL
    let hub: URL
    let folder: DemoFolder

    init(folder: DemoFolder) throws(DemoFailure) {
        guard let lucky = Bundle.main.executableURL?.resolvingSymlinksInPath() else {
            throw DemoFailure(.demoNotStarted, ["program": "lucky", "error": "?"])
        }
        self.lucky = lucky
        hub = lucky.deletingLastPathComponent().appending(path: "lucky-hub")
        self.folder = folder
        guard FileManager.default.isExecutableFile(atPath: hub.path) else {
            throw DemoFailure(.demoNotStarted, ["program": hub.path, "error": "–"])
        }
    }

    func makeSecret() async throws(DemoFailure) {
        try await run("secret", "create", folder.secret)
    }

    func issueToken(_ person: Identifier, role: String) async throws(DemoFailure) {
        try await run(
            "token", "issue", "--secret-file", folder.secret, "--person", person.text,
            "--role", role, "--depot", DemoFolder.depot.text, "--out", folder.token(person))
    }

    func importPlan(hub: URL) async throws(DemoFailure) {
        try await run(
            "plan", "import", folder.plan, "--hub", hub.absoluteString,
            "--token-file", folder.token(DemoFolder.dispatcher))
    }

    func backUp() async throws(DemoFailure) {
        try await run("backup", folder.hubCopy, "--db", folder.hub)
    }

    private func run(_ arguments: String...) async throws(DemoFailure) {
        try await Child.run(hub, arguments, log: folder.log("commands"))
    }
}

/// The hub's process; it may be killed and started again on the same file and port.
actor HubProcess {
    private let programs: Programs
    private var child: Child?
    private var port = 0

    init(_ programs: Programs) { self.programs = programs }

    private struct Ready: Decodable { var address: String }

    /// - Returns: the hub's address.
    @discardableResult
    func start() async throws -> URL {
        let folder = programs.folder
        let box = Mailbox<String>()
        child = try Child(
            programs.hub,
            [
                "serve", "--db", folder.hub, "--depot", DemoFolder.depot.text, "--port", "\(port)",
                "--secret-file", folder.secret,
            ], log: folder.log("hub")
        ) {
            box.put($0, for: 0)
        } onEnd: {
            box.close(DemoFailure(.demoEndedEarly, ["name": "lucky-hub"]))
        }
        let late = DemoFailure(.demoLate, ["name": "lucky-hub", "what": "serve"])
        let line = try await box.wait(for: 0, seconds: 20, late: late)
        let ready = try DemoJSON.decode(Ready.self, from: Data(line.utf8))
        guard let url = URL(string: ready.address), let bound = url.port else { throw late }
        port = bound
        return url
    }

    /// `kill -9`.
    func kill() async {
        await child?.kill()
        child = nil
    }

    func stop() async {
        await child?.end(within: 10)
        child = nil
    }
}
