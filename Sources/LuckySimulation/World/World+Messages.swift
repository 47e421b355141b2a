internal import Foundation
internal import LuckyDriver
internal import LuckyHub
internal import LuckyStore
internal import LuckySync

// Exchanges: at once, or held in flight until somebody lets them land.
extension World {
    func exchange(_ body: Data, nonce: UInt64, _ device: WorldDevice) {
        guard device.link.isUp else {
            let offline = SyncEvent.failed(.offline("no link"), nonce: nonce)
            return schedule(offline, for: device, in: device.link.latency)
        }
        var fault = device.faults.isEmpty ? nil : device.faults.removeFirst()
        if fault == nil, device.link.losesAnswers { fault = .answerLost }
        let flight = Flight(of: device, body, nonce: nonce, fault: fault)
        guard !device.holdsMessages else {
            device.flight = flight
            return
        }
        if fault == .duplicated {
            let twin = Flight(of: device, body, nonce: nonce, fault: nil)
            reach(twin, after: device.link.latency)
            comeBack(twin)
        }
        reach(flight, after: device.link.latency)
        comeBack(flight)
    }

    /// The answer, or what stands for it, some time from now.
    private func comeBack(_ flight: Flight) {
        guard case .answer(let event) = flight.stage else { return }
        flight.stage = .landed
        schedule(event, for: flight.device, in: wait(for: event, flight.device))
    }

    private func wait(for event: SyncEvent, _ device: WorldDevice) -> Int64 {
        if case .failed(.timedOut, _) = event { return 10_000 }
        return 2 * device.link.latency
    }

    /// One message lands: the request at the hub, or the answer at the device, which goes on until
    /// it needs another exchange.
    func land(_ flight: Flight) {
        switch flight.stage {
        case .request: reach(flight, after: 0)
        case .answer(let event):
            flight.stage = .landed
            if flight.device.flight === flight { flight.device.flight = nil }
            feed(event, to: flight.device, process: flight.process)
            drain(flight.device)
        case .landed: break
        }
        now += 1
    }

    /// All that a device has to do at this moment.
    func drain(_ device: WorldDevice) {
        while runNext(until: now, of: device) {}
    }

    /// The request at the hub; afterwards the answer is in flight.
    private func reach(_ flight: Flight, after latency: Int64) {
        guard case .request(let body) = flight.stage else { return }
        let nonce = flight.nonce
        switch flight.fault {
        case .requestLost, .requestLate:
            flight.stage = .answer(.failed(.timedOut, nonce: nonce))
        case .status(let status, let wait):
            flight.stage = .answer(.failed(Self.failure(status, wait), nonce: nonce))
        case .portal:
            flight.stage = .answer(.failed(.notAHub("text/html"), nonce: nonce))
        default:
            flight.stage = .answer(
                answer(
                    to: flight.fault?.sent(body) ?? body, nonce: nonce, flight, at: now + latency))
        }
    }

    private func answer(
        to body: Data, nonce: UInt64, _ flight: Flight, at moment: Int64
    ) -> SyncEvent {
        let site = flight.device.hub
        do throws(HubRefusal) {
            guard let hub = site.hub else { return .failed(.offline("no hub"), nonce: nonce) }
            let answer: SyncAnswer
            do throws(HubRefusal) {
                answer = try hub.sync(body, as: flight.device.credential, now: moment)
            } catch {
                // As a serving hub does: the same file opened again, under another history.
                guard !hub.isTrusted, let next = reopened(site) else { throw error }
                answer = try next.sync(body, as: flight.device.credential, now: moment)
            }
            switch flight.fault {
            case .answerLost: return .failed(.timedOut, nonce: nonce)
            case .answerLate:
                let late = flight.lateAnswer ?? Flight.nothing(of: flight.device)
                late.stage = .answer(.answered(answer.body, nonce: nonce))
                if flight.lateAnswer == nil { lateAnswers.append(late) }
                return .failed(.timedOut, nonce: nonce)
            case .answerCut(let count):
                return .answered(answer.body.prefix(count), nonce: nonce)
            case .answerFlipped(let bit):
                return .answered(Self.flipped(answer.body, bit), nonce: nonce)
            default: return .answered(answer.body, nonce: nonce)
            }
        } catch {
            return .failed(Self.failure(error), nonce: nonce)
        }
    }

    /// - Parameter wait: the seconds that the answer asks for.
    static func failure(_ status: Int, _ wait: Int?) -> ExchangeFailure {
        status == 401
            ? .unauthorised(status: status) : .busy(status: status, retryAfterSeconds: wait)
    }

    static func failure(_ refusal: HubRefusal) -> ExchangeFailure {
        switch refusal.status {
        case 500...: .busy(status: refusal.status, retryAfterSeconds: nil)
        case 401: .unauthorised(status: refusal.status)
        default:
            .refused(status: refusal.status, code: refusal.code, message: refusal.message)
        }
    }

    static func flipped(_ body: Data, _ bit: Int) -> Data {
        guard !body.isEmpty else { return body }
        var bytes = [UInt8](body)
        bytes[bit / 8 % bytes.count] ^= 1 << UInt8(bit % 8)
        return Data(bytes)
    }

    // MARK: One device's sync

    /// Syncs one device now, whatever it was waiting for, until it rests or waits for a timer.
    /// Nothing happens to the others.
    func sync(_ device: WorldDevice) throws(StoreError) {
        device.holdsMessages = false
        try begin(device)
        finish(device)
    }

    /// Lets a device do what it has to do until it rests or waits.
    func finish(_ device: WorldDevice) {
        var rounds = 0
        while !device.machine.isResting, !device.machine.isWaiting, rounds < 10_000,
            runNext(until: .max, of: device)
        {
            rounds += 1
        }
    }

    /// Makes a device's request and holds it in flight.
    func send(_ device: WorldDevice) throws(StoreError) -> Flight? {
        device.holdsMessages = true
        try begin(device)
        return device.flight
    }

    /// As a person who asks to sync: no wait is left.
    private func begin(_ device: WorldDevice) throws(StoreError) {
        guard let store = device.store else { throw .closed }
        if let flight = device.flight { while flight.messages > 0 { land(flight) } }
        var backlog = try store.backlog(wall: wall(of: device))
        backlog.waitMilliseconds = 0
        feed(.paused, to: device)
        feed(.started(backlog), to: device)
        drain(device)
    }
}
