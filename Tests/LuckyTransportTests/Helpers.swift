import LuckyModel
import Foundation
import LuckySync
import LuckyTransport

/// A word that must never be seen outside an `Authorization` header.
let secret = "token-7f3a9c"

extension HTTPTransport {
    convenience init(_ url: URL, _ change: (inout TransportLimits) -> Void = { _ in }) {
        var limits = TransportLimits()
        change(&limits)
        self.init(hub: url, token: { secret }, limits: limits)
    }

    func exchange(_ text: String) async -> ExchangeOutcome {
        await exchange(Data(text.utf8), waitSeconds: 0)
    }
}

extension ExchangeOutcome {
    var failure: ExchangeFailure? {
        if case .failed(let failure) = self { failure } else { nil }
    }
}

/// Bytes that do not compress, the same on every run.
func noise(_ count: Int) -> Data {
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    return Data(
        (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state >> 24)
        })
}
