import LuckyDriver
import LuckyHub

/// The day as it is played: three drivers at work at the same time, an office that changes its
/// mind, and everything that goes wrong on the way. Each fault happens for real.
struct Story: Sendable {
    let hub: HubProcess
    let dispatcher: Dispatcher
    let sea: PhoneProcess
    let town: PhoneProcess
    let valley: PhoneProcess
    let display: DemoDisplay
    let count: DayCount
    let pace: Pace

    static let newStop = "sea-21"
    static let rightAddress = "臺東縣成功鎮忠孝里中山路140號（成功漁港旁）"

    func play() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await seaDay() }
            group.addTask { try await townDay() }
            group.addTask { try await valleyDay() }
            try await group.waitForAll()
        }
    }

    // MARK: drv-01: a dead zone, and the office behind the driver's back.

    private func seaDay() async throws {
        try await visits(sea, 4)
        try await sea.ask(.deadZone(true))
        display.say(.demoDeadZone, name(sea))
        let behind = try await visits(sea, 3)
        let edits = try await changeThePlan(delivered: behind)
        try await visits(sea, 2)
        // Still offline: nothing of it can be known on the phone.
        let reply = try await sea.ask(.deadZone(false))
        display.say(.demoSignal, name(sea, ["pending": "\(reply.pending)"]))
        count.note { $0.offlineEdits += edits.count }
        for expectation in edits { try await sea.ask(.expect(expectation, seconds: 25)) }
        try await sea.ask(.drain(seconds: 20))
        display.say(.demoEditsSeen, name(sea, ["count": "\(edits.count)"]))
        try await rest(of: sea)
    }

    /// Five edits while the driver is offline, two of them of stops that are already delivered.
    /// - Returns: what the driver's phone must show once it has a signal.
    private func changeThePlan(delivered: [String]) async throws -> [Expectation] {
        guard let reassigned = delivered.first, let cancelled = delivered.dropFirst().first,
            let last = delivered.last, delivered.count > 2
        else { throw notEnough(sea) }
        try await dispatcher.reassign(reassigned, to: town.name)
        display.say(
            .demoReassigned, ["stop": reassigned, "from": sea.name.text, "to": town.name.text])
        try await pace.breath()
        try await dispatcher.cancel(cancelled)
        display.say(.demoCancelled, ["stop": cancelled])
        try await pace.breath()

        let routes = try await dispatcher.routes()
        guard let route = routes.first(where: { $0.stops.contains { $0.stop == last } }),
            let end = route.stops.last
        else { throw notEnough(sea) }
        // The next two doors may be reached while this goes on.
        let ahead = route.stops.drop { $0.stop != last }.dropFirst(4)
        guard let wrong = ahead.first?.stop, let place = ahead.dropFirst().first?.sequence,
            let before = ahead.dropFirst(2).first?.stop
        else { throw notEnough(sea) }
        try await dispatcher.correct(address: Self.rightAddress, of: wrong)
        display.say(.demoAddress, ["stop": wrong])
        try await pace.breath()
        try await dispatcher.insert(Self.newStop, on: route.code, at: place)
        display.say(.demoInserted, name(sea, ["stop": Self.newStop]))
        try await pace.breath()
        try await dispatcher.move(end.stop, before: before)
        let moved = try await dispatcher.stop(end.stop).sequence
        display.say(.demoResequenced, ["stop": end.stop])
        return [
            .handedOver(stop: reassigned), .review(stop: cancelled),
            .address(stop: wrong, Self.rightAddress), .listed(stop: Self.newStop),
            .place(stop: end.stop, moved),
        ]
    }

    // MARK: drv-02: a partial delivery, a lost answer, nobody at home, a slip, and the hub dies.

    private func townDay() async throws {
        try await visits(town, 2)
        try await visit(town, .partial, .demoPartial)
        try await visits(town, 1)
        try await town.ask(.loseAnswer)
        try await visits(town, 1)
        try await town.ask(.awaitFault(seconds: 25))
        count.note { $0.responsesLost += 1 }
        display.say(.demoResponseLost, name(town))
        try await visits(town, 1)
        try await visit(town, .absent, .demoAbsent)
        try await visits(town, 2)
        try await visit(town, .wrongCount, .demoCorrected)
        try await visits(town, 2)
        try await killHub()
        try await rest(of: town)
    }

    private func killHub() async throws {
        await hub.kill()
        display.say(.demoHubKilled)
        // Gas is delivered all the same.
        try await visits(town, 2)
        try await hub.start()
        count.note { $0.hubRestarts += 1 }
        display.say(.demoHubBack)
    }

    // MARK: drv-03: a photo, a slip, and a phone that dies between commit and receipt.

    private func valleyDay() async throws {
        try await visits(valley, 2)
        try await visit(valley, .photo, .demoPhoto)
        try await visits(valley, 1)
        try await visit(valley, .wrongCash, .demoCorrected)
        try await valley.ask(.drain(seconds: 25))
        try await valley.ask(.holdAnswer)
        try await visits(valley, 1)
        // The hub has committed; the phone was never told; and it goes on.
        try await valley.ask(.awaitFault(seconds: 25))
        try await visits(valley, 1)
        try await killPhone()
        try await rest(of: valley)
    }

    private func killPhone() async throws {
        await valley.kill()
        count.note { $0.driverKills += 1 }
        display.say(.demoDriverKilled, name(valley))
        try await pace.breath()
        let found = try await valley.start()
        count.note { $0.unreceivedAtKill += found.pending }
        display.say(.demoDriverBack, name(valley, ["pending": "\(found.pending)"]))
    }

    // MARK: What all days have.

    /// - Returns: the stops visited.
    @discardableResult
    private func visits(_ phone: PhoneProcess, _ number: Int) async throws -> [String] {
        var stops: [String] = []
        for _ in 0..<number {
            if let stop = try await phone.ask(.visit(.ordinary)).stop { stops.append(stop) }
            try await pace.toTheNextStop()
        }
        return stops
    }

    private func visit(_ phone: PhoneProcess, _ visit: Visit, _ phrase: Phrase) async throws {
        guard let stop = try await phone.ask(.visit(visit)).stop else { throw notEnough(phone) }
        display.say(phrase, name(phone, ["stop": stop]))
        try await pace.toTheNextStop()
    }

    private func rest(of phone: PhoneProcess) async throws {
        while true {
            let reply = try await phone.ask(.visit(.ordinary))
            if reply.stop == nil { break }
            try await pace.toTheNextStop()
        }
        display.say(.demoDayDone, name(phone))
    }

    private func name(
        _ phone: PhoneProcess, _ more: [String: String] = [:]
    ) -> [String: String] {
        more.merging(["driver": phone.name.text]) { $1 }
    }

    private func notEnough(_ phone: PhoneProcess) -> DemoFailure {
        DemoFailure(.demoNoStopLeft, ["name": phone.name.text])
    }
}

/// How long a truck drives: seconds that people can follow, until the day gets late.
actor Pace {
    private var random: SeededRandom
    private let hurryAfter: ContinuousClock.Instant

    init(seed: UInt64, hurryAfter: ContinuousClock.Instant) {
        random = SeededRandom(seed: seed)
        self.hurryAfter = hurryAfter
    }

    func toTheNextStop() async throws { try await rest(350...650) }
    func breath() async throws { try await rest(150...250) }

    private func rest(_ milliseconds: ClosedRange<Int>) async throws {
        let rest = Int.random(in: milliseconds, using: &random)
        try await Task.sleep(for: .milliseconds(ContinuousClock.now > hurryAfter ? 1 : rest))
    }
}
