internal import Foundation
internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

/// What a case sees of the hub's answers and of what the hub holds.
enum RequestShown {
    /// An answer that cannot be read to its end counts as a refusal of ours.
    static func response(_ body: Data) throws(HubRefusal) -> SyncResponse {
        do {
            let response = try SyncResponse(decoding: body)
            if let failure = response.failure { throw failure }
            return response
        } catch {
            throw HubRefusal(status: 502, code: "unreadable_answer", message: "\(error)")
        }
    }

    static func value(
        _ answer: Result<SyncResponse, HubRefusal>, hubChanged: Bool, stop: (EntityID) -> String
    ) -> CaseValue {
        switch answer {
        case .failure(let refusal):
            return [
                "status": .integer(refusal.status), "code": .text(refusal.code),
                "direction": .null, "receipts": [], "page": .null, "leaves": .null,
                "hub_changed": .flag(hubChanged),
            ]
        case .success(let response):
            let parts = response.page?.parts.filter { $0.entity.kind == .stop }
            func names(_ isLeaving: Bool) -> CaseValue {
                parts.map { parts in
                    .texts(
                        parts.filter { ($0.membership == .leaves) == isLeaving }
                            .map { stop($0.entity) }.sorted {
                                $0.utf8.lexicographicallyPrecedes($1.utf8)
                            })
                } ?? .null
            }
            return [
                "status": .integer(200), "code": .null,
                "direction": .text(word(response.answer.direction)),
                "receipts": .texts(response.receipts.map(word)), "page": names(false),
                "leaves": names(true), "hub_changed": .flag(hubChanged),
            ]
        }
    }

    /// A stop as the hub holds it; everything is null for one that nobody wrote to.
    static func value(_ state: EntityState?) -> CaseValue {
        guard let state else {
            return [
                "exists": false, "facts": .integer(0), "handed_over": .integer(0),
                "cash_cents": .integer(0), "reviews": .integer(0), "status": .null,
                "note_siblings": [], "note": .null,
            ]
        }
        let facts = state.factsInOrder.compactMap(\.fact)
        var (handovers, cents, reviews) = (0, Int64(0), 0)
        for fact in facts {
            switch fact {
            case .handedOver: handovers += 1
            case .cashReceived(let receipt): cents += receipt.amount.cents
            case .reviewOpened: reviews += 1
            default: break
            }
        }
        return [
            "exists": true, "facts": .integer(facts.count - reviews),
            "handed_over": .integer(handovers), "cash_cents": .integer(cents),
            "reviews": .integer(reviews), "status": .text(state.stop.status.rawValue),
            "note_siblings": .texts(
                state.fields[.officeNote]?.siblings.compactMap { $0.plan?.value.text } ?? []),
            "note": .optional(state.shown(.officeNote).text),
        ]
    }

    private static func word(_ direction: SyncResponse.Answer.Direction) -> String {
        switch direction {
        case .carryOn: "carry_on"
        case .sendFrom(let counter): "send_from \(counter)"
        case .fork(let counter): "fork \(counter)"
        case .rebaselineNeeded: "rebaseline"
        }
    }

    private static func word(_ receipt: Receipt) -> String {
        let counters = receipt.counters
        let run =
            counters.count == 1
            ? "\(counters.lowerBound)" : "\(counters.lowerBound)-\(counters.upperBound)"
        return switch receipt.result {
        case .accepted: "\(run) accepted"
        case .already(let dot): "\(run) already \(CaseNames.text(dot))"
        case .quarantined(let reason): "\(run) quarantined \(reason)"
        }
    }
}
