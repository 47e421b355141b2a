internal import LuckyModel

// What a scenario's actors and plan look like. Steps and expectations are in files of their own.
enum ScenarioShape {
    static let keys: [Shape.Key] = [
        .init(
            "actors", .table(actor, atLeast: 1), required: true,
            "Who takes part, by name. A hub called “hub” is there by itself."),
        .init("day", .text(.day), "The business day. Default: 2026-11-22, a Sunday."),
        .init("start", .text(.time), "The clock at the first step, in Taipei. Default: 08:00."),
        .init("seed", .counter, "For all randomness. Default: 1."),
        .init("plan", .list(.object(planRow)), "What the office imported before the first step."),
        .init("steps", .list(.tagged(by: "do", steps)), required: true, "What happens, in turn."),
        .init("expect", ScenarioExpectation.end, required: true, "What is seen afterwards."),
    ]

    static let actor = Shape.tagged(
        by: "is",
        [
            .init(
                "device", "A driver's phone.",
                [
                    .init("driver", .code, required: true, "Whose phone; the driver's id."),
                    .init("hub", .code, "Its hub. Default: hub."),
                    .init(
                        "loaded", .flag,
                        "Whether it synced once before the first step. Default: true."),
                    .init("clock", .text(.duration), "How far its clock is off. Default: not."),
                ]),
            .init(
                "office", "A person at a desk, connected to the hub.",
                [
                    .init("role", .word(roles), "Default: office."),
                    .init("person", .code, "The person's id. Default: the actor's name."),
                    .init("hub", .code, "Default: hub."),
                ]),
            .init(
                "hub", "A depot's hub.",
                [.init("depot", .code, "The depot's id. Default: TTT.")]),
        ])

    /// The roles that tokens name.
    static let roles = (0...UInt8.max).map { Role(rawValue: $0) }
        .filter { Role(name: $0.name) != nil }.map(\.name)

    static let planRow: [Shape.Key] = [
        .init("stop", .code, required: true, "The office's code of the stop."),
        .init("driver", .code, required: true, "Whose stop it is."),
        .init("route", .code, "Default: R- and the driver's id."),
        .init("hub", .code, "Default: hub."),
    ] + planCells

    /// Cells of a plan row, as `set` writes them too.
    static let planCells: [Shape.Key] = [
        .init("sequence", .integer(1...10_000), "The place in the route. Default: the next."),
        .init("items", .quantities, "What is ordered: product → count."),
        .init("price_ntd", .integer(0...10_000_000), "For the whole stop, in NT$."),
        .init("price_cents", .integer(0...1_000_000_000), "The same in 1/100 NT$."),
        .init("payment", .anyText, "cash, transfer, monthly …, or the office's word for it."),
        .init("window", .text(.window), "When the customer can be served."),
        .init("customer", .anyText, "The customer's name."),
        .init("phone", .anyText, "The customer's telephone number."),
        .init("address", .anyText, "Where to go."),
        .init("note", .anyText, "The office's words to the driver."),
        .init("holds", .quantities, "Cylinders at the customer."),
    ]

    static var steps: [Shape.Variant] {
        tapSteps + officeSteps + bookSteps + machineSteps + diskSteps + recordedSteps + checkSteps
    }

    static let who = Shape.Key("who", .code, required: true, "The actor.")
    static let stop = Shape.Key("stop", .code, required: true, "The stop's code.")
    static let label = Shape.Key("as", .code, "A name for the change, for later steps.")
    static let refused = Shape.Key(
        "refused", .code, "The code with which it must be refused; without it, it must succeed.")
}
