import LuckyModel
import Foundation
import LuckySync
import Testing

/// Goldens name outcomes by these texts: they may not change.
struct OutcomeCodingTests {
    private static let texts: [(ExchangeOutcome, String)] = [
        (.answered(Data([1, 2])), #"{"answered":"AQI="}"#),
        (.failed(.offline("no name")), #"{"failed":{"detail":"no name","kind":"offline"}}"#),
        (.failed(.timedOut), #"{"failed":{"kind":"timed_out"}}"#),
        (.failed(.truncated), #"{"failed":{"kind":"truncated"}}"#),
        (.failed(.tooLarge), #"{"failed":{"kind":"too_large"}}"#),
        (
            .failed(.unauthorised(status: 401)),
            #"{"failed":{"kind":"unauthorised","status":401}}"#
        ),
        (
            .failed(.refused(status: 400, code: "c", message: "m")),
            #"{"failed":{"code":"c","kind":"refused","message":"m","status":400}}"#
        ),
        (
            .failed(.busy(status: 429, retryAfterSeconds: 7)),
            #"{"failed":{"kind":"busy","retry_after_s":7,"status":429}}"#
        ),
        (
            .failed(.busy(status: 503, retryAfterSeconds: nil)),
            #"{"failed":{"kind":"busy","status":503}}"#
        ),
        (.failed(.notAHub("html")), #"{"failed":{"detail":"html","kind":"not_a_hub"}}"#),
        (.failed(.insecure), #"{"failed":{"kind":"insecure"}}"#),
    ]

    @Test func textsAreStable() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        for (outcome, text) in Self.texts {
            #expect(String(decoding: try encoder.encode(outcome), as: UTF8.self) == text)
            let back = try JSONDecoder().decode(ExchangeOutcome.self, from: Data(text.utf8))
            #expect(back == outcome)
        }
    }

    @Test func onlyTheDoorAndInsecureAddressesNeedAPerson() {
        let lasting = Self.texts.compactMap { outcome, _ -> String? in
            guard case .failed(let failure) = outcome, !failure.isTransient else { return nil }
            return failure.kind
        }
        #expect(lasting == ["refused", "insecure"])
    }
}
