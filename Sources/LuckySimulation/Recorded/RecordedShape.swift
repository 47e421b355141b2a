// What one device held of an entity, as an exported case carries it: every change with its bytes,
// but without what names or describes a person. Of that only the hash is there (L18), and people,
// cylinders, stops, routes and trucks have new names.
extension ScenarioShape {
    static let recordedSteps: [Shape.Variant] = [
        .init(
            "recorded",
            "What a device held of an entity comes to this one, by pages: some facts ahead, then "
                + "the whole, twice. Written by `lucky review export`.",
            [
                who, .init("entity", .text(.hex), required: true, "Kind and key."),
                .init("vector", vector, required: true, "What was merged into it."),
                .init("fields", .table(recordedField), "Plan fields, by word or number."),
                .init("facts", .list(recordedChange), "By name."),
                .init("handed_over", .flag, "It went to another driver. Default: false."),
            ])
    ]

    static let recordedField = Shape.object([
        .init("siblings", .list(recordedChange), required: true, "The values that stand."),
        .init("cover", vector, "What contexts covered beyond the vector."),
    ])

    /// Replica → counter.
    static let vector = Shape.named("vector", .table(.counter))

    static let recordedChange = Shape.named(
        "change",
        .object([
            .init("change", .text(.hex), required: true, "The change id."),
            .init("index", .integer(0...255), "Within its changeset. Default: 0."),
            .init("replica", .text(.hex), required: true, "Its writer's replica."),
            .init("counter", .counter, required: true, "And the counter there."),
            .init("core", .text(.hex), required: true, "What it says, without the personal."),
            .init("personal_hash", .text(.hex), "Of what was personal. Absent: nothing was."),
            .init("by", .anyText, required: true, "Its author."),
            .init("role", .integer(0...255), required: true, "The author's, as a number."),
            .init("relation", .integer(0...255), required: true, "To the entity, as a number."),
            .init("hlc", .list(.whole), required: true, "Milliseconds and the count in them."),
            .init("written_ms", .whole, required: true, "By its writer's clock."),
            .init("received_ms", .whole, "By the hub's. Absent: not received."),
            .init("carried_by", .anyText, "Whose credential brought it."),
            .init("context", vector, "What its writer had seen."),
            .init("witnessed_by", .text(.hex), "The replica that offered it."),
        ]))
}

extension ScenarioExpectation {
    /// What a device shows of an entity that `recorded` steps brought.
    static let recordedEntity = Shape.named(
        "recorded_entity",
        .object(
            [
                .init("digest", .text(.hex), "Of what pages brought (L21)."),
                .init("derived", .list(.anyText), "Kind and id of each contradiction, sorted."),
                .init("reviews", .list(recordedReview), "By id."),
                .init("status", .anyText, "Of a stop."),
                .init("facts", .list(.anyText), "Who recorded what, sorted."),
                .init("handed_over", .flag),
                .init("hidden", .flag),
            ], atLeast: 1))

    static let recordedReview = Shape.object([
        .init("id", .text(.hex)), .init("kind", .anyText), .init("opened", .flag, "By the hub."),
        .init("sides", .list(.anyText), "Change id and index."),
    ])
}
