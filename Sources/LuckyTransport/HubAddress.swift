public import Foundation
public import LuckySync

/// Where a hub is: the part of a URL that is the same for every request.
///
/// Only an address that two URL parsers cannot read in two ways is taken, since the token goes
/// there: no user name, query or fragment, no escapes in the host.
public struct HubAddress: Sendable, Hashable {
    /// `https://host:port/base`, without a slash at its end.
    let prefix: String

    /// - Throws: ``ExchangeFailure/insecure`` for another scheme than https, except http to this
    ///   machine (`localhost`, `127.x.y.z`, `[::1]`); ``ExchangeFailure/notAHub(_:)`` for what is
    ///   not a plain address.
    public init(_ url: URL) throws(ExchangeFailure) {
        guard let parts = URLComponents(url: url, resolvingAgainstBaseURL: true),
            let host = parts.encodedHost?.lowercased(), Self.isHost(host)
        else { throw .notAHub("not an address of a hub") }
        let scheme = parts.scheme?.lowercased() ?? ""
        guard scheme == "https" || (scheme == "http" && Self.isLoopback(host)) else {
            throw .insecure
        }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil
        else { throw .notAHub("an address has no user name, query or fragment") }
        var path = Substring(parts.percentEncodedPath)
        while path.last == "/" { path.removeLast() }
        guard Self.isPath(path) else { throw .notAHub("not a plain path") }
        var port = ""
        if let number = parts.port {
            guard (1...65535).contains(number) else { throw .notAHub("not a port") }
            port = ":\(number)"
        }
        prefix = "\(scheme)://\(host)\(port)\(path)"
    }

    /// The URL of one endpoint, or nil where `path` is not an absolute path (with a query perhaps)
    /// in plain URL characters.
    func endpoint(_ path: String) -> String? {
        path.utf8.first == UInt8(ascii: "/") && Self.isPath(path[...]) ? prefix + path : nil
    }

    /// Whether a request to this host never leaves the machine.
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "[::1]" { return true }
        let numbers = host.split(separator: ".", omittingEmptySubsequences: false)
        return numbers.count == 4 && numbers.first == "127"
            && numbers.allSatisfy { $0.utf8.allSatisfy(isDigit) && UInt8($0) != nil }
    }

    private static func isHost(_ host: String) -> Bool {
        if host.hasPrefix("["), host.hasSuffix("]") {
            return host.dropFirst().dropLast().utf8.allSatisfy {
                isDigit($0) || $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: ".")
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
            }
        }
        return !host.isEmpty
            && host.utf8.allSatisfy {
                isDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
                    || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
            }
    }

    private static func isPath(_ path: Substring) -> Bool {
        path.utf8.allSatisfy { (0x21...0x7E).contains($0) && !#"\"<>#@^`{|}"#.utf8.contains($0) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
