import Crypto
import Foundation
import Logging
import LuckyModel
import ServiceLifecycle

@testable import LuckyHubHTTP

/// A hub on a loopback port, for the length of one test.
struct HubUnderTest: Sendable {
    static let secretBytes = Array("0123456789abcdef0123456789abcdef".utf8)

    let door: FakeDoor
    let tokens: Tokens
    let port: Int
    let group: ServiceGroup

    /// Starts a hub, runs the test, shuts it down gracefully and waits for its end.
    static func run(
        limits: HTTPLimits = HTTPLimits(), logger: Logger? = nil,
        now: (@Sendable () -> Int64)? = nil,
        _ test: (HubUnderTest) async throws -> Void
    ) async throws {
        let door = FakeDoor()
        let tokens = await Tokens(secret: try TokenSecret(secretBytes), limits: limits)
        let (ports, ready) = AsyncStream<Int>.makeStream()
        let server = HubServer(
            door: door, tokens: tokens, limits: limits,
            logger: logger ?? Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, now: now,
            onReady: { ready.yield($0) })
        let group = server.group()
        let running = Task {
            defer { ready.finish() }
            try await group.run()
        }
        for await port in ports {
            do {
                try await test(
                    HubUnderTest(door: door, tokens: tokens, port: port, group: group))
            } catch {
                await group.triggerGracefulShutdown()
                try await running.value
                throw error
            }
            await group.triggerGracefulShutdown()
        }
        try await running.value
    }

    static func wallClock() -> Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// A token good for an hour.
    func token(
        _ role: Role = .driver, person: Identifier = "drv-0417", depot: Identifier = "taitung"
    ) async throws -> String {
        let now = Self.wallClock()
        return try await tokens.issue(
            person: person, depot: depot, role: role, now: now, expires: now + 3_600_000)
    }

    func client() throws -> RawClient { try RawClient(port: port) }

    /// One request on a connection of its own.
    func ask(
        _ line: String, token: String? = nil, headers: [String: String] = [:], body: Data? = nil
    ) async throws -> RawClient.Reply {
        let client = try client()
        defer { client.disconnect() }
        await client.send(request(line, token: token, headers: headers, body: body))
        return try await client.reply()
    }

    /// One sync request.
    func sync(
        _ body: String, waiting seconds: Int? = nil, token: String
    ) async throws -> RawClient.Reply {
        try await ask(
            "POST " + Self.syncPath(waiting: seconds), token: token,
            headers: ["Content-Type": "application/x-lucky-frames"], body: Data(body.utf8))
    }

    static func syncPath(waiting seconds: Int?) -> String {
        "/v1/sync" + (seconds.map { "?wait_s=\($0)" } ?? "")
    }

    func request(
        _ line: String, token: String? = nil, headers: [String: String] = [:], body: Data? = nil
    ) -> Data {
        var lines = ["\(line) HTTP/1.1", "Host: 127.0.0.1"]
        if let token { lines.append("Authorization: Bearer \(token)") }
        if let body { lines.append("Content-Length: \(body.count)") }
        for name in headers.keys.sorted() { lines.append("\(name): \(headers[name] ?? "")") }
        return Data((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + (body ?? Data())
    }

    func syncRequest(_ body: String, waiting seconds: Int? = nil, token: String) -> Data {
        request(
            "POST " + Self.syncPath(waiting: seconds), token: token,
            headers: ["Content-Type": "application/x-lucky-frames"], body: Data(body.utf8))
    }

    /// Returns once the hub's door has been asked this often: then a waiting request waits.
    func doorAsked(times count: Int) async throws {
        while door.seen.bodies.count < count { try await Task.sleep(for: .milliseconds(5)) }
    }
}

/// A JWT made by hand, as somebody who wants in would.
func forgedToken(
    header: String = #"{"alg":"HS256","typ":"JWT"}"#, claims: [String: any Sendable],
    secret: [UInt8]? = HubUnderTest.secretBytes, sha512: Bool = false
) throws -> String {
    func base64URL(_ data: Data) -> String {
        data.base64EncodedString().replacingOccurrences(of: "+", with: "-")
            .replacingOccurrences(of: "/", with: "_").replacingOccurrences(of: "=", with: "")
    }
    let payload = try JSONSerialization.data(withJSONObject: claims, options: .sortedKeys)
    let signed = base64URL(Data(header.utf8)) + "." + base64URL(payload)
    guard let secret else { return signed + "." }
    let key = SymmetricKey(data: secret)
    let code =
        sha512
        ? Data(HMAC<SHA512>.authenticationCode(for: Data(signed.utf8), using: key))
        : Data(HMAC<SHA256>.authenticationCode(for: Data(signed.utf8), using: key))
    return signed + "." + base64URL(code)
}

/// The claims of a good token, to be spoiled one at a time.
func goodClaims(now: Int64 = HubUnderTest.wallClock()) -> [String: any Sendable] {
    [
        "sub": "drv-0417", "depot": "taitung", "role": "driver", "iat": Int(now / 1000),
        "exp": Int(now / 1000) + 3600, "iss": "lucky-hub", "aud": "lucky-sync",
    ]
}
