import Foundation
import LuckyDriver
import LuckyWire

// What a driver does at a door.
extension Phone {
    /// The next open stop in the office's order that fits; nil where none does.
    func visit(_ visit: Visit) async throws -> Stop? {
        let open = try await driver.stops(on: .on(date)).map(\.stop).filter { !$0.status.isClosed }
        guard let stop = open.first(where: { Self.fits($0, visit) }) else { return nil }
        if stop.status == .pending {
            try await tap(.arrive, on: stop) { change throws(DeliveryError) in
                try await driver.arrive(at: stop.id, change: change)
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 40...120, using: &random)))
        }
        switch visit {
        case .absent: try await fail(stop)
        case .ordinary: try await complete(stop, Self.handover(stop))
        case .partial: try await complete(stop, Self.oneFewer(Self.handover(stop)))
        case .photo:
            let shade = UInt8.random(in: 0...255, using: &random)
            try await complete(stop, Self.handover(stop), photo: DemoPicture.png(shade: shade))
        case .wrongCount:
            let right = Self.handover(stop)
            try await complete(stop, Handover(delivered: right.delivered))
            try await correct(stop, right)
        case .wrongCash:
            let right = stop.price?.cents ?? 0
            try await complete(stop, Self.handover(stop), cashCents: right + 50_000)
            try await correct(stop, cashCents: right)
        }
        return stop
    }

    private static func fits(_ stop: Stop, _ visit: Visit) -> Bool {
        switch visit {
        case .partial: stop.ordered.pairs.contains { $0.count > 1 }
        case .wrongCash: paysCash(stop)
        default: true
        }
    }

    private static func paysCash(_ stop: Stop) -> Bool {
        stop.payment == PaymentMethod.cash.code && (stop.price?.cents ?? 0) > 0
    }

    /// As ordered, each full cylinder for an empty one.
    private static func handover(_ stop: Stop) -> Handover {
        Handover(delivered: stop.ordered, collected: stop.ordered)
    }

    private static func oneFewer(_ handover: Handover) -> Handover {
        guard let most = handover.delivered.pairs.max(by: { $0.count < $1.count }) else {
            return handover
        }
        let pairs = handover.delivered.pairs.map {
            (product: $0.product, count: $0.product == most.product ? $0.count - 1 : $0.count)
        }
        let fewer = Quantities(pairs) ?? handover.delivered
        return Handover(delivered: fewer, collected: fewer)
    }

    private func fail(_ stop: Stop) async throws {
        try await tap(.fail, on: stop) {
            $0.reason = FailureReason.absent.word
        } _: {
            change throws(DeliveryError) in
            try await driver.fail(stop.id, reason: .absent, change: change)
        }
    }

    private func complete(
        _ stop: Stop, _ handover: Handover, cashCents: Int64? = nil, photo: [UInt8]? = nil
    ) async throws {
        let price = Self.paysCash(stop) ? stop.price?.cents : nil
        // A stop where less was handed over is paid for what was.
        let isWhole = stop.ordered.isCovered(by: handover.delivered)
        let cents = cashCents ?? (isWhole ? price : price.map { _ in Self.listPrice(handover) })
        let cash = cents.flatMap { $0 > 0 ? Money(cents: $0) : nil }
        try await tap(.deliver, on: stop) { tap in
            tap.delivered = handover.delivered.counts
            tap.collected = handover.collected.counts
            tap.cashCents = cash?.cents
            tap.photo = photo.map { Hash256.sha256($0).hex }
        } _: { change throws(DeliveryError) in
            try await driver.complete(
                stop.id, handover: handover,
                proof: Proof(recipient: stop.customer, image: photo.map { .photo(Data($0)) }),
                cash: cash, change: change)
        }
    }

    private static func listPrice(_ handover: Handover) -> Int64 {
        handover.delivered.pairs.reduce(0) {
            $0 + ($1.product.info?.listPriceCents ?? 0) * Int64($1.count)
        }
    }

    private func correct(_ stop: Stop, _ right: Handover) async throws {
        try await tap(.correctCounts, on: stop) { tap in
            tap.delivered = right.delivered.counts
            tap.collected = right.collected.counts
        } _: { change throws(DeliveryError) in
            try await driver.correct(
                stop.id, .handover,
                to: .handedOver(
                    HandedOver(right, attempt: stop.attempt, recipient: stop.customer)),
                change: change)
        }
    }

    private func correct(_ stop: Stop, cashCents: Int64) async throws {
        try await tap(.correctCash, on: stop) {
            $0.cashCents = cashCents
        } _: {
            change throws(DeliveryError) in
            try await driver.correct(
                stop.id, .cash, to: .cashReceived(CashReceipt(Money(cents: cashCents) ?? .zero)),
                change: change)
        }
    }
}
