internal import LuckyCausality
internal import LuckyHub
internal import LuckyModel
internal import LuckyWire

/// No review is lost: whatever contradicts itself at the hub has its review, and one that was opened
/// stays until somebody decides it, and stays readable then.
struct ReviewChecker: SwarmChecker {
    static let name = "reviews"

    /// Opened at the hub, in its present history.
    private var opened: [ChangeID: EntityID] = [:]
    private var history: String?

    mutating func observe(_ run: SwarmRun) throws -> [Phrase] {
        guard let hub = run.hub.hub else { return [] }
        var now: [ChangeID: EntityID] = [:]
        var found: [Phrase] = []
        for state in try run.view.hub(run) {
            var kinds: Set<ReviewKind> = []
            for record in state.facts.values {
                guard case .reviewOpened(let review) = record.fact else { continue }
                now[record.ref.change] = state.id
                kinds.insert(review.kind)
            }
            for finding in ReviewRules.findings(in: state) where now[finding.id] == nil {
                found.append(
                    .findNoReview.with([
                        "kind": finding.kind.rawValue, "entity": "\(state.id)",
                    ]))
            }
            if Self.wasCancelledUnseen(state), !kinds.contains(.deliveredAfterCancel) {
                found.append(.findUndecided.with(["entity": "\(state.id)"]))
            }
        }
        if history == hub.history.hex {
            for (review, entity) in opened.sorted(by: { $0.key < $1.key })
            where now[review] == nil {
                found.append(
                    .findReviewGone.with(["review": review.hex, "entity": "\(entity)"]))
            }
        }
        history = hub.history.hex
        opened = now
        return found
    }

    /// Delivered by somebody who had not heard of the cancelling, which had not heard of the delivery.
    /// By the law (L3, L4) and not by the table of rules, which is what is tested.
    private static func wasCancelledUnseen(_ state: EntityState) -> Bool {
        let doors = state.facts.values.filter { $0.stamp.role == .driver }
        // What was corrected may not be a delivery any more.
        guard !doors.contains(where: { $0.fact?.kind == .corrected }) else { return false }
        let cancels = (state.fields[.cancelled]?.siblings ?? []).filter {
            $0.plan?.value == .flag(true)
        }
        return doors.contains { door in
            door.fact?.kind == .handedOver && door.witnessedBy == nil
                && cancels.contains {
                    !$0.context.covers(door.dot) && !door.context.covers($0.dot)
                }
        }
    }

    mutating func conclude(_ run: SwarmRun) throws -> [Phrase] { try observe(run) }
}
