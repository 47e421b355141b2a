internal import Foundation
internal import LuckyHub
internal import LuckyModel
internal import LuckySync
internal import LuckyWire

/// What one request costs.
package struct OutageCost: Sendable {
    /// By the clock of the settings.
    package var nanoseconds: Int64 = 0
    /// Bytes that the hub writes, and how often it waits for the disk.
    package var written = 0
    package var syncs = 0

    package static func + (left: OutageCost, right: OutageCost) -> OutageCost {
        OutageCost(
            nanoseconds: left.nanoseconds + right.nanoseconds,
            written: left.written + right.written, syncs: left.syncs + right.syncs)
    }
}

/// One exchange of a phone after the return, as it went where the hub had nothing else to do.
package struct OutageExchange: Sendable {
    /// When it began, milliseconds after the return.
    package var at: Int64
    package var changesets: Int
    /// Bytes of bodies, compressed where that pays.
    package var sent: Int
    package var received = 0
    package var cost = OutageCost()
    /// What the same bytes cost that come once more.
    package var again = OutageCost()
    /// What the phone made of the answer; nil: it holds the line.
    var absorbed: Absorbed?
}

/// A phone at the moment of the return: what it is to do, and what the exchanges then are.
package struct OutagePhone: Sendable {
    let machine: SyncMachine
    /// The moment of the return by its clock, milliseconds.
    let returned: Int64
    /// What is to happen to it, milliseconds from then.
    var events: [(in: Int64, event: SyncEvent)]
    package internal(set) var exchanges: [OutageExchange] = []

    init(of device: WorldDevice, at now: Int64) {
        machine = device.machine
        returned = now
        events = device.agenda.events(of: device.process).map { ($0.at - now, $0.event) }
    }
}

/// What came of one depot.
package struct OutagePlay: Sendable {
    package var phones: [OutagePhone]
    /// Requests that the phones tried meanwhile.
    package var tries: Int
    /// Waiting lines that the hub looked at because somebody else's taps came, and what one costs.
    package var rings: Int
    package var ringCost: OutageCost
    /// When everything was received, milliseconds after the return.
    package var drained: Int64
    package var pending = 0
    package var taps = 0
    /// Taps that the hub does not have, and things that it has once more than they happened.
    package var lost = 0
    package var doubled = 0

    init(_ log: OutageLog) {
        phones = log.states
        tries = log.tries
        rings = log.rings
        ringCost = log.ringCost
        drained = log.drained
    }

    package var exchanges: [OutageExchange] { phones.flatMap(\.exchanges) }

    /// The most requests that begin in one second.
    package var peak: Int {
        Dictionary(grouping: exchanges, by: { $0.at / 1_000 }).values.map(\.count).max() ?? 0
    }
}

/// Listens to a depot's phones and its hub.
final class OutageLog {
    var states: [OutagePhone] = []
    var began: Int64 = 0
    private(set) var tries = 0
    private(set) var rings = 0
    private(set) var ringCost = OutageCost()
    private(set) var drained: Int64 = 0
    private let hub: WorldHub
    private var returned: Int64?
    private var numbers: [ObjectIdentifier: Int] = [:]
    private var bodies: [(phone: Int, exchange: Int, body: Data, device: WorldDevice)] = []
    /// Whose last request a hub has taken: it is looked at again only to see whether there is news.
    private var taken: Set<Int> = []
    private var before = (written: UInt64(0), syncs: UInt64(0))

    init(_ hub: WorldHub) { self.hub = hub }

    func watch(_ world: World, _ clock: @escaping () -> Int64) {
        for (number, device) in world.devices.enumerated() {
            numbers[ObjectIdentifier(device)] = number
        }
        world.watcher = { [unowned self, unowned world] device, event in
            note(event, of: device, at: world.now)
        }
        world.travel?.meter = WorldMeter(
            clock: { [unowned self] in
                let now = clock()
                // The bytes of a call are those between its two looks at the clock.
                before = last
                last = (hub.disk?.written ?? 0, hub.disk?.syncs ?? 0)
                return now
            },
            took: { [unowned self] device, _, _, nanoseconds in
                took(device, nanoseconds)
            })
    }

    private var last = (written: UInt64(0), syncs: UInt64(0))

    private func cost(_ nanoseconds: Int64) -> OutageCost {
        OutageCost(
            nanoseconds: nanoseconds, written: Int(last.written - before.written),
            syncs: Int(last.syncs - before.syncs))
    }

    private func took(_ device: WorldDevice, _ nanoseconds: Int64) {
        guard returned != nil, let number = numbers[ObjectIdentifier(device)] else { return }
        if taken.insert(number).inserted, let index = states[number].exchanges.indices.last {
            states[number].exchanges[index].cost = cost(nanoseconds)
        } else {
            rings += 1
            ringCost = ringCost + cost(nanoseconds)
        }
    }

    func comesBack(at now: Int64) { returned = now }

    private func note(_ event: SyncEvent, of device: WorldDevice, at now: Int64) {
        guard let number = numbers[ObjectIdentifier(device)] else { return }
        guard let returned else {
            if case .prepared = event { tries += 1 }
            return
        }
        let last = states[number].exchanges.indices.last
        switch event {
        case .prepared(let request):
            taken.remove(number)
            let exchange = OutageExchange(
                at: now - returned, changesets: request.changesets,
                sent: Self.carried(request.body))
            states[number].exchanges.append(exchange)
            if request.changesets > 0 {
                let index = states[number].exchanges.count - 1
                bodies.append((number, index, request.body, device))
            }
        case .answered(let body, _):
            guard let last else { return }
            states[number].exchanges[last].received = Self.carried(body)
        case .absorbed(let result):
            guard let last else { return }
            states[number].exchanges[last].absorbed = result
            if result.isLastReceipt { drained = max(drained, now - returned) }
        default: break
        }
    }

    /// Every message with taps once more, as from a phone whose time was over.
    func repeatAll(at now: Int64, _ clock: () -> Int64) throws {
        for index in states.indices {
            for number in states[index].exchanges.indices {
                states[index].exchanges[number].again = states[index].exchanges[number].cost
            }
        }
        for (phone, exchange, body, device) in bodies {
            let disk = (written: hub.disk?.written ?? 0, syncs: hub.disk?.syncs ?? 0)
            let began = clock()
            _ = try hub.hub?.sync(body, as: device.credential, now: now)
            states[phone].exchanges[exchange].again = OutageCost(
                nanoseconds: clock() - began,
                written: Int((hub.disk?.written ?? 0) - disk.written),
                syncs: Int((hub.disk?.syncs ?? 0) - disk.syncs))
        }
    }

    /// Bytes of a body as HTTP carries it.
    static func carried(_ body: Data) -> Int {
        guard body.count >= TransportLimits().compressFromBytes else { return body.count }
        return min(body.count, Gzip.compress(body).count)
    }
}

extension Absorbed {
    /// The hub has all that the phone recorded, and the phone knows it.
    var isLastReceipt: Bool { pending == 0 && received > 0 }
}

extension Agenda {
    /// What its machine is still to be told, in order.
    func events(of process: Int) -> [(at: Int64, event: SyncEvent)] {
        var (rest, events) = (self, [(at: Int64, event: SyncEvent)]())
        while let entry = rest.popFirst() {
            if entry.process == process, case .event(let event) = entry.due {
                events.append((entry.at, event))
            }
        }
        return events
    }
}
