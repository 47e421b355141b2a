internal import LuckyModel

// What drivers do.
extension ScenarioShape {
    static let tapSteps: [Shape.Variant] = [
        tap("arrive", "The driver stands at the door.", []),
        tap(
            "handover", "Gas changed hands.",
            handover + money + [
                .init(
                    "despite_cancel", .flag,
                    "Although the phone shows the stop as cancelled. Default: false.")
            ]),
        tap(
            "add_stop", "Gas changed hands where the plan has no stop: the driver names it.",
            handover + money + [
                .init("route", .code, "The code of the route it was made on."),
                .init("customer", .anyText, "Who was served."),
                .init("address", .anyText, "Where."),
                .init("phone", .anyText, "How to reach them."),
                .init("lat", .anyText, "Degrees north, such as 22.7583; with `lng`."),
                .init("lng", .anyText, "Degrees east; with `lat`."),
                .init("note", .anyText, "The driver's words."),
                .init("price_ntd", .integer(0...10_000_000), "What the driver says it costs."),
            ]),
        tap("fail", "The attempt ended without a handover.", failure),
        tap("cash", "Money was taken, recorded by itself.", money),
        tap(
            "correct", "What was recorded was wrong: say what it counts as.",
            [
                .init("what", .word(["handover", "failure", "cash"]), required: true, ""),
                .init("handover", .object(handover), "There was this handover."),
                .init("failure", .object(failure), "There was this failure."),
                .init("withdrawn", .flag, "It did not happen at all."),
            ] + money),
        tap("note", "Words are added.", [.init("text", .anyText, required: true, "")]),
        tap(
            "photo", "A photo or a signature is taken.",
            [
                .init("bytes", .anyText, required: true, "Stands for the picture's bytes."),
                .init("signature", .flag, "Default: false."),
            ]),
        tap(
            "suggest_address", "The address should be another.",
            [.init("address", .anyText, required: true, "")]),
        .init(
            "suggest_order", "The order in which the driver means to drive.",
            [
                who, .init("route", .code, required: true, "The route's code."),
                .init("stops", .list(.code, atLeast: 1), required: true, "First to last."),
                label, refused,
            ]),
        tap("seen", "The driver looked at all that is new on the stop.", []),
        tap(
            "meter", "A meter was read.",
            [
                .init(
                    "milli", .integer(0...9_007_199_254_740_991), required: true,
                    "1/1000 of the meter's unit."),
                .init("product", .code, "What it counts."),
            ]),
        route("route_start", "The truck left for its first stop."),
        route("route_complete", "The driver is done with the route."),
        onDuty(
            "shift_start", "The driver comes on duty.",
            .init("float_ntd", .integer(0...10_000_000), "Change money in the box. Default: 0.")),
        onDuty(
            "shift_end", "The driver goes off duty.",
            .init("counted_ntd", .integer(0...10_000_000), "What the box was counted to hold.")),
    ]

    static let handover: [Shape.Key] = [
        .init("delivered", .quantities, "Full cylinders handed over: product → count."),
        .init("collected", .quantities, "Empty cylinders taken back."),
        .init("residual_grams", .integer(0...10_000_000), "Residual gas weighed back."),
        .init("recipient", .anyText, "Who took it."),
        .init("serials", .list(.code), "Numbers of the cylinders handed over."),
        .init("collected_serials", .list(.code), "Numbers of those taken back."),
    ]
    static let failure: [Shape.Key] = [
        .init("reason", .word(FailureReason.named.map(\.word)), "Default: absent."),
        .init("note", .anyText, "The driver's words."),
    ]
    static let money: [Shape.Key] = [
        .init("cash_ntd", .integer(-10_000_000...10_000_000), "What was taken, in NT$."),
        .init("cash_cents", .integer(-1_000_000_000...1_000_000_000), "The same in 1/100 NT$."),
    ]

    private static func route(_ name: String, _ about: String) -> Shape.Variant {
        .init(
            name, about,
            [who, .init("route", .code, required: true, "The route's code."), label, refused])
    }

    private static func onDuty(_ name: String, _ about: String, _ key: Shape.Key) -> Shape.Variant {
        .init(
            name, about,
            [
                who, .init("shift", .code, required: true, "A name for the shift."), key, label,
                refused,
            ])
    }

    static func tap(_ name: String, _ about: String, _ keys: [Shape.Key]) -> Shape.Variant {
        .init(
            name, about,
            [who, stop] + keys + [
                label, refused,
                .init("same_id_as", .code, "Uses the change id of that label again."),
            ])
    }
}
