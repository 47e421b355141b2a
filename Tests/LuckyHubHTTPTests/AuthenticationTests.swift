import Foundation
import LuckyHub
import LuckyModel
import Testing

@testable import LuckyHubHTTP

@Suite(.timeLimit(.minutes(2))) struct AuthenticationTests {
    @Test func aGoodTokenBindsPersonDepotAndRole() async throws {
        try await HubUnderTest.run(now: { 1_750_000_000_123 }) { hub in
            let token = try await hub.tokens.issue(
                person: "drv-0417", depot: "taitung", role: .driver, now: 1_750_000_000_000,
                expires: 1_750_000_900_000)
            let reply = try await hub.sync("hello", token: token)
            #expect(reply.status == 200)
            #expect(reply.text == "received 5")
            #expect(reply.headers["content-type"] == "application/x-lucky-frames")
            #expect(
                hub.door.seen.credentials == [
                    Credential(person: "drv-0417", depot: "taitung", role: .driver)
                ])
            #expect(hub.door.seen.times == [1_750_000_000_123])
        }
    }

    @Test func aTokenMadeByHandWithTheSecretIsTaken() async throws {
        // Otherwise the forgeries below might be refused for the way they are made.
        try await HubUnderTest.run { hub in
            let reply = try await hub.sync("hello", token: try forgedToken(claims: goodClaims()))
            #expect(reply.status == 200)
        }
    }

    @Test func unknownHeaderFieldsAreIgnored() async throws {
        try await HubUnderTest.run { hub in
            let token = try forgedToken(
                header: #"{"alg":"HS256","kid":"k1","x":1e300}"#, claims: goodClaims())
            #expect(try await hub.sync("hello", token: token).status == 200)
        }
    }

    @Test func noTokenIsRefused() async throws {
        try await HubUnderTest.run { hub in
            let reply = try await hub.ask("POST /v1/sync", body: Data("x".utf8))
            #expect(reply.status == 401)
            #expect(reply.code == "token_missing")
            #expect(reply.headers["www-authenticate"] == "Bearer")
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }

    @Test func forgeriesAreRefused() async throws {
        try await HubUnderTest.run { hub in
            for (name, token) in try forgeries() {
                let reply = try await hub.sync("hello", token: token)
                #expect(reply.status == 401, "\(name)")
                #expect(reply.code == "token_invalid", "\(name)")
            }
            #expect(hub.door.seen.bodies.isEmpty)
        }
    }

    private func forgeries() throws -> [(String, String)] {
        func spoiled(_ claim: String, _ value: (any Sendable)?) throws -> String {
            var claims = goodClaims()
            claims[claim] = value
            return try forgedToken(claims: claims)
        }
        let good = try forgedToken(claims: goodClaims())
        let none = #"{"alg":"none","typ":"JWT"}"#
        return [
            ("other secret", try forgedToken(claims: goodClaims(), secret: Array("x".utf8))),
            ("changed signature", String(good.dropLast(2)) + (good.hasSuffix("AA") ? "BB" : "AA")),
            ("no signature", try forgedToken(claims: goodClaims(), secret: nil)),
            ("alg none", try forgedToken(header: none, claims: goodClaims(), secret: nil)),
            ("alg none, signed", try forgedToken(header: none, claims: goodClaims())),
            (
                "alg HS512",
                try forgedToken(
                    header: #"{"alg":"HS512","typ":"JWT"}"#, claims: goodClaims(), sha512: true)
            ),
            ("no alg", try forgedToken(header: #"{"typ":"JWT"}"#, claims: goodClaims())),
            (
                "critical extension",
                try forgedToken(header: #"{"alg":"HS256","crit":["x"]}"#, claims: goodClaims())
            ),
            // jwt-kit's own header type traps on this number.
            (
                "huge number",
                try forgedToken(header: #"{"alg":1e300,"x":1e300}"#, claims: goodClaims())
            ),
            (
                "huge number, alg none",
                try forgedToken(header: #"{"alg":"none","x":1e300}"#, claims: goodClaims())
            ),
            ("other audience", try spoiled("aud", "lucky-office")),
            ("audience list", try spoiled("aud", [String]())),
            ("no audience", try spoiled("aud", nil)),
            ("other issuer", try spoiled("iss", "lucky-phone")),
            ("hub's role", try spoiled("role", "hub")),
            ("unknown role", try spoiled("role", "king")),
            ("no person", try spoiled("sub", "")),
            ("no depot", try spoiled("depot", nil)),
            ("no expiry", try spoiled("exp", nil)),
            ("expiry beyond time", try spoiled("exp", Int.max)),
            ("too long", good + String(repeating: "A", count: 5000)),
            ("not a token", "a.b.c"),
            ("two parts", "a.b"),
        ]
    }

    @Test func anExpiredTokenSaysSo() async throws {
        let clock = Clock(1_750_000_000_000)
        try await HubUnderTest.run(now: { clock.now }) { hub in
            let token = try await hub.tokens.issue(
                person: "drv-0417", depot: "taitung", role: .driver, now: clock.now,
                expires: clock.now + 30_000)
            #expect(try await hub.sync("a", token: token).status == 200)
            clock.advance(by: 29_999)
            #expect(try await hub.sync("b", token: token).status == 200)
            clock.advance(by: 1)
            let reply = try await hub.sync("c", token: token)
            #expect(reply.status == 401)
            #expect(reply.code == "token_expired")
            #expect(hub.door.seen.bodies.count == 2)
        }
    }

    @Test func anExpiredForgeryIsInvalidNotExpired() async throws {
        try await HubUnderTest.run { hub in
            var claims = goodClaims()
            claims["exp"] = 1_000_000_000
            let token = try forgedToken(claims: claims, secret: Array("other".utf8))
            #expect(try await hub.sync("c", token: token).code == "token_invalid")
        }
    }

    @Test func otherAuthorizationSchemesAreRefused() async throws {
        try await HubUnderTest.run { hub in
            let reply = try await hub.ask(
                "POST /v1/sync", headers: ["Authorization": "Basic eDp5"], body: Data("x".utf8))
            #expect(reply.code == "token_invalid")
        }
    }
}
