import Crypto
import Foundation
import LuckyHub
import LuckyModel
import TestSupport
import Testing

@testable import LuckyHubHTTP

@Suite struct TokensTests {
    private let start: Int64 = 1_750_000_000_000

    private func tokens(_ change: (inout HTTPLimits) -> Void = { _ in }) async throws -> Tokens {
        var limits = HTTPLimits()
        change(&limits)
        return await Tokens(secret: try TokenSecret(HubUnderTest.secretBytes), limits: limits)
    }

    @Test func whatCannotBeNamedIsNotIssued() async throws {
        let tokens = try await tokens()
        let end = start + 60_000
        let invalid = Identifier(utf8: [0x61, 0xFF])
        for (person, depot) in [("", "d"), ("p", ""), (invalid, "d"), ("p", invalid)] {
            await #expect(throws: TokenIssueError.badIdentifier) {
                try await tokens.issue(
                    person: person, depot: depot, role: .driver, now: start, expires: end)
            }
        }
        for role in [Role.hub, Role(rawValue: 7)] {
            await #expect(throws: TokenIssueError.badRole) {
                try await tokens.issue(
                    person: "p", depot: "d", role: role, now: start, expires: end)
            }
        }
        await #expect(throws: TokenIssueError.alreadyExpired) {
            try await tokens.issue(
                person: "p", depot: "d", role: .driver, now: start, expires: start)
        }
    }

    @Test func idsSurviveAsBytes() async throws {
        let tokens = try await tokens()
        // The same letter, composed and decomposed: two people.
        for person: Identifier in ["caf\u{E9}", "cafe\u{301}", "司機-一"] {
            let token = try await tokens.issue(
                person: person, depot: "臺東", role: .supervisor, now: start,
                expires: start + 5_000)
            let credential = try await tokens.verify(token, now: start)
            #expect(credential.person.utf8 == person.utf8)
            #expect(credential.depot == "臺東")
            #expect(credential.role == .supervisor)
        }
    }

    @Test func theCacheIsBounded() async throws {
        let tokens = try await tokens { $0.cachedTokens = 3 }
        for number in 0..<10 {
            let token = try await tokens.issue(
                person: Identifier("p\(number)"), depot: "d", role: .driver, now: start,
                expires: start + 60_000)
            _ = try await tokens.verify(token, now: start)
            #expect((1...3).contains(tokens.cachedCount))
        }
    }

    @Test func whatIsRefusedIsNotRemembered() async throws {
        let tokens = try await tokens()
        await #expect(throws: TokenRefusal.invalid) { try await tokens.verify("a.b.c", now: start) }
        #expect(tokens.cachedCount == 0)
    }

    @Test func theCacheForgetsAtItsTimeAndBeforeItsTime() {
        var cache = TokenCache(capacity: 4, milliseconds: 60_000)
        let digest = Self.digest("a")
        cache.insert(
            .init(person: "p", depot: "d", role: .driver), for: digest, expiry: .max, now: 100)
        #expect(cache.credential(for: digest, now: 100) != nil)
        #expect(cache.credential(for: digest, now: 60_099) != nil)
        #expect(cache.credential(for: digest, now: 60_100) == nil)
        #expect(cache.credential(for: digest, now: 99) == nil)
    }

    /// Good ones, expired ones and forged ones in any order, at times that also go back.
    @Test func whatIsRememberedIsJudgedAsWhatIsVerifiedAnew() async throws {
        var random = SeededGenerator.current()
        let remembering = try await tokens {
            $0.cachedTokens = 4
            $0.tokenCacheMilliseconds = 5_000
        }
        let anew = try await tokens { $0.tokenCacheMilliseconds = 0 }
        var issued: [String] = []
        for number in 0..<8 {
            let token = try await anew.issue(
                person: Identifier("p\(number)"), depot: "d", role: .supervisor,
                carriesFor: [Identifier("drv-\(number)")], now: start,
                expires: start + Int64.random(in: 1...20, using: &random) * 1_000)
            issued += number < 6 ? [token] : [token + "A"]
        }
        var told: [Result<Credential, TokenRefusal>: Int] = [:]
        for _ in 0..<400 {
            let token = try #require(issued.randomElement(using: &random))
            let now = start + Int64.random(in: 0...22_000, using: &random)
            let answer = await Self.told(remembering, token, now)
            try #require(await Self.told(anew, token, now) == answer)
            told[answer, default: 0] += 1
        }
        #expect(told[.failure(.expired)] ?? 0 > 0 && told[.failure(.invalid)] ?? 0 > 0)
        #expect(told.count > 4)
    }

    private static func told(
        _ tokens: Tokens, _ token: String, _ now: Int64
    ) async -> Result<Credential, TokenRefusal> {
        do throws(TokenRefusal) {
            return .success(try await tokens.verify(token, now: now))
        } catch { return .failure(error) }
    }

    private static func digest(_ text: String) -> SHA256Digest {
        SHA256.hash(data: Data(text.utf8))
    }
}
