internal import Crypto
internal import Foundation
internal import JWTKit
public import LuckyHub
public import LuckyModel
internal import Synchronization

/// Why a token does not open the door.
public enum TokenRefusal: Error, Hashable, Sendable {
    /// Forged, malformed, of another algorithm, issuer or audience, or without a known role.
    case invalid
    /// Signed by this hub's secret, but its time is over: a new one helps.
    case expired
}

/// Why a token was not issued.
public enum TokenIssueError: Error, Hashable, Sendable {
    /// An empty id, or one that is not UTF-8: JSON cannot carry it.
    case badIdentifier
    /// Tokens are for drivers, supervisors and the office only.
    case badRole
    /// It would be expired at once.
    case alreadyExpired
    /// Signing itself failed.
    case failed
}

/// Issues and verifies the hub's bearer tokens: JWT, HS256 and nothing else.
///
/// Claims: `sub` (person), `depot`, `role`, `iat` and `exp` in Unix seconds, `iss` "lucky-hub",
/// `aud` "lucky-sync"; a supervisor's may name in `for` whose changesets they carry. Times here are Unix milliseconds, as everywhere.
public final class Tokens: Sendable {
    static let issuer = "lucky-hub"
    static let audience = "lucky-sync"
    static let algorithm = "HS256"

    private let keys: JWTKeyCollection
    private let limits: HTTPLimits
    private let cache: Mutex<TokenCache>

    /// One secret both signs and verifies: a new one ends every token of the old.
    public init(secret: TokenSecret, limits: HTTPLimits = HTTPLimits()) async {
        keys = await JWTKeyCollection().add(
            hmac: HMACKey(from: secret.bytes), digestAlgorithm: .sha256)
        self.limits = limits
        cache = Mutex(
            TokenCache(
                capacity: limits.cachedTokens, milliseconds: limits.tokenCacheMilliseconds))
    }

    /// A signed token.
    /// - Parameter now: becomes `iat`; - Parameter expires: becomes `exp`; both cut to seconds.
    public func issue(
        person: Identifier, depot: Identifier, role: Role, carriesFor: Set<Identifier> = [],
        now: Int64, expires: Int64
    ) async throws(TokenIssueError) -> String {
        for id in [person, depot] + carriesFor.sorted() where id.isEmpty || Identifier(id.text) != id {
            throw .badIdentifier
        }
        guard Role(name: role.name) == role, carriesFor.isEmpty || role == .supervisor else {
            throw .badRole
        }
        let claims = Claims(
            sub: person.text, depot: depot.text, role: role.name, iat: now / 1000,
            exp: expires / 1000, iss: Self.issuer, aud: Self.audience,
            for: carriesFor.isEmpty ? nil : carriesFor.sorted().map(\.text))
        guard claims.isAlive(at: now) else { throw .alreadyExpired }
        do {
            return try await keys.sign(claims)
        } catch {
            throw .failed
        }
    }

    /// Who the bearer is.
    /// - Parameter now: Unix milliseconds.
    public func verify(_ token: String, now: Int64) async throws(TokenRefusal) -> Credential {
        guard token.utf8.count <= limits.tokenBytes else { throw .invalid }
        let digest = SHA256.hash(data: Data(token.utf8))
        if let known = cache.withLock({ $0.credential(for: digest, now: now) }) { return known }
        let claims = try await verified(token)
        guard claims.isAlive(at: now) else { throw .expired }
        guard let credential = claims.credential, let end = claims.expiry else {
            throw .invalid
        }
        cache.withLock { $0.insert(credential, for: digest, expiry: end, now: now) }
        return credential
    }

    /// How many verified tokens are remembered, for tests.
    package var cachedCount: Int { cache.withLock { $0.count } }

    /// The claims of a token that this secret signed with this algorithm, for this audience.
    private func verified(_ token: String) async throws(TokenRefusal) -> Claims {
        let claims: Claims
        do {
            // jwt-kit checks with the key it has, whatever the header says: pin it here.
            guard TokenHeader(of: token)?.isPlain(Self.algorithm) == true else {
                throw TokenRefusal.invalid
            }
            claims = try await keys.verify(token, as: Claims.self)
        } catch {
            throw .invalid
        }
        guard claims.iss == Self.issuer, claims.aud == Self.audience else { throw .invalid }
        return claims
    }
}

private struct Claims: JWTPayload {
    var sub: String
    var depot: String
    var role: String
    var iat: Int64
    var exp: Int64
    var iss: String
    var aud: String
    /// Whose changesets a supervisor carries.
    var `for`: [String]?

    /// Times and names are judged by ``Tokens``, against a time that it is given.
    func verify(using algorithm: some JWTAlgorithm) async throws {}

    /// Unix milliseconds; nil when out of range.
    var expiry: Int64? {
        let (milliseconds, overflow) = exp.multipliedReportingOverflow(by: 1000)
        return overflow ? nil : milliseconds
    }

    func isAlive(at now: Int64) -> Bool {
        guard let expiry else { return exp > 0 }
        return now < expiry
    }

    var credential: Credential? {
        guard let role = Role(name: role), !sub.isEmpty, !depot.isEmpty else { return nil }
        return Credential(
            person: Identifier(sub), depot: Identifier(depot), role: role,
            carriesFor: role == .supervisor ? Set((`for` ?? []).map { Identifier($0) }) : [])
    }
}
