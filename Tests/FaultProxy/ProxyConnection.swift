import Foundation

/// One client's connection and its counterpart to the hub, on a thread of its own.
final class ProxyConnection {
    private static let portal = Canned.text(
        "<html><body>Free WiFi: log in</body></html>", fields: ["Connection: close"])

    private let client: Socket
    private let state: ProxyState
    private var random: SeededRandom
    private var hub: Socket?
    private var fromClient = Data()
    private var fromHub = Data()
    private var aborts = false

    init(_ client: Socket, _ random: SeededRandom, _ state: ProxyState) {
        (self.client, self.random, self.state) = (client, random, state)
    }

    func run() {
        while let request = nextRequest() {
            state.count { $0.requests += 1 }
            let faults = state.faults
            let plan = FaultPlan(faults, &random)
            guard exchange(request, faults, plan) else { break }
        }
        if !aborts { client.end() }
    }

    // MARK: One exchange

    /// False when the connection is over.
    private func exchange(_ request: Data, _ faults: Faults, _ plan: FaultPlan) -> Bool {
        if faults.portal {
            state.count { $0.portals += 1 }
            client.write(Self.portal)
            return false
        }
        guard pause(faults), pass(request, plan), let response = nextResponse() else {
            return false
        }
        guard response.isWhole else {
            state.count { $0.brokenByHub += 1 }
            client.write(response.bytes)
            return false
        }
        if state.takeSwallow() || plan.swallows { return reset { $0.swallowed += 1 } }
        return pause(faults) && pass(response.bytes, back: faults, plan)
            && response.leavesOpen
    }

    private func pause(_ faults: Faults) -> Bool {
        guard faults.delayMilliseconds > 0 else { return true }
        state.count { $0.delayed += 1 }
        return state.sleep(milliseconds: faults.delayMilliseconds)
    }

    private func pass(_ request: Data, _ plan: FaultPlan) -> Bool {
        if plan.drop == .beforeRequest { return reset { $0.dropped += 1 } }
        guard let hub = connectedHub() else { return reset { $0.unreachable += 1 } }
        if plan.drop == .midRequest {
            hub.write(request.prefix(request.count / 2))
            return reset { $0.dropped += 1 }
        }
        var bytes = request
        if plan.flipsRequest, flip(&bytes, plan) { state.count { $0.flippedRequests += 1 } }
        if plan.duplicates, let second = try? Socket.connected(to: state.upstreamPort),
            second.write(bytes)
        {
            state.count { $0.duplicated += 1 }
            drain(second)
        }
        return hub.write(bytes) || reset { $0.unreachable += 1 }
    }

    private func pass(_ response: Data, back faults: Faults, _ plan: FaultPlan) -> Bool {
        var bytes = response
        if plan.drop == .midResponse {
            client.write(bytes.prefix(plan.offset(in: bytes.count)))
            return reset { $0.dropped += 1 }
        }
        let limit = faults.cutResponseAfterBytes
        if plan.cuts || (limit > 0 && limit < bytes.count) {
            let place = plan.cuts ? plan.offset(in: bytes.count) : limit
            state.count { $0.cut += 1 }
            client.write(bytes.prefix(place))
            return false
        }
        if plan.halfCloses {
            state.count { $0.halfClosed += 1 }
            client.write(bytes.prefix(plan.offset(in: bytes.count)))
            client.finishWriting()
            while let more = client.read(), !more.isEmpty {}
            return false
        }
        if plan.flipsResponse, flip(&bytes, plan) { state.count { $0.flippedResponses += 1 } }
        state.count { $0.responses += 1 }
        return faults.trickleMilliseconds > 0 ? trickle(bytes, faults) : client.write(bytes)
    }

    private func trickle(_ bytes: Data, _ faults: Faults) -> Bool {
        state.count { $0.trickled += 1 }
        return bytes.allSatisfy {
            client.write(Data([$0])) && state.sleep(milliseconds: faults.trickleMilliseconds)
        }
    }

    /// Flips one bit behind the head; false when there is nothing.
    private func flip(_ bytes: inout Data, _ plan: FaultPlan) -> Bool {
        let head = HTTPFraming.headLength(of: bytes) ?? bytes.count
        guard head < bytes.count else { return false }
        bytes[bytes.startIndex + head + plan.offset(in: bytes.count - head)] ^= plan.bit
        return true
    }

    /// Ends the client's connection by an abort; always false.
    private func reset(_ edit: (inout FaultCounts) -> Void) -> Bool {
        client.abortOnClose()
        aborts = true
        state.count(edit)
        return false
    }

    // MARK: Reading

    /// The next whole request; nil when either side is gone.
    private func nextRequest() -> Data? {
        while true {
            if case .bytes(let count) = HTTPFraming.extent(of: fromClient, isAnswer: false) {
                defer { fromClient = Data(fromClient.dropFirst(count)) }
                return Data(fromClient.prefix(count))
            }
            let ready = waitForBytes()
            if ready.hub { return nil }  // a hub that ends, or speaks unasked
            guard ready.client, fill(from: client, &fromClient) else { return nil }
        }
    }

    /// The next final response; nil when the client is gone.
    private func nextResponse() -> (bytes: Data, isWhole: Bool, leavesOpen: Bool)? {
        guard let hub else { return nil }
        while true {
            switch HTTPFraming.extent(of: fromHub, isAnswer: true) {
            case .bytes(let count):
                let bytes = Data(fromHub.prefix(count))
                fromHub = Data(fromHub.dropFirst(count))
                guard let status = HTTPFraming.status(of: bytes), status < 200 else {
                    return (bytes, true, true)
                }
                guard client.write(bytes) else { return nil }
                continue
            case .incomplete, .untilClose: break
            }
            let ready = waitForBytes()
            if ready.hub {
                if fill(from: hub, &fromHub) { continue }
                let isWhole = HTTPFraming.extent(of: fromHub, isAnswer: true) == .untilClose
                return (fromHub, isWhole, false)
            }
            guard ready.client, fill(from: client, &fromClient) else { return nil }
        }
    }

    /// Appends what came; false at the end of the stream.
    private func fill(from socket: Socket, _ buffer: inout Data) -> Bool {
        guard let bytes = socket.read(), !bytes.isEmpty else { return false }
        buffer.append(bytes)
        return true
    }

    /// Waits for the client, and for the hub where there is one.
    private func waitForBytes() -> (client: Bool, hub: Bool) {
        var waits = [pollfd(fd: client.descriptor, events: Int16(POLLIN), revents: 0)]
        if let hub { waits.append(pollfd(fd: hub.descriptor, events: Int16(POLLIN), revents: 0)) }
        while poll(&waits, nfds_t(waits.count), -1) < 0, errno == EINTR {}
        return (waits[0].revents != 0, waits.count > 1 && waits[1].revents != 0)
    }

    private func connectedHub() -> Socket? {
        if hub == nil { hub = try? Socket.connected(to: state.upstreamPort) }
        return hub
    }

    /// Reads and drops a response whose request must reach the hub whole.
    private func drain(_ socket: Socket) {
        Thread {
            var bytes = Data()
            while case .incomplete = HTTPFraming.extent(of: bytes, isAnswer: true) {
                guard let more = socket.read(), !more.isEmpty else { return }
                bytes.append(more)
            }
        }.start()
    }
}
