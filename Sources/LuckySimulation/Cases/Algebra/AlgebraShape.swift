internal import LuckyModel

// The steps of algebra cases, and what they show.
enum AlgebraShape {
    static let steps =
        vectors + fields + clocks + [
            .init(
                "property", "A law over whatever a seed draws.",
                [
                    .init("law", .word(CaseLaw.allCases.map(\.rawValue)), required: true),
                    .init(
                        "rounds", .integer(1...Int64(CaseProperty.roundLimit)), required: true,
                        "How often."),
                    .init(
                        "replicas", .integer(1...Int64(CaseProperty.replicaLimit)),
                        "How many at most. Default: 3."),
                    .init("seed", .counter, required: true, "For all randomness."),
                ])
        ]

    private static let vectors: [Shape.Variant] = [
        .init(
            "compare", "How two vectors stand to each other.",
            [.init("a", .anyText, vector), .init("b", .anyText, vector)]),
        .init(
            "merge", "Joins vectors, in every order.",
            [.init("of", .list(.anyText, atLeast: 1), required: true, "At most 5 of them.")]),
        .init(
            "increment", "The vector after the actor's next changeset.",
            [.init("vector", .anyText, vector), .init("actor", .code, required: true, replica)]),
        .init(
            "read_vector", "Whether entries in this order are a vector at all.",
            [.init("entries", .anyText, required: true, vector)]),
    ]

    private static let fields: [Shape.Variant] = [
        .init(
            "put", "Writes a plan field at a place.",
            [
                at, field,
                .init("value", .either([.null, .flag, .whole, .anyText]), required: true),
            ] + dot + stamp),
        .init(
            "note", "Adds a note, which is a fact, at a place.",
            [
                at, field, .init("text", .anyText, required: true),
                .init("change", .anyText, "The dot under which the same note came before."),
            ] + dot + stamp),
        .init(
            "again", "Applies what an earlier step wrote, late or elsewhere.",
            [at, field, .init("dot", .anyText, required: true, "The earlier step's.")]),
        .init(
            "join", "Joins the state of another place.",
            [at, field, .init("from", .code, required: true, "The other place.")]),
    ]

    private static let clocks: [Shape.Variant] = [
        .init(
            "tick", "Issues readings.",
            [
                .init("wall_ms", .whole, required: true, "The wall clock, Unix milliseconds."),
                .init("times", .integer(1...Int64(CaseClock.tickLimit)), "Default: 1."),
            ]),
        .init(
            "see", "Takes note of a stamp that came by a page.",
            [
                .init("ms", .whole, "The stamp's milliseconds."), logical,
                .init("hub_ms", .whole, required: true, "The hub's time in that page."),
            ]),
        .init("restart", "Goes on from what is persisted.", []),
        .init(
            "sort", "Puts concurrent values in the order of L8, least first.",
            [
                .init(
                    "stamps", .list(.object(Array(dot.prefix(1)) + stamp), atLeast: 1),
                    required: true)
            ]
        ),
    ]

    private static let vector = "Such as “D1:4 H:9”: replicas and counters."
    private static let replica = "A name of 1 to 12 letters and digits."
    private static let at = Shape.Key("at", .code, "The place. Default: here.")
    private static let field = Shape.Key(
        "field", .code, "The plan field whose values are shown. Default: note.")
    private static let logical = Shape.Key("logical", .whole, "The reading's count. Default: 0.")
    private static let dot: [Shape.Key] = [
        .init("dot", .anyText, required: true, "Such as “D1:3”."),
        .init("context", .anyText, "What its writer had seen. Default: nothing."),
    ]
    private static let stamp: [Shape.Key] = [
        .init("by", .code, "The author. Default: office."),
        .init("role", .code, "The author's role. Default: office."),
        .init("ms", .whole, "The writer's clock, Unix milliseconds. Default: 0."), logical,
        .init("received_ms", .whole, "When the hub received it. Default: not yet."),
    ]

    private static let value = Shape.either([.null, .flag, .whole, .anyText])
    /// Of any step: what each shows stands at the code that plays it.
    static let seen: [Shape.Key] = [
        .init("relation", .word(["equal", "before", "after", "concurrent"]), "Of a to b."),
        .init("reverse", .word(["equal", "before", "after", "concurrent"]), "Of b to a."),
        .init("a_covers_b", .flag), .init("same_bytes", .flag, "As stored."),
        .init("a_beyond_b", .anyText, "What a has and b has not."),
        .init("vector", .either([.null, .anyText])),
        .init("commutative", .flag), .init("associative", .flag), .init("idempotent", .flag),
        .init("covers_all", .flag),
        .init("outcome", .word(["written", "counter_exhausted", "read", "malformed"])),
        .init("siblings", .list(value), "By dot."), .init("shown", value),
        .init("cover", .anyText, "What contexts covered beyond the vector."),
        .init("facts", .count), .init("hidden", .flag),
        .init("changed", .flag, "Whether the step changed the state."),
        .init("digest_changed", .flag),
        .init("reading", .anyText, "Milliseconds, a point, the count."),
        .init("grew", .flag, "Each reading is above the one before."),
        .init("below_limit", .flag), .init("moved", .flag, "The clock followed the stamp."),
        .init("flagged", .flag, "The stamp is too far ahead of the hub."),
        .init("order", .list(.code)), .init("same_in_every_order", .flag),
        .init("held", .flag), .init("rounds", .count),
    ]
}
