internal import Foundation
internal import Hummingbird
internal import Logging
internal import LuckyHub
internal import LuckyModel
internal import NIOCore

/// Every HTTP endpoint of the hub: who asks, what they ask, and which call of the ``HubDoor``
/// answers. One request in, one answer out; nothing about deliveries is decided here.
struct Endpoints: HTTPResponder {
    let door: any HubDoor
    let tokens: Tokens
    let limits: HTTPLimits
    let pool: WorkPool
    let doorbell: Doorbell
    /// Unix milliseconds.
    let now: @Sendable () -> Int64

    func respond(to request: Request, context: HubContext) async throws -> Response {
        let start = ContinuousClock.now
        var reader = RequestReader(request, limits: limits)
        let endpoint = Endpoint(path: request.uri.path)
        let answer: Answer
        do {
            answer = try await self.answer(endpoint, &reader, on: context.channel)
        } catch {
            answer = Answer(error, limits: limits)
        }
        log(answer, endpoint, reader, ContinuousClock.now - start, context.logger)
        return answer.response(on: context.channel, isLast: !reader.isAtEnd, limits: limits)
    }

    private func answer(
        _ endpoint: Endpoint, _ reader: inout RequestReader, on channel: any Channel
    ) async throws(HTTPRefusal) -> Answer {
        let method = reader.request.method
        switch endpoint {
        case .sync:
            guard method == .post else { throw .wrongMethod(allowed: "POST") }
            return try await sync(&reader, on: channel)
        case .office(let verb):
            guard method == .post else { throw .wrongMethod(allowed: "POST") }
            return try await office(verb, &reader)
        case .live, .ready:
            guard method == .get else { throw .wrongMethod(allowed: "GET") }
            return try await endpoint == .live ? live() : ready()
        case .unknown:
            throw .unknownEndpoint
        }
    }

    /// Who sends this request, by their bearer token.
    func credential(of request: Request) async throws(HTTPRefusal) -> Credential {
        guard let field = request.headers[.authorization] else {
            throw HTTPRefusal(401, "token_missing", "A bearer token is needed.")
        }
        let words = field.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count == 2, words[0].lowercased() == "bearer" else {
            throw HTTPRefusal(401, "token_invalid", "The token is not a bearer token.")
        }
        do {
            return try await tokens.verify(String(words[1]), now: now())
        } catch .expired {
            throw HTTPRefusal(401, "token_expired", "The token has expired; ask for a new one.")
        } catch {
            throw HTTPRefusal(401, "token_invalid", "The token is not one of this hub's.")
        }
    }

    /// The answer, compressed when its reader takes gzip and it pays.
    func packed(_ answer: Answer, for request: Request) async throws(HTTPRefusal) -> Answer {
        guard answer.body.count >= limits.gzipMinimumBytes,
            MediaType.acceptsGzip(request.headers[.acceptEncoding])
        else { return answer }
        let minimum = limits.gzipMinimumBytes
        return try await pool.run {
            var packed = answer
            packed.compress(from: minimum)
            return packed
        }
    }

    /// Names of endpoints, sizes and codes only: no path as sent, no token, no body.
    private func log(
        _ answer: Answer, _ endpoint: Endpoint, _ reader: RequestReader, _ duration: Duration,
        _ logger: Logger
    ) {
        let isHealth = endpoint == .live || endpoint == .ready
        logger.log(
            level: isHealth && answer.status == 200 ? .debug : .info, "answered",
            metadata: [
                "endpoint": "\(endpoint.name)", "status": "\(answer.status)",
                "code": "\(answer.code ?? "ok")", "bytes_in": "\(reader.bytesRead)",
                "bytes_out": "\(answer.body.count)",
                "ms": "\(Int64(duration / .milliseconds(1)))",
            ])
    }
}

/// The endpoints there are.
enum Endpoint: Hashable {
    case sync
    case office(verb: String)
    case live
    case ready
    case unknown

    static let maximumVerbBytes = 64

    init(path: String) {
        switch path {
        case "/v1/sync": self = .sync
        case "/v1/health/live": self = .live
        case "/v1/health/ready": self = .ready
        default:
            let prefix = "/v1/office/"
            let verb = Array(path.utf8.dropFirst(prefix.utf8.count))
            let isVerb =
                path.hasPrefix(prefix) && (1...Self.maximumVerbBytes).contains(verb.count)
                && verb.allSatisfy { (0x61...0x7A).contains($0) || $0 == 0x2D }
            self = isVerb ? .office(verb: String(decoding: verb, as: UTF8.self)) : .unknown
        }
    }

    /// For the log.
    var name: String {
        switch self {
        case .sync: "sync"
        case .office(let verb): "office/\(verb)"
        case .live: "live"
        case .ready: "ready"
        case .unknown: "unknown"
        }
    }
}
