import Foundation
import LuckyCausality
import LuckyModel
import LuckyWire
import TestSupport
import Testing

@testable import LuckyHub

/// Any prefix, permutation and repetition of what a device sends comes to the same server state
/// (DOMAIN §5c, 2).
@Suite struct ReplayTests {
    @Test func theSameStateHowOftenAndInWhateverOrder() throws {
        try Budget.current("cross-stops").run { generator in
            let seed = generator.next()
            let (clean, planned) = try Self.day(seed)
            let taps = try Self.tapped(planned, using: &generator)

            // A review keeps when the hub heard of its sides: that is not what is looked at here.
            var whole = taps
            clean.now = Self.evening
            try clean.settle(&whole)
            let expected = try clean.fingerprint()

            let (bench, _) = try Self.day(seed)
            // Requests with prefixes of the outbox, in any order, each as often as chance has it.
            var requests = (1...taps.outbox.count).map { count in
                var options = Phone.Options()
                options.count = count
                return taps.request(options)
            }
            requests += requests.filter { _ in Bool.random(using: &generator) }
            requests.shuffle(using: &generator)
            for request in requests {
                bench.now = Self.evening
                _ = try bench.answer(request, as: taps.credential)
            }
            bench.now = Self.evening
            var phone = taps
            try bench.settle(&phone)
            for request in requests { _ = try bench.answer(request, as: taps.credential) }
            let found = try bench.fingerprint()
            try hold(found == expected, "another state after \(requests.count) requests")
            let results = phone.results.values.map(\.result)
            try hold(results.allSatisfy { $0 == .accepted }, "\(results)")
        }
    }

    private static let evening: Int64 = 9_000_000

    private static func day(_ seed: UInt64) throws -> (Bench, Phone) {
        let bench = try Bench(.memory, seed: seed)
        for number in 1...3 { try bench.plan(number, for: "drv-1") }
        var phone = Phone("drv-1", install: 1)
        try bench.settle(&phone)
        return (bench, phone)
    }

    /// Some taps that open reviews, too: money of one amount twice, and gas twice.
    private static func tapped(
        _ phone: Phone, using random: inout some RandomNumberGenerator
    ) throws -> Phone {
        var phone = phone
        for _ in 0..<Int.random(in: 2...8, using: &random) {
            let facts: [Fact] = [
                .arrival, .delivered(1), .noteAdded(Note("在門口")),
                .cashReceived(CashReceipt(Money(cents: 95_000) ?? .zero)),
                .suggestedAddress(AddressSuggestion("中華路")),
            ]
            let stop = Bench.stop(Int.random(in: 1...3, using: &random))
            try phone.tap(stop, facts[Int.random(in: 0..<facts.count, using: &random)])
        }
        return phone
    }
}
