internal import LuckyModel
import Foundation
import LuckySync
import LuckyWire

/// One request as curl needs it, complete.
struct HTTPRequest: Sendable {
    var url: String
    /// `Name: value` lines.
    var headers: [String]
    /// nil is a `GET`.
    var body: Data?
    /// The content type that a success must have.
    var expectedType: String
    /// Seconds of silence that were asked for.
    var waitSeconds: Int
}

/// Requests to one hub: puts each together, and runs it on the loop of its own.
final class HubClient: Sendable {
    static let frames = "application/x-lucky-frames"
    static let json = "application/json"

    let limits: TransportLimits
    private let address: Result<HubAddress, ExchangeFailure>
    private let token: @Sendable () -> String
    private let loop: CurlLoop

    init(hub: URL, token: @escaping @Sendable () -> String, limits: TransportLimits) {
        self.limits = limits
        self.token = token
        address = Result { () throws(ExchangeFailure) in try HubAddress(hub) }
        loop = CurlLoop(limits: limits)
    }

    deinit { loop.close() }

    func send(
        _ path: String, body: Data?, type: String, waitSeconds: Int
    ) async -> ExchangeOutcome {
        switch request(path, body: body, type: type, waitSeconds: waitSeconds) {
        case .success(let request): await loop.run(request)
        case .failure(let failure): .failed(failure)
        }
    }

    private func request(
        _ path: String, body: Data?, type: String, waitSeconds: Int
    ) -> Result<HTTPRequest, ExchangeFailure> {
        address.flatMap { address in
            guard let url = address.endpoint(path) else {
                return .failure(.notAHub("not an endpoint's path"))
            }
            guard let token = Self.sendable(token()) else {
                return .failure(.unauthorised(status: 401))
            }
            var headers = [
                "Authorization: Bearer \(token)", "Accept: \(type)", "Accept-Encoding: gzip",
                "Expect:",  // or curl waits a second for leave to send a large body
            ]
            var sent = body
            if let body {
                headers.append("Content-Type: \(type)")
                if let smaller = compressed(body) {
                    headers.append("Content-Encoding: gzip")
                    sent = smaller
                }
            }
            return .success(
                HTTPRequest(
                    url: url, headers: headers, body: sent, expectedType: type,
                    waitSeconds: waitSeconds))
        }
    }

    private func compressed(_ body: Data) -> Data? {
        guard body.count >= limits.compressFromBytes else { return nil }
        let gzip = Gzip.compress(body, level: limits.compressLevel)
        let pays = gzip.count < body.count && body.count / gzip.count < limits.compressRatio
        return pays ? gzip : nil
    }

    /// The token without the line end that a file gives it; nil where it could not stand in a
    /// header.
    private static func sendable(_ token: String) -> String? {
        let text = token.trimmingCharacters(in: .whitespacesAndNewlines)
        return !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) } ? text : nil
    }
}
