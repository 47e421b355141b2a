import Foundation
import LuckyDriver
import LuckyTransport
import LuckyWire
import Synchronization

/// A phone's link with what goes wrong on the road: dead zones, and answers that the hub gave and
/// the phone never got.
final class FaultyLink: Transport {
    enum Fault: Sendable {
        /// The answer is thrown away; the phone sees a time-out.
        case loseAnswer
        /// The answer is held back for ever: the phone is about to die.
        case holdAnswer
    }

    private struct State {
        var isDead = false
        var armed: Fault?
        /// Faults that happened: the hub had committed, the phone did not hear.
        var happened = 0
        var flights: [Int: Task<ExchangeOutcome, Never>] = [:]
        var next = 0
    }

    private let link: any Transport
    private let state = Mutex(State())

    init(over link: any Transport) { self.link = link }

    var happened: Int { state.withLock(\.happened) }

    func arm(_ fault: Fault) { state.withLock { $0.armed = fault } }

    func setDeadZone(_ isDead: Bool) {
        let flights = state.withLock { state in
            state.isDead = isDead
            return isDead ? Array(state.flights.values) : []
        }
        for flight in flights { flight.cancel() }
    }

    func exchange(_ body: Data, waitSeconds: Int) async -> ExchangeOutcome {
        let link = link
        let flight: (number: Int, task: Task<ExchangeOutcome, Never>)? = state.withLock { state in
            if state.isDead { return nil }
            state.next += 1
            let task = Task { await link.exchange(body, waitSeconds: waitSeconds) }
            state.flights[state.next] = task
            return (state.next, task)
        }
        guard let flight else { return .failed(.offline("no signal here")) }
        let outcome = await withTaskCancellationHandler {
            await flight.task.value
        } onCancel: {
            flight.task.cancel()
        }
        let fault = state.withLock { state -> Fault? in
            state.flights[flight.number] = nil
            guard Self.hasReceipts(outcome), let fault = state.armed else { return nil }
            state.armed = nil
            state.happened += 1
            return fault
        }
        switch fault {
        case nil: return outcome
        case .loseAnswer: return .failed(.timedOut)
        case .holdAnswer:
            try? await Task.sleep(for: .seconds(3_600))
            return .failed(.timedOut)
        }
    }

    /// Whether the hub committed something that this answer tells of.
    private static func hasReceipts(_ outcome: ExchangeOutcome) -> Bool {
        guard case .answered(let data) = outcome, let response = try? SyncResponse(decoding: data)
        else { return false }
        return !response.receipts.isEmpty
    }
}
