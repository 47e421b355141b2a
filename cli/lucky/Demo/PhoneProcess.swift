import Foundation
import LuckyDriver
import Synchronization

/// A driver's process as the demo sees it: orders out, replies in, one at a time.
actor PhoneProcess {
    nonisolated let name: Identifier
    private let programs: Programs
    private let arguments: [String]
    private let display: DemoDisplay
    private let count: DayCount
    private var child: Child?
    private var box = Mailbox<PhoneReply>()
    private var number = 0

    init(
        _ name: Identifier, _ programs: Programs, hub: URL, date: CivilDate, seed: UInt64,
        display: DemoDisplay, count: DayCount
    ) {
        self.name = name
        self.programs = programs
        self.display = display
        self.count = count
        arguments = [
            "demo-driver", "--folder", programs.folder.path, "--driver", name.text,
            "--hub", hub.absoluteString, "--date", date.text, "--seed", "\(seed)",
        ]
    }

    /// - Returns: what the phone found in its replica, before its first exchange.
    @discardableResult
    func start() async throws -> PhoneReply {
        let box = Mailbox<PhoneReply>()
        let name = name
        child = try Child(
            programs.lucky, arguments, log: programs.folder.log(name.text)
        ) { line in
            guard let reply = try? DemoJSON.decode(PhoneReply.self, from: Data(line.utf8)) else {
                return
            }
            box.put(reply, for: reply.number)
        } onEnd: {
            box.close(DemoFailure(.demoEndedEarly, ["name": name.text]))
        }
        self.box = box
        number = 0
        return try await reply(to: "start", within: 20)
    }

    /// - Throws: ``DemoFailure`` where the driver could not do it, or not in time.
    @discardableResult
    func ask(_ action: PhoneAction, within seconds: Int = 30) async throws -> PhoneReply {
        number += 1
        do {
            try child?.send(try DemoJSON.encode(PhoneOrder(number: number, action: action)))
        } catch {
            throw DemoFailure(.demoEndedEarly, ["name": name.text])
        }
        return try await reply(to: "\(action)", within: seconds)
    }

    private func reply(to what: String, within seconds: Int) async throws -> PhoneReply {
        let late = DemoFailure(.demoLate, ["name": name.text, "what": what])
        let reply = try await box.wait(for: number, seconds: seconds, late: late)
        if let error = reply.error {
            throw DemoFailure(
                .demoNotDone, ["name": name.text, "what": what, "error": error])
        }
        count.saw(pending: reply.pending)
        display.progress(name, closed: reply.closed, total: reply.total, pending: reply.pending)
        return reply
    }

    /// `kill -9`.
    func kill() async {
        await child?.kill()
        child = nil
    }

    func leave() async throws {
        try await ask(.leave)
        await child?.wait(10)
        child = nil
    }
}
