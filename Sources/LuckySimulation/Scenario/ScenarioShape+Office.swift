internal import LuckyModel

// What office people do. Each edit bears the context of what the person saw: at the last `look`
// or after the person's own last edit of that stop; where there was neither, what the hub has now.
extension ScenarioShape {
    static let officeSteps: [Shape.Variant] = [
        .init(
            "look", "Looks at the plan as the hub has it now.",
            [who, .init("as", .code, "A name for what was seen, for `seen` of later edits.")]),
        edit("set", "Writes cells of a stop.", planCells),
        edit("cancel", "Cancels a stop.", [.init("note", .anyText, "Why.")]),
        edit("uncancel", "Takes a cancellation back.", []),
        edit("reopen", "Grants a failed stop another attempt.", []),
        edit(
            "reassign", "Gives a stop to another driver or route.",
            [
                .init("driver", .code, "The driver, whose only route it goes to; or …"),
                .init("route", .code, "… the route's code."),
                .init("sequence", .integer(1...10_000), "Default: behind the last stop."),
            ]),
        .init(
            "insert", "Adds a stop to the running day.",
            [who] + planRow + [label, refused]),
        .init(
            "resequence", "Puts a route's stops in another order.",
            [
                who, .init("route", .code, required: true, "The route's code."),
                .init("stops", .list(.code, atLeast: 1), required: true, "First to last."),
                label, refused,
            ]),
        .init(
            "write", "Writes plan fields as they are, one changeset, past all verbs.",
            [
                who,
                .init("stop", .code, "The stop's code; or …"),
                .init("route", .code, "… the route's code; or …"),
                .init("customer", .code, "… the customer's."),
                .init(
                    "fields", .table(fieldValue, atLeast: 1), required: true,
                    "Field → value; null empties it."),
                seen, label, refused,
            ]),
    ]

    /// Decisions on reviews, and what the books record.
    static let bookSteps: [Shape.Variant] = [
        decision("resolve", "Decides a review.", [reviewKind, outcome, note, supersede]),
        decision("undo", "Takes a decision back: the review is open again.", [reviewKind, note]),
        edit(
            "settle_account", "Closes a stop's account over all that was recorded there.",
            [
                .init("due_ntd", .integer(0...10_000_000), "In NT$. Default: what it comes to."),
                .init("received_ntd", .integer(0...10_000_000), "Default: as the receipts say."),
                .init("again", .flag, "Although it is settled. Default: false."),
            ]),
        edit(
            "add_note", "Adds a note of the office's.",
            [.init("text", .anyText, required: true, "The note.")]),
        edit(
            "reschedule", "Grants a failed stop another attempt on another route of the day.",
            [
                .init("driver", .code, "The driver, whose only route it goes to; or …"),
                .init("route", .code, "… the route's code."),
                .init("sequence", .integer(1...10_000), "Default: behind the last stop."),
            ]),
        .init(
            "cancel_route", "Takes a route off: open stops go back to dispatch.",
            [who, .init("route", .code, required: true, "The route's code."), label, refused]),
        .init(
            "close_route", "Says for a driver that the route is done, past all verbs.",
            [who, .init("route", .code, required: true, "The route's code."), seen, label, refused]),
        .init(
            "deactivate", "A person's tokens open no door from now on.",
            [who, .init("driver", .code, required: true, "The person's id."), refused]),
        .init(
            "activate", "They do again.",
            [who, .init("driver", .code, required: true, "The person's id."), refused]),
        edit(
            "redact", "Drops the personal part of a tap.",
            [.init("tap", .code, required: true, "The tap's label.")]),
        edit("correct_record", "Says what a record counts as instead, and why.", correction),
        .init(
            "merge_customer", "Says that two customers are one.",
            [
                who, .init("customer", .code, required: true, "The code of the one that goes."),
                .init("into", .code, "Of the one that stays. Default: none, it is taken back."),
                seen, label, refused,
            ]),
        .init(
            "delete_customer", "Says that somebody is no customer any more.",
            [
                who, .init("customer", .code, required: true, "The customer's code."),
                .init("undo", .flag, "Is one again. Default: false."), seen, label, refused,
            ]),
    ]

    /// One thing that it counts as.
    private static let correction: [Shape.Key] = [
        .init("tap", .code, "The label of the tap that was wrong. Default: the last of its kind."),
        .init(
            "withdraw", .word(CorrectionKind.allCases.map(\.rawValue)), "It did not happen; or …"),
        .init("delivered", .quantities, "… these were handed over: others stay;"),
        .init("collected", .quantities, "these were taken back, likewise;"),
        .init("residual_grams", .integer(0...10_000_000), "residual gas weighed back;"),
        .init("serials", .list(.code), "numbers of the cylinders handed over;"),
        .init("collected_serials", .list(.code), "numbers of those taken back; or …"),
        .init("cash_ntd", .integer(0...10_000_000), "… this was taken, in NT$; or …"),
        .init("failure", .code, "… it failed for this reason."),
        .init("reason", .anyText, required: true, "Why."),
    ]

    private static let reviewKind = Shape.Key(
        "review", .code, required: true, "The review's kind, or its id in 32 hexadecimal digits.")
    private static let outcome = Shape.Key("outcome", .code, required: true, "kept, reversed …")
    private static let note = Shape.Key("note", .anyText, "The person's words.")
    private static let supersede = Shape.Key(
        "supersede", .flag, "Although it is decided. Default: false.")

    /// A flag, a number (money in 1/100 NT$), a text or name, product counts, or nothing.
    static let fieldValue = Shape.either([.null, .flag, .whole, .anyText, .quantities])

    /// Whether it is a step of an office person.
    static func isOffice(_ word: String) -> Bool {
        (officeSteps + bookSteps).contains { $0.name == word }
    }

    static func edit(_ name: String, _ about: String, _ keys: [Shape.Key]) -> Shape.Variant {
        .init(
            name, about,
            [who, stop] + keys + [seen, label, refused])
    }

    private static func decision(
        _ name: String, _ about: String, _ keys: [Shape.Key]
    ) -> Shape.Variant {
        .init(
            name, about,
            [
                who,
                .init("stop", .code, "The code of the stop it is on; or …"),
                .init("route", .code, "… the route's code; or …"),
                .init("shift", .code, "… the shift's name."),
            ] + keys + [seen, label, refused])
    }

    private static let seen = Shape.Key(
        "seen", .code, "What was seen: the name of a `look`, or “nothing”.")
}
