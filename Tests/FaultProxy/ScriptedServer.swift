public import Foundation
import Synchronization

/// A raw HTTP server on loopback that answers as its script says, byte for byte.
public final class ScriptedServer: Sendable {
    /// One step of an answer.
    public enum Step: Sendable {
        case send(Data)
        /// One byte at a time.
        case trickle(Data, everyMilliseconds: Int)
        case pause(milliseconds: Int)
        /// Until the client goes away.
        case hold
        case close
        case reset

        /// Sends a text.
        public static func text(_ text: String) -> Step { .send(Data(text.utf8)) }
    }

    /// One request as it came.
    public struct Request: Sendable {
        /// From 0, in the order in which connections came.
        public var connection: Int
        public var head: String
        public var body: Data

        /// A header's value; `name` in lower case.
        public func field(_ name: String) -> String? {
            head.split(separator: "\r\n").lazy
                .map { $0.split(separator: ":", maxSplits: 1) }
                .first { $0.first?.lowercased() == name }?
                .last?.trimmingCharacters(in: .whitespaces)
        }
    }

    /// Everything that clients did.
    public struct Seen: Sendable {
        public var connections = 0
        public var requests: [Request] = []
        /// Every byte that came, of whatever protocol.
        public var raw = Data()
    }

    public let port: Int
    /// Each request as it arrives.
    public let arrivals: AsyncStream<Request>
    /// One element each time a client went away while its answer was held back.
    public let departures: AsyncStream<Void>
    private let log: Log
    private let listener: Socket

    fileprivate final class Log: Sendable {
        let seen = Mutex(Seen())
        let arrival: AsyncStream<Request>.Continuation
        let departure: AsyncStream<Void>.Continuation

        init(
            _ arrival: AsyncStream<Request>.Continuation,
            _ departure: AsyncStream<Void>.Continuation
        ) {
            self.arrival = arrival
            self.departure = departure
        }
    }

    /// Listens until nobody holds it.
    /// - Parameter script: the steps that answer one request; then the connection's next one.
    public init(_ script: @escaping @Sendable (Request) -> [Step]) throws {
        let (arrivals, arrival) = AsyncStream.makeStream(of: Request.self)
        let (departures, departure) = AsyncStream.makeStream(of: Void.self)
        let (log, (listener, port)) = (Log(arrival, departure), try Socket.listening())
        (self.arrivals, self.departures, self.log) = (arrivals, departures, log)
        (self.listener, self.port) = (listener, port)
        Thread {
            while let socket = listener.accepted() {
                let number = log.seen.withLock { seen in
                    defer { seen.connections += 1 }
                    return seen.connections
                }
                Thread { Self.serve(socket, number, log, script) }.start()
            }
        }.start()
    }

    deinit { listener.end() }

    /// What came so far.
    public var seen: Seen { log.seen.withLock { $0 } }

    /// `http://127.0.0.1:port`.
    public var url: URL { address("http://127.0.0.1") }

    /// The server under another name or scheme: `http://localhost`.
    public func address(_ origin: String, path: String = "") -> URL {
        guard let url = URL(string: "\(origin):\(port)\(path)") else {
            preconditionFailure("not a URL: \(origin)")
        }
        return url
    }

    private static func serve(
        _ socket: Socket, _ number: Int, _ log: Log, _ script: (Request) -> [Step]
    ) {
        var buffer = Data()
        while true {
            while case .incomplete = HTTPFraming.extent(of: buffer, isAnswer: false) {
                guard let bytes = socket.read(), !bytes.isEmpty else { return }
                log.seen.withLock { $0.raw.append(bytes) }
                buffer.append(bytes)
            }
            guard case .bytes(let length) = HTTPFraming.extent(of: buffer, isAnswer: false),
                let head = HTTPFraming.headLength(of: buffer)
            else { return }
            let request = Request(
                connection: number, head: String(decoding: buffer.prefix(head), as: UTF8.self),
                body: Data(buffer.prefix(length).dropFirst(head)))
            buffer = Data(buffer.dropFirst(length))
            log.seen.withLock { $0.requests.append(request) }
            log.arrival.yield(request)
            for step in script(request) {
                guard play(step, on: socket, log) else { return }
            }
        }
    }

    /// False when the connection is over.
    private static func play(_ step: Step, on socket: Socket, _ log: Log) -> Bool {
        switch step {
        case .send(let data): return socket.write(data)
        case .trickle(let data, let milliseconds):
            for byte in data {
                guard socket.write(Data([byte])) else { return false }
                usleep(UInt32(milliseconds) * 1000)
            }
            return true
        case .pause(let milliseconds):
            usleep(UInt32(milliseconds) * 1000)
            return true
        case .hold:
            while let bytes = socket.read(), !bytes.isEmpty {}
            log.departure.yield()
            return false
        case .close: return false
        case .reset:
            socket.abortOnClose()
            return false
        }
    }
}
