internal import Foundation
internal import Hummingbird
internal import HummingbirdCore
public import Logging
public import LuckyHub
public import LuckyModel
internal import NIOCore
internal import NIOPosix
internal import ServiceLifecycle
internal import UnixSignals

/// A hub behind HTTP/1.1. TLS is terminated in front of it.
///
/// - `POST /v1/sync?wait_s=N`: a row of frames (`application/x-lucky-frames`) in and out. With
///   N from 1 to 240, an answer without news waits for some that long.
/// - `POST /v1/office/{verb}`: JSON in and out; tokens of role `office` or `supervisor` only.
/// - `GET /v1/health/live`: 200 while the process answers.
/// - `GET /v1/health/ready`: 200 while the database can be read and written, else 503.
///
/// Both POST endpoints need `Authorization: Bearer TOKEN` and take `Content-Encoding: gzip`; any
/// answer is gzip for a client that accepts it, when that makes it smaller.
///
/// Errors are JSON `{"code","message"}`. 401 `token_missing`, `token_invalid`, `token_expired`;
/// 403 `role_not_allowed`; 404 `unknown_endpoint`; 405 `method_not_allowed`; 408 `body_too_slow`;
/// 413 `body_too_large`; 415 `media_type_not_supported`, `content_encoding_not_supported`; 400
/// `body_truncated`, `body_not_gzip`, `bad_wait_s`; 503 `busy`, `not_ready`, with `Retry-After`;
/// and whatever a ``HubRefusal`` says. Tokens, bodies and paths as sent are never logged.
public struct HubServer: Sendable {
    private let door: any HubDoor
    private let tokens: Tokens
    private let limits: HTTPLimits
    private let host: String
    private let port: Int
    private let logger: Logger
    private let now: @Sendable () -> Int64
    private let onReady: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - host: the address to listen on.
    ///   - port: 0 lets the system choose one.
    ///   - logger: by default one that writes to standard error from `info` on.
    ///   - now: Unix milliseconds; by default the wall clock.
    ///   - onReady: called once, with the bound port, when requests are taken.
    public init(
        door: any HubDoor, tokens: Tokens, limits: HTTPLimits = HTTPLimits(),
        host: String = "127.0.0.1", port: Int = 0, logger: Logger? = nil,
        now: (@Sendable () -> Int64)? = nil,
        onReady: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.door = door
        self.tokens = tokens
        self.limits = limits
        self.host = host
        self.port = port
        self.logger =
            logger ?? Logger(label: "lucky-hub") { StreamLogHandler.standardError(label: $0) }
        self.now = now ?? { Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)) }
        self.onReady = onReady
    }

    /// Serves until SIGTERM or SIGINT, then answers those who wait, finishes what is under way
    /// within the drain limit, and returns.
    /// - Throws: when the address cannot be bound.
    public func run() async throws {
        try await group(signals: [.sigterm, .sigint]).run()
    }

    /// Takes an address and gives it back: to know, before a hub's file is made, whether ``run()``
    /// could have it.
    /// - Throws: what ``run()`` would.
    public static func tryAddress(host: String, port: Int) async throws {
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(ChannelOptions.socketOption(.so_reuseaddr), value: 1)
            .bind(host: host, port: port).get()
        try await channel.close().get()
    }

    /// As ``run()``, for a caller that shuts the group down itself.
    func group(signals: [UnixSignal] = []) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: [
                .init(
                    service: HubService(server: self),
                    successTerminationBehavior: .gracefullyShutdownGroup)
            ],
            gracefulShutdownSignals: signals, logger: logger)
        configuration.maximumGracefulShutdownDuration = .milliseconds(limits.drainMilliseconds)
        return ServiceGroup(configuration: configuration)
    }

    fileprivate func serve() async throws {
        let pool = WorkPool(limits: limits)
        pool.start()
        let doorbell = Doorbell(limits: limits) { [door] depot in
            do {
                return try await pool.run { door.sequence(of: depot) }
            } catch {
                return nil
            }
        }
        let application = application(pool: pool, doorbell: doorbell)
        let result: Result<Void, any Error>
        do {
            // Waiters must go first: the server itself waits for the requests under way.
            try await withGracefulShutdownHandler {
                try await application.run()
            } onGracefulShutdown: {
                Task { await doorbell.close() }
            }
            result = .success(())
        } catch {
            result = .failure(error)
        }
        await doorbell.close()
        await pool.shutDown()
        try result.get()
    }

    private func application(pool: WorkPool, doorbell: Doorbell) -> Application<Endpoints> {
        var channel = HTTP1Channel.Configuration(
            additionalChannelHandlers: [ConnectionHandler(limits: limits)],
            idleTimeout: .milliseconds(Int64(limits.idleMilliseconds)))
        channel.httpDecoder.maxHeaderFieldSize = limits.headerBytes
        channel.httpDecoder.maxHeaderListSize = limits.headerBytes
        channel.httpDecoder.maxHeaderFieldCount = limits.headerFields
        return Application(
            responder: Endpoints(
                door: door, tokens: tokens, limits: limits, pool: pool, doorbell: doorbell,
                now: now),
            server: .http1(configuration: channel),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port), backlog: 1024,
                availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
            onServerRunning: { [onReady, port] in
                await onReady($0.localAddress?.port ?? port)
            },
            logger: logger)
    }
}

/// The server as one service of a group.
private struct HubService: Service {
    let server: HubServer

    func run() async throws { try await server.serve() }
}
