internal import LuckyModel

/// What a scenario can expect. Only what is named is compared.
enum ScenarioExpectation {
    /// At the end.
    static let end = Shape.named("seen", .object(keys, atLeast: 1))
    /// In the middle.
    static let moment = end

    static let keys: [Shape.Key] = [
        .init("on", .table(replica, atLeast: 1), "What one device or hub shows, by its name."),
        .init(
            "everywhere", .object(entities, atLeast: 1),
            "What the hub and every device show that has the entity in its scope."),
        .init(
            "receipts", .table(.anyText, atLeast: 1),
            "Label of a tap → pending, received, already, or quarantined and the reason."),
        .init(
            "converged", .flag,
            "Nothing is unsent, and hub and devices agree by digest on all that is in scope."),
    ]

    static let entities: [Shape.Key] = [
        .init("stops", .table(.either([.null, stop]), atLeast: 1), "By code; null: not there."),
        .init("routes", .table(.either([.null, route]), atLeast: 1), "By code."),
        .init("customers", .table(.either([.null, other]), atLeast: 1), "By code."),
        .init("shifts", .table(.either([.null, other]), atLeast: 1), "By the case's name."),
    ]

    static let replica = Shape.object(
        entities + [
            // A device's.
            .init("pending", .count, "Changes without a receipt."),
            .init("quarantined", .list(.anyText), "Reasons, of a device's or a hub's, in order."),
            .init("proofs_overdue", .count, "Stops whose photo waits for over 24 hours."),
            .init(
                "disk", .either([.null, .word(DiskUse.Level.allCases.map(\.rawValue))]),
                "Whether a device says that its disk gets full; null: no bound."),
            .init("parked", .count, "Parts of pages that this build could not read."),
            .init("phase", .anyText, "idle, waiting, needs_token, refused, recovering, stuck …"),
            .init("failure", .either([.null, .anyText]), "Of the last exchange: its word."),
            .init("recovery", .either([.null, .anyText]), "What it is mending by itself."),
            .init("epoch_changed", .flag, "Whether it writes under another name than at first."),
            .init("followed_history", .integer(1...100), "The how manieth of its hub's."),
            .init("entities", .table(recordedEntity, atLeast: 1), "Recorded ones, by id."),
            // A hub's.
            .init("history", .integer(1...100), "The how manieth; 1: no restore yet."),
            .init("reviews", .list(.object(review + [.init("on", .code)])), "All, by entity."),
            .init("ledger", .table(.object(ledger, atLeast: 1)), "By driver: what was recorded."),
            .init(
                "holdings", .table(.quantities, atLeast: 1),
                "By customer, or by whom it was merged into: what was handed over less what came back."
            ),
            .init("replicas", .count, "Devices' replicas that spoke."),
        ], atLeast: 1)

    static let ledger: [Shape.Key] = [
        .init("delivered", .quantities), .init("collected", .quantities),
        .init("cash_ntd", .whole), .init("cash_cents", .whole), .init("residual_grams", .whole),
    ]

    static let review: [Shape.Key] = [
        .init("kind", .anyText, "Which contradiction."),
        .init("state", .word(["open", "resolved", "contested"]), "What decisions made of it."),
        .init("decisions", .list(.anyText), "Who decided what, such as “mei kept”, sorted."),
        .init("sides", .list(.anyText), "Who did what, such as “drv-a handed_over”, sorted."),
    ]

    static let facts: [Shape.Key] = [
        .init("fields", .table(.either([.null, .anyText])), "Plan field → value shown, as text."),
        .init("siblings", .table(.list(.anyText)), "Plan field → its values, sorted."),
        .init("facts", .list(.anyText), "Who recorded what, sorted."),
        .init("witnessed", .list(.anyText), "Of these what only a phone tells of, sorted."),
        .init("reviews", .list(.object(review)), "By kind, then sides."),
        .init("hidden", .flag, "Deleted, and nothing contradicts it."),
    ]

    private static let nullableWhole = Shape.either([.null, .whole])

    static let other = Shape.object(facts, atLeast: 1)

    static let route = Shape.object(
        facts + [.init("order", .list(.code), "On a device: its stops as the driver sees them.")],
        atLeast: 1)

    static let stop = Shape.named(
        "stop",
        .object(
            facts + [
                .init("status", .word(StopStatus.allCases.map(\.rawValue))),
                .init("attempt", .integer(1...10_000)),
                .init("ordered", .quantities), .init("delivered", .quantities),
                .init("collected", .quantities), .init("residual_grams", .whole),
                .init("cash_ntd", .whole), .init("cash_cents", .whole),
                .init("recipient", .either([.null, .anyText])),
                .init("failure", .either([.null, .anyText])),
                .init("notes", .list(.anyText), "In display order."),
                .init("suggested_addresses", .list(.anyText), "In display order."),
                .init("photos", .count), .init("cancelled", .flag),
                .init("driver", .anyText), .init("sequence", .whole),
                .init("due_cents", nullableWhole, "What the customer owes for it in all."),
                .init("due_ntd", nullableWhole, "The same in NT$."),
                .init(
                    "balance_cents", nullableWhole, "What is still owed; negative: too much paid."),
                .init("balance_ntd", nullableWhole, "The same in NT$."),
                .init("quoted_ntd", nullableWhole, "The price that the driver said."),
                .init(
                    "suspected_cash_ntd", .whole, "Receipts that are not posted: recorded twice?"),
                .init("remaining", .quantities, "Ordered and not delivered."),
                .init("adjustments", .count, "Changes after the account was closed."),
                .init("invoice_held", .flag, "A review that touches the bill is open."),
                .init("pricing_blocked", .flag, "A meter stands below its last reading."),
                .init("handed_over", .flag, "On a device: it went to somebody else."),
                .init("unsent", .count, "On a device: facts without a receipt."),
                .init(
                    "not_accepted", .count,
                    "On a device: own changes that its hub keeps and did not accept."),
            ], atLeast: 1))
}
