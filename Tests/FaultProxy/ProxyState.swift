import Foundation

/// What the threads of one proxy share.
final class ProxyState: Sendable {
    fileprivate struct Values {
        var faults: Faults
        var upstreamPort: Int
        var counts = FaultCounts()
        var clients: [Int: Socket] = [:]
        var waiters: [CountWaiter] = []
        var isStopped = false
    }

    /// Guards `values`; signalled when somebody who sleeps should look again.
    private let condition = NSCondition()
    private nonisolated(unsafe) var values: Values

    init(upstreamPort: Int, faults: Faults) {
        values = Values(faults: faults, upstreamPort: upstreamPort)
    }

    private func locked<Result>(_ body: (inout Values) -> Result) -> Result {
        condition.lock()
        defer { condition.unlock() }
        return body(&values)
    }

    var faults: Faults { locked { $0.faults } }
    var counts: FaultCounts { locked { $0.counts } }
    var upstreamPort: Int { locked { $0.upstreamPort } }

    // MARK: From outside

    func change(_ edit: (inout Faults) -> Void) {
        locked { values in
            edit(&values.faults)
            guard values.faults.deadZone else { return }
            for client in values.clients.values { client.end() }
            condition.broadcast()
        }
    }

    func point(to port: Int) { locked { $0.upstreamPort = port } }

    func stop() {
        locked { values in
            values.isStopped = true
            for client in values.clients.values { client.end() }
            for waiter in values.waiters { waiter.end(false) }
            values.waiters = []
            condition.broadcast()
        }
    }

    func add(_ waiter: CountWaiter) {
        locked { values in
            if values.isStopped || waiter.condition(values.counts) {
                waiter.end(waiter.condition(values.counts))
            } else {
                values.waiters.append(waiter)
            }
        }
    }

    // MARK: From connections

    /// The number of a new connection, from 0; nil when there is no network.
    func admit(_ client: Socket) -> Int? {
        locked { values in
            guard !values.isStopped, !values.faults.deadZone else {
                values.note { $0.refused += 1 }
                return nil
            }
            let number = values.counts.connections
            values.clients[number] = client
            values.note { $0.connections += 1 }
            return number
        }
    }

    func dismiss(_ number: Int) { locked { values in values.clients[number] = nil } }

    func count(_ edit: (inout FaultCounts) -> Void) { locked { $0.note(edit) } }

    /// Whether the next response is one of those to swallow by number.
    func takeSwallow() -> Bool {
        locked { values in
            guard values.faults.swallowResponses > 0 else { return false }
            values.faults.swallowResponses -= 1
            return true
        }
    }

    /// Sleeps; false when the proxy stopped or lost its network meanwhile.
    func sleep(milliseconds: Int) -> Bool {
        let end = Date(timeIntervalSinceNow: Double(milliseconds) / 1000)
        condition.lock()
        defer { condition.unlock() }
        while !values.isStopped, !values.faults.deadZone {
            guard condition.wait(until: end) else {
                return !values.isStopped && !values.faults.deadZone
            }
        }
        return false
    }
}

extension ProxyState.Values {
    fileprivate mutating func note(_ edit: (inout FaultCounts) -> Void) {
        edit(&counts)
        let now = counts
        waiters.removeAll { waiter in
            guard waiter.condition(now) else { return false }
            waiter.end(true)
            return true
        }
    }
}
