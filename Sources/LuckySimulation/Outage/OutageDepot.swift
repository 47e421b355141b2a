internal import Foundation
internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckySchemas
internal import LuckyStore
internal import LuckySync
internal import LuckyWire

/// What is gone for two hours, and so how the phones learn of its return.
package enum OutageCause: String, Sendable, CaseIterable {
    /// Each phone's system says that there is a network again: all send at once.
    case network
    /// Nobody tells the phones: each one's breaker rests from its last try.
    case hub
}

/// One depot of a city-wide outage.
package struct OutageSettings: Sendable {
    /// Each with one phone.
    package var drivers = 30
    /// That the office planned for each driver.
    package var stops = 20
    /// What each driver records meanwhile; two at a stop.
    package var taps = 30
    package var milliseconds: Int64 = 2 * 60 * 60 * 1_000
    package var link = WorldLink(bytesPerSecond: 32_000)
    /// Nanoseconds of what a request costs its hub, counted around the call.
    package var clock: @Sendable () -> Int64 = { 0 }

    package init() {}
}

/// Plays one depot of a city: thirty phones that have caught up with their hub, an outage in which each
/// driver goes on delivering, and the return. The hub's and the phones' code is the real one, the time
/// simulated; a depot knows nothing of another, so that many are played one after the other.
package final class OutageDepot {
    let world: World
    let hub: WorldHub
    let settings: OutageSettings
    private(set) var phones: [WorldDevice] = []
    var log: OutageLog
    private var random: SeededGenerator
    /// Real addresses, over and over.
    private let day: [PlanRow]
    /// Every tap that a driver was told is saved, and how many facts it has.
    private(set) var tapped: [(change: ChangeID, facts: Int)] = []

    /// - Parameter file: where the hub's file is to be; nil: on a simulated disk.
    package init(seed: UInt64, _ settings: OutageSettings, file: String? = nil) throws {
        self.settings = settings
        random = SeededGenerator(seed: seed)
        world = World(start: 1_795_309_200_000, seed: seed)
        world.travel = WorldTravel()
        world.travel?.ringsAtOnce = true
        world.travel?.carried = OutageLog.carried
        if let file {
            hub = world.add(
                try Hub.open(at: file, depot: "TTT", random: SeededGenerator(seed: ~seed)))
        } else {
            hub = try world.addHub(depot: "TTT", inMemory: false)
        }
        log = OutageLog(hub)
        day = try PlanFile.parse(LuckySchemas.taitungDayCSV.utf8).rows
        try plan()
        var options = SyncOptions()
        options.waitSeconds = Bounds.waitSeconds
        for number in 0..<settings.drivers {
            let phone = try world.addDevice(
                "phone-\(number)", of: Self.driver(number), at: hub, options: options)
            phone.link = settings.link
            try world.wake(phone)
            phones.append(phone)
        }
        world.run(until: world.now + 60_000)
        log.watch(world, settings.clock)
    }

    private static func driver(_ number: Int) -> Identifier { Identifier("drv-\(number)") }

    private func stop(_ number: Int, of driver: Int) -> EntityID {
        let all = UInt64(driver * settings.stops + number)
        return EntityID(.stop, Bits128(high: all &* 0x9E37_79B9_7F4A_7C15, low: all))
    }

    private func plan() throws {
        let desk = Credential(person: "desk", depot: hub.depot, role: .office)
        var plan: [OfficeChangeset] = []
        for driver in 0..<settings.drivers {
            for number in 0..<settings.stops {
                let stop = stop(number, of: driver)
                let row = day[plan.count % day.count]
                let note: [(PlanField, PlanValue)] =
                    row.note.isEmpty ? [] : [(.officeNote, .text(row.note))]
                let fields: [(PlanField, PlanValue)] =
                    note + [
                        (.code, .name(Identifier("S\(driver)-\(number)"))),
                        (.driver, .name(Self.driver(driver))),
                        (.items, .quantities([.kg20: 1])),
                        (.customerName, .text(row.customer)), (.phone, .text(row.phone)),
                        (.address, .text(row.address)),
                    ]
                plan.append(
                    OfficeChangeset(
                        fields.map { Change(stop, .plan($0, $1)) }, contexts: [:],
                        id: ChangeID(high: 0xDE, low: UInt64(plan.count))))
            }
        }
        _ = try hub.hub?.write(plan, by: desk, now: world.now)
    }

    // MARK: The outage

    /// Everybody loses it at one moment, goes on delivering, and has it again at one moment.
    package func suffer(_ cause: OutageCause) throws {
        log.began = world.now
        let kept = hub.hub
        switch cause {
        case .network:
            for phone in phones { world.setLink(phone, down) }
        case .hub:
            hub.hub = nil
            world.dropHeld(by: hub)
        }
        try drive()
        // A try that is under way when all is well again would be neither one thing nor the other.
        while phones.contains(where: world.isExchanging) { world.run(until: world.now + 1) }
        log.states = phones.map { OutagePhone(of: $0, at: world.now) }
        log.comesBack(at: world.now)
        switch cause {
        case .network:
            for phone in phones { world.setLink(phone, settings.link) }
            for index in log.states.indices { log.states[index].events.append((0, .linkHinted)) }
        case .hub: hub.hub = kept
        }
    }

    private var down: WorldLink {
        var link = settings.link
        link.isUp = false
        return link
    }

    private func drive() throws {
        let began = world.now
        var taps: [(at: Int64, driver: Int, tap: Int)] = []
        var stops: [[Int]] = []
        for driver in phones.indices {
            stops.append(Array(0..<settings.stops).shuffled(using: &random))
            let times = (0..<settings.taps).map { _ in
                Int64.random(in: 0..<settings.milliseconds, using: &random)
            }
            for (tap, time) in times.sorted().enumerated() {
                taps.append((began + time, driver, tap))
            }
        }
        taps.sort { ($0.at, $0.driver, $0.tap) < ($1.at, $1.driver, $1.tap) }
        for (at, driver, tap) in taps {
            world.run(until: at)
            let stop = stop(stops[driver][tap / 2 % settings.stops], of: driver)
            let facts = facts(of: tap, by: driver)
            let result = try world.tap(phones[driver], on: stop) { _ in facts }
            tapped.append((result.change, facts.count))
        }
        world.run(until: began + settings.milliseconds)
    }

    /// He arrives; then the gas and the cash change hands.
    private func facts(of tap: Int, by driver: Int) -> [Fact] {
        guard tap % 2 == 1 else { return [.arrived(Arrival(attempt: 1))] }
        let handover = Handover(delivered: [.kg20: 1], collected: [.kg20: 1])
        let cash = CashReceipt(.dollars(900 + 10 * Int64(tap % 12)) ?? .zero)
        var facts: [Fact] = [
            .handedOver(HandedOver(handover, attempt: 1)), .cashReceived(cash),
        ]
        // One tap in ten has words of its own.
        let words = day.map(\.note).filter { !$0.isEmpty }
        if tap % 10 == 9 { facts.append(.noteAdded(Note(words[(tap + driver) % words.count]))) }
        return facts
    }

    // MARK: The return

    /// Lets it go on until all is received and every phone holds a line, and judges what the hub has.
    package func end(within limit: Int64 = 4 * 60_000) throws -> OutagePlay {
        let end = world.now + limit
        while world.now < end, try pending > 0 || !phones.allSatisfy(holdsLine) {
            world.run(until: world.now + 1_000)
        }
        try log.repeatAll(at: world.now, settings.clock)
        var play = OutagePlay(log)
        play.pending = try pending
        try judge(&play)
        return play
    }

    private func holdsLine(_ phone: WorldDevice) -> Bool {
        world.travel?.held.contains { $0.device === phone } == true
    }

    /// Changesets that no phone has a receipt for.
    package var pending: Int {
        get throws {
            try phones.reduce(0) { try $0 + ($1.store?.position().pendingCount ?? 0) }
        }
    }

    private func judge(_ play: inout OutagePlay) throws {
        guard let kept = hub.hub else { return }
        play.taps = tapped.count
        try kept.read { reader in
            var places: Set<UInt64> = []
            for (change, _) in tapped {
                guard let info = try reader.changeInfo(change) else { continue }
                places.insert(info.sequence)
            }
            play.lost = tapped.count - places.count + (try reader.quarantined().count)
            let facts = try reader.entities(.stop).reduce(0) {
                try $0 + (reader.state($1)?.facts.count ?? 0)
            }
            play.doubled = facts - tapped.reduce(0) { $0 + $1.facts }
            play.doubled += try reader.audit().count
        }
    }

    /// A whole depot: outage and return.
    package static func play(
        _ cause: OutageCause, seed: UInt64, _ settings: OutageSettings, file: String? = nil
    ) throws -> OutagePlay {
        let depot = try OutageDepot(seed: seed, settings, file: file)
        try depot.suffer(cause)
        let play = try depot.end()
        try depot.close()
        return play
    }

    package func close() throws {
        for phone in phones { world.stop(phone) }
        try hub.hub?.close()
    }
}
