import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckyTransport

/// One driver of the demo: a process of its own with a replica file of its own, told on standard
/// input what happens. It ends when standard input does.
struct PhoneCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo-driver", abstract: Phrase.helpDemoDriver.spoken, shouldDisplay: false)

    @Option var folder: String
    @Option var driver: String
    @Option var hub: String
    @Option var date: String
    @Option var seed: UInt64

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        guard let hub = URL(string: hub), let date = CivilDate(text: date) else {
            throw ValidationError(.usageNeeds, ["options": "--hub, --date"])
        }
        let folder = DemoFolder(path: folder)
        let name = Identifier(driver)
        let replica = folder.replica(name)
        if !FileManager.default.fileExists(atPath: replica) {
            try Driver.create(at: replica, for: name, hub: hub, marks: nil)
        }
        let token = try String(contentsOfFile: folder.token(name), encoding: .utf8)
        let link = FaultyLink(over: HTTPTransport(hub: hub, token: { token }))
        let phone = try await Phone(
            driver: Driver.open(
                at: replica, as: name, hub: .transport(link), marks: nil),
            name: name, link: link, ledger: LedgerFile(folder.ledger(name)), date: date,
            random: SeededRandom(seed: seed))
        await phone.serve()
    }
}

/// Lines of standard input, until it ends.
enum StandardInput {
    static func lines() -> AsyncStream<String> {
        let (stream, feed) = AsyncStream<String>.makeStream()
        let thread = Thread {
            while let line = readLine() { feed.yield(line) }
            feed.finish()
        }
        thread.start()
        return stream
    }
}

/// The demo's own choices, the same for the same seed. Change ids never come from it.
struct SeededRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
