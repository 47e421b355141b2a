internal import LuckyModel

// The steps of request cases, and what they show.
enum RequestShape {
    static let steps: [Shape.Variant] = [
        .init(
            "edit", "The office writes fields of a stop.",
            [
                stop, .init("set", fields, required: true, "Field → value."),
                .init("blind", .flag, "As if it had seen nothing of it. Default: false."),
            ]),
        .init("write", "A phone seals a changeset, honest or not.", [phone, stop] + changeset),
        .init("send", "A phone sends a request.", [phone] + request),
        .init(
            "cut_everywhere", "Sends every beginning of the phone's request, and the whole.",
            [phone]),
        .init(
            "flip_everywhere", "Sends the phone's request with each bit turned, one by one.",
            [phone]),
        .init(
            "send_bytes", "Sends what is no request.",
            [
                .init("driver", .code, required: true, "Whose credential."),
                .init("hex", .text(.hex), "These bytes; or …"),
                .init("text", .anyText, "… these; or …"),
                .init("zeros", .whole, "… so many zeros."),
            ]),
        .init("look", "Looks at what the hub holds of a stop.", [stop]),
        .init("quarantine", "Looks at what the hub keeps without applying it.", []),
        .init(
            "unzip", "Unpacks gzip of zeros as the HTTP layer would.",
            [.init("zeros", .whole, required: true, "How many.")]),
    ]

    private static let phone = Shape.Key("phone", .code, required: true, "The phone's name.")
    private static let stop = Shape.Key("stop", .code, required: true, "The stop's code.")
    private static let fields = Shape.table(.either([.null, .flag, .whole, .anyText]), atLeast: 1)
    private static let changeset: [Shape.Key] = [
        .init("facts", .list(fact), "What it records; or …"),
        .init("set", fields, "… one plan field that it writes; or …"),
        .init("core", .text(.hex), "… these bytes behind the stop's id; or …"),
        .init("personal", .text(.hex), "Behind a salt, with `core`."),
        .init("nested", .whole, "… so many groups one in the other."),
        .init("times", .whole, "All of it so often. Default: 1."),
        .init("author", .anyText, "Default: the phone's driver."),
        .init("author_hex", .text(.hex), "The same as bytes."),
        .init("author_bytes", .whole, "A name of so many bytes."),
        .init("id", .code, "Two of one id are one change. Default: a new one."),
        .init("context", .anyText, "What it claims to have seen: “hub:1 D1:3”. Default: nothing."),
        .init("counter", .counter, "Default: the next of the phone's chain."),
        .init("forgets_previous", .flag, "Chained to nothing. Default: false."),
    ]
    private static let fact = Shape.either([
        .word(["arrived", "stop_added"]),
        .object(
            [
                .init("handed_over", .whole, "So many cylinders …"),
                .init("product", .anyText, "… of this product. Default: 20kg."),
                .init("cash_cents", .whole), .init("note", .anyText), .init("note_bytes", .whole),
            ], atLeast: 1),
    ])
    private static let request: [Shape.Key] = [
        .init("driver", .code, "Whose credential. Default: the phone's driver."),
        .init("depot", .code, "Of the credential. Default: taitung."),
        .init("replica", .code, "In whose name; “hub”: the hub's own. Default: the phone's."),
        .init("head", .counter, "The head it states. Default: its chain's."),
        .init("only", .list(.whole), "These of its chain, from 1. Default: those not receipted."),
        .init("times", .whole, "How often. Default: 1."),
        .init("answer_lost", .flag, "The phone takes no notice. Default: false."),
        .init(
            "stands_at",
            .either([
                .word(["nothing"]),
                .object(
                    [
                        .init("other_history", .flag), .init("depot", .code),
                        .init("sequence", .counter), .init("other_tag", .flag),
                    ], atLeast: 1),
            ]), "A checkpoint that is not its own."),
    ]

    /// Of any step: what each shows stands at the code that plays it.
    static let seen: [Shape.Key] = [
        .init(
            "status", .either([.null, .whole, .anyText]), "Of a call: HTTP's. Of a stop: its own."),
        .init("code", .either([.null, .code]), "The refusal's word."),
        .init("direction", .either([.null, .anyText]), "What the device is to do next."),
        .init("receipts", .list(.anyText), "Counters and result."),
        .init("page", .either([.null, .list(.anyText)]), "The stops in it."),
        .init("leaves", .either([.null, .list(.anyText)]), "The stops it takes away."),
        .init("hub_changed", .flag, "Anything that anybody could see."),
        .init("written", .flag),
        .init("answered", .whole),
        .init("changed_by_a_refused_one", .whole),
        .init("exists", .flag), .init("facts", .count, "Without reviews."),
        .init("handed_over", .count), .init("cash_cents", .whole), .init("reviews", .count),
        .init("note_siblings", .list(.anyText)), .init("note", .either([.null, .anyText])),
        .init("changesets", .list(.anyText), "Dot and reason."), .init("bytes_kept", .flag),
        .init("outcome", .word(["unpacked", "malformed", "too_large", "ratio_too_high"])),
        .init("bytes", .either([.null, .whole])),
    ]
}
