import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckySchemas

/// One day from the first process to the last: sets the stage, plays the story, puts all away.
struct DemoDay: Sendable {
    let folder: DemoFolder
    let display: DemoDisplay
    private let programs: Programs
    private let count: DayCount
    private let rows: [PlanRow]
    private let date: CivilDate
    private let seed: UInt64
    private let start: ContinuousClock.Instant

    /// A machine so slow that even this is not enough gets no verdict.
    private static let limitSeconds = 150

    init(
        _ folder: DemoFolder, seed: UInt64, _ output: Output, start: ContinuousClock.Instant
    ) throws {
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        guard let date = CivilDate(taipeiDayAt: now) else {
            throw DemoFailure(.shiftClockUnusable)
        }
        self.folder = folder
        self.date = date
        self.seed = seed
        self.start = start
        programs = try Programs(folder: folder)
        display = DemoDisplay(output, since: start)
        count = DayCount(seed: seed, date: date.text)
        rows = try PlanFile.parse(LuckySchemas.taitungDayCSV.utf8).rows.map { row in
            var row = row
            row.date = date
            return row
        }
    }

    func play() async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                try await run()
                return true
            }
            group.addTask {
                try await Task.sleep(for: .seconds(Self.limitSeconds))
                return false
            }
            let isDone = try await group.next() ?? false
            group.cancelAll()
            if !isDone {
                throw DemoFailure(.demoLate, ["name": "demo", "what": "\(Self.limitSeconds) s"])
            }
        }
    }

    private func run() async throws {
        Children.shared.watch(by: programs.lucky)
        let routes = Set(rows.map(\.route)).count
        display.say(
            .demoHeading,
            [
                "routes": "\(routes)", "stops": "\(rows.count)",
                "drivers": "\(DemoFolder.drivers.count)", "seed": "\(seed)",
            ])
        try Data(PlanFile.csv(rows).utf8).write(to: URL(filePath: folder.plan))
        try await programs.makeSecret()
        let hub = HubProcess(programs)
        let url = try await openHub(hub)
        let dispatcher = try Dispatcher(folder, hub: url, date: date)
        func phone(_ name: Identifier, _ number: UInt64) -> PhoneProcess {
            PhoneProcess(
                name, programs, hub: url, date: date, seed: seed &+ number, display: display,
                count: count)
        }
        let sea = phone(DemoFolder.sea, 1)
        let town = phone(DemoFolder.town, 2)
        let valley = phone(DemoFolder.valley, 3)
        for phone in [sea, town, valley] { try await setOut(phone) }
        let story = Story(
            hub: hub, dispatcher: dispatcher, sea: sea, town: town, valley: valley,
            display: display, count: count,
            pace: Pace(seed: seed, hurryAfter: start.advanced(by: .seconds(28))))
        try await story.play()
        try await closeDay(hub, [sea, town, valley])
    }

    /// The hub, everybody's token, and the plan.
    private func openHub(_ hub: HubProcess) async throws -> URL {
        async let tokens: Void = issueTokens()
        let url = try await hub.start()
        try await tokens
        display.say(.demoHubStarted, ["url": url.absoluteString])
        try await programs.importPlan(hub: url)
        display.say(.demoPlanLoaded, ["stops": "\(rows.count)"])
        return url
    }

    private func issueTokens() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await programs.issueToken(DemoFolder.dispatcher, role: "office") }
            for driver in DemoFolder.drivers {
                group.addTask { try await programs.issueToken(driver, role: "driver") }
            }
            try await group.waitForAll()
        }
    }

    private func setOut(_ phone: PhoneProcess) async throws {
        let own = rows.filter { $0.driver == phone.name }
        try await phone.start()
        try await phone.ask(.expect(.stops(own.count), seconds: 20))
        display.say(
            .demoDriverOut,
            [
                "driver": phone.name.text, "route": own.first?.route.text ?? "",
                "stops": "\(own.count)",
            ])
    }

    /// Signal for all, no more taps, everything received; then both sides are compared, the hub's
    /// file is copied while it serves, and all processes end.
    private func closeDay(_ hub: HubProcess, _ phones: [PhoneProcess]) async throws {
        for phone in phones { try await phone.ask(.deadZone(false)) }
        for phone in phones { try await phone.ask(.drain(seconds: 25)) }
        display.say(.demoDrained)
        for phone in phones {
            let reply = try await phone.ask(.verify)
            let isSame = reply.agrees == true && reply.differences == []
            if !isSame { count.note { $0.unverified.append(phone.name.text) } }
        }
        try await programs.backUp()
        for phone in phones { try await phone.leave() }
        await hub.stop()
        try save()
    }

    /// With the verdict the day is over.
    func end() throws -> DayFigures {
        let seconds = start.duration(to: .now) / .seconds(1)
        count.note { $0.durationS = (seconds * 10).rounded() / 10 }
        try save()
        display.endProgress()
        return count.now
    }

    private func save() throws {
        try DemoJSON.encode(count.now).write(to: URL(filePath: folder.day))
    }
}
