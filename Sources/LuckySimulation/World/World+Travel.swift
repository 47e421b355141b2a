internal import Foundation
internal import LuckyHub
internal import LuckySync

/// How messages travel in time, and what came of them.
struct WorldTravel {
    /// When a device gives up, milliseconds beyond what the hub may keep the request.
    static let patience: Int64 = 30_000
    /// How long after the log grew those who wait for news are looked at: news of one moment go
    /// together.
    static let ringGap: Int64 = 20_000

    /// Requests that the hub keeps for want of news, in the order they came.
    var held: [Flight] = []
    /// How often each kind of fault struck.
    var strikes: [FaultKind: Int] = [:]
    /// A hub's process died in the middle of a call.
    var hubDied: (WorldHub) -> Void = { _ in }
    /// A device's process died in the middle of a call.
    var deviceDied: (WorldDevice) -> Void = { _ in }
    /// Whoever waits for news is looked at as soon as the log grew, as a serving hub does it.
    var ringsAtOnce = false
    /// How many bytes of a body a link has to carry.
    var carried: (Data) -> Int = { $0.count }
    /// Counts what each request costs its hub; nil: nobody does.
    var meter: WorldMeter?

    mutating func abandon(_ device: WorldDevice) { held.removeAll { $0.device === device } }
}

/// What a request costs its hub.
struct WorldMeter {
    /// Nanoseconds of whatever is to be counted.
    var clock: () -> Int64
    /// Hears of each request that a hub took: its bytes, its answer and what the clock counted.
    var took: (WorldDevice, _ body: Data, _ answer: SyncAnswer, _ nanoseconds: Int64) -> Void
}

extension World {
    /// Counts a fault that struck.
    func strike(_ kind: FaultKind) { travel?.strikes[kind, default: 0] += 1 }

    /// Counts what befell a device before: now there is an exchange, or a tap, that it strikes.
    func meet(_ device: WorldDevice) {
        for kind in device.unmet { strike(kind) }
        device.unmet = []
    }

    /// Counts what struck a device's disk since this was last called. A disk that is full is one
    /// fault, however many writes it refuses.
    func countStrikes(of device: WorldDevice) {
        for (cause, kind) in [(.failed, .diskError), (.full, .diskFull)]
            as [(SimulatedDisk.Cause, FaultKind)]
        {
            let strikes = device.disk.strikes(of: cause)
            if strikes > device.countedStrikes[cause] ?? 0 { strike(kind) }
            device.countedStrikes[cause] = strikes
        }
    }

    /// A partition counts once, at the first exchange that it prevents.
    private func strikeOutage(of device: WorldDevice) {
        guard let kind = device.outage else { return }
        device.outage = nil
        strike(kind)
    }

    /// A request begins its way.
    func depart(_ body: Data, nonce: UInt64, waitSeconds: Int, _ device: WorldDevice) {
        guard device.link.isUp else {
            strikeOutage(of: device)
            return schedule(.failed(.offline("no link"), nonce: nonce), for: device, in: 50)
        }
        meet(device)
        let fault = device.faults.isEmpty ? nil : device.faults.removeFirst()
        if let fault, !fault.isOfAnswer { strike(fault.kind) }
        let flight = Flight(of: device, body, nonce: nonce, fault: fault)
        flight.wait = Int64(waitSeconds) * 1_000
        flight.deadline = now + flight.wait + WorldTravel.patience
        schedule(
            .failed(.timedOut, nonce: nonce), for: device, in: flight.deadline - now)
        var way = time(for: body, device)
        if case .requestLate(let delay) = fault { way = WorldTravel.patience + delay }
        schedule(.arrival(flight), for: device, in: way)
        if fault == .duplicated {
            let twin = Flight(of: device, body, nonce: nonce, fault: nil)
            twin.deadline = flight.deadline
            schedule(.arrival(twin), for: device, in: way + 5_000)
        }
    }

    private func time(for body: Data, _ device: WorldDevice) -> Int64 {
        guard device.link.bytesPerSecond != nil else { return device.link.latency }
        strikeOutage(of: device)
        return device.link.time(for: travel?.carried(body) ?? body.count)
    }

    /// The request is at the hub, or at somebody who answers in its place.
    func arrive(_ flight: Flight) {
        guard case .request(let body) = flight.stage else { return }
        switch flight.fault {
        case .requestLost: flight.stage = .landed
        case .status(let status, let wait):
            comeBack(.failed(Self.failure(status, wait), nonce: flight.nonce), flight)
        case .portal: comeBack(.failed(.notAHub("text/html"), nonce: flight.nonce), flight)
        default:
            serve(flight.fault?.sent(body) ?? body, flight, mayHold: flight.wait > 0)
            if travel?.ringsAtOnce == true { ring(flight.device.hub) }
        }
    }

    private func ask(
        _ hub: Hub, _ body: Data, of device: WorldDevice
    ) throws(HubRefusal) -> SyncAnswer {
        guard let meter = travel?.meter else {
            return try hub.sync(body, as: device.credential, now: now)
        }
        let began = meter.clock()
        let answer = try hub.sync(body, as: device.credential, now: now)
        meter.took(device, body, answer, meter.clock() - began)
        return answer
    }

    /// The hub kept a request for as long as it may.
    func release(_ flight: Flight) {
        guard travel?.held.contains(where: { $0 === flight }) == true,
            case .request(let body) = flight.stage
        else { return }
        travel?.held.removeAll { $0 === flight }
        serve(body, flight, mayHold: false)
    }

    private func serve(_ body: Data, _ flight: Flight, mayHold: Bool) {
        let site = flight.device.hub
        let refused = SyncEvent.failed(.offline("no hub"), nonce: flight.nonce)
        guard let hub = site.hub else { return comeBack(refused, flight) }
        for kind in site.unmet { strike(kind) }
        site.unmet = []
        do throws(HubRefusal) {
            let answer = try ask(hub, body, of: flight.device)
            guard lives(site) else { return }
            if mayHold, !answer.hasNews {
                travel?.held.append(flight)
                return schedule(.release(flight), for: flight.device, in: flight.wait)
            }
            comeBack(.answered(answer.body, nonce: flight.nonce), flight)
        } catch {
            guard lives(site) else { return }
            comeBack(.failed(Self.failure(error), nonce: flight.nonce), flight)
        }
    }

    /// Whether the hub's process survived its last call: what died said nothing.
    func lives(_ site: WorldHub) -> Bool {
        guard site.disk?.isDead == true else { return true }
        strike(site.death?.kind ?? .hubKilledInside)
        if let cut = site.death?.cut { site.disk?.cutPower(cut) }
        site.death = nil
        try? site.hub?.close()
        site.hub = nil
        dropHeld(by: site)
        travel?.hubDied(site)
        return false
    }

    /// The hub's process is over: who waited there is told so.
    func dropHeld(by site: WorldHub) {
        let dropped = travel?.held.filter { $0.device.hub === site } ?? []
        travel?.held.removeAll { $0.device.hub === site }
        for flight in dropped { comeBack(.failed(.offline("closed"), nonce: flight.nonce), flight) }
    }

    /// A process that died in one of its calls is over.
    func noticeDeath(of device: WorldDevice) {
        guard device.isRunning, device.disk.isDead else { return }
        bury(device)
        travel?.deviceDied(device)
    }

    /// What died in one of its calls, also while it opened its files: with its power, where that was
    /// to go.
    func bury(_ device: WorldDevice) {
        strike(device.death?.kind ?? .killedInside)
        if let cut = device.death?.cut {
            cutPower(device, cut)
            device.boot += 1
        } else {
            stop(device)
        }
        device.death = nil
    }

    /// Whether a fault that befalls a device now has what it can strike: an exchange under way.
    func isExchanging(_ device: WorldDevice) -> Bool {
        device.agenda.hasMessage(of: device.process)
            || travel?.held.contains { $0.device === device && $0.process == device.process }
                == true
    }

    /// The answer, or what stands for it, on its way back.
    private func comeBack(_ event: SyncEvent, _ flight: Flight) {
        flight.stage = .landed
        let device = flight.device
        guard flight.process == device.process else { return }
        guard device.link.isUp, !device.link.losesAnswers else { return strikeOutage(of: device) }
        if let fault = flight.fault, fault.isOfAnswer, case .answered = event { strike(fault.kind) }
        guard let event = flight.fault.map({ $0.changed(event) }) ?? event else { return }
        var way = device.link.latency
        if case .answered(let body, _) = event { way = time(for: body, device) }
        if flight.fault == .answerLate { way += WorldTravel.patience + flight.wait + 1_000 }
        if now + way <= flight.deadline {
            let nonce = flight.nonce
            device.agenda.removeAll {
                if case .event(.failed(.timedOut, nonce)) = $0 { true } else { false }
            }
        }
        schedule(event, for: device, in: way)
    }

    /// Those who wait for news of a hub get what there is.
    func ring(_ site: WorldHub) {
        guard let hub = site.hub, hub.sequence(of: site.depot) != site.rungAt else { return }
        site.rungAt = hub.sequence(of: site.depot)
        for flight in travel?.held ?? [] where flight.device.hub === site {
            travel?.held.removeAll { $0 === flight }
            guard flight.process == flight.device.process, flight.device.isRunning,
                case .request(let body) = flight.stage
            else { continue }
            do throws(HubRefusal) {
                let answer = try ask(hub, body, of: flight.device)
                guard lives(site) else { return }
                if answer.hasNews {
                    comeBack(.answered(answer.body, nonce: flight.nonce), flight)
                } else {
                    travel?.held.append(flight)
                }
            } catch {
                guard lives(site) else { return }
                comeBack(.failed(Self.failure(error), nonce: flight.nonce), flight)
            }
        }
    }
}

extension MessageFault {
    /// What comes back in an answer's place; nil: nothing.
    fileprivate func changed(_ event: SyncEvent) -> SyncEvent? {
        guard case .answered(let body, let nonce) = event else { return event }
        switch self {
        case .answerLost: return nil
        case .answerCut(let count):
            return .answered(body.prefix(count % max(body.count, 1)), nonce: nonce)
        case .answerFlipped(let bit): return .answered(World.flipped(body, bit), nonce: nonce)
        default: return event
        }
    }
}
