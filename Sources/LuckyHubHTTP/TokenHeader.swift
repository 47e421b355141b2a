internal import Foundation

/// What a token says of itself before anything of it is believed. jwt-kit's own `JWTHeader` is
/// kept away from it: a number in it such as 1e300 traps there.
struct TokenHeader: Decodable {
    private let algorithm: String
    private let hasCriticalExtensions: Bool

    private enum CodingKeys: String, CodingKey {
        case algorithm = "alg"
        case critical = "crit"
    }

    /// Nil when there is no readable header with an algorithm.
    init?(of token: String) {
        let parts = token.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 3, let json = Self.bytes(fromBase64URL: Array(parts[0])) else {
            return nil
        }
        do {
            self = try JSONDecoder().decode(TokenHeader.self, from: json)
        } catch {
            return nil
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        algorithm = try container.decode(String.self, forKey: .algorithm)
        hasCriticalExtensions = container.contains(.critical)
    }

    /// Whether it names this algorithm and asks for nothing that the hub does not know.
    func isPlain(_ algorithm: String) -> Bool {
        self.algorithm == algorithm && !hasCriticalExtensions
    }

    private static func bytes(fromBase64URL text: [UInt8]) -> Data? {
        var base64 = text.map { byte in
            switch byte {
            case UInt8(ascii: "-"): UInt8(ascii: "+")
            case UInt8(ascii: "_"): UInt8(ascii: "/")
            default: byte
            }
        }
        while base64.count % 4 != 0 { base64.append(UInt8(ascii: "=")) }
        return Data(base64Encoded: Data(base64))
    }
}
