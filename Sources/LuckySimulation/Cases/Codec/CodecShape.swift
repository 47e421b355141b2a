internal import LuckyModel

// The steps of codec cases, and what they show.
enum CodecShape {
    static let steps: [Shape.Variant] = [
        .init("read", "Reads bytes, and writes them again.", [form, bytes]),
        .init(
            "cut_everywhere", "Reads every beginning of the bytes, and the whole.", [form, bytes]),
        .init(
            "flip_everywhere", "Reads the bytes with each bit turned, one by one.", [form, bytes]),
        .init(
            "value", "Writes a plan value as a change, and reads it.",
            [
                .init("field", .code, "The plan field. Default: note."),
                .init("value", .either([.null, .flag, .wide, .anyText]), required: true),
            ]),
        .init(
            "names", "Compares and sorts names as ids are.",
            [.init("names", .list(.anyText, atLeast: 1), required: true)]),
        .init(
            "plan_file", "Reads a plan file.",
            [.init("text", .anyText, required: true, "CSV or JSON.")]),
        .init(
            "gunzip", "Unpacks gzip within bounds.",
            [
                bytes, .init("most_bytes", .whole, required: true, "Unpacked."),
                .init("most_ratio", .whole, required: true, "Unpacked bytes for each packed one."),
            ]),
    ]

    private static let forms = SampleBytes.Form.allCases.map(\.rawValue)
    private static let form = Shape.Key(
        "as", .word(forms), required: true, "What they are read as.")
    private static let bytes = Shape.Key(
        "bytes",
        .object([
            .init("hex", .text(.hex), "These; or …"),
            .init("sample", .word(forms), "… a good one of this form; or …"),
            .init(
                "vector", .anyText, "… a vector's, as “D1:4 H:9”, well-formed or not; or …"),
            .init("zipped_zeros", .whole, "… gzip of so many zero bytes."),
            .init("append", .text(.hex), "Then with these behind them,"),
            .init("flip_bit", .whole, "then with this bit turned,"),
            .init("keep", .whole, "then only so many of them."),
        ]), required: true, "The bytes.")

    /// Of any step: what each shows stands at the code that plays it.
    static let seen: [Shape.Key] = [
        .init(
            "outcome",
            .word([
                "read", "truncated", "corrupt", "invalid", "unsupported", "refused", "too_large",
                "ratio_too_high",
            ])),
        .init("same_bytes", .either([.null, .flag]), "Written again, they are those read."),
        .init("says", .either([.null, .anyText]), "What a change is about."),
        .init("receipts", .either([.null, .count]), "Of a response, also of one cut behind them."),
        .init("whole_read", .flag), .init("others_read", .count, "How many cut or turned ones."),
        .init("most_receipts_of_others", .count, "Usable although the rest is lost."),
        .init("value", .either([.null, .whole, .anyText]), "Texts as their code points."),
        .init("distinct", .count), .init("sorted", .list(.anyText), "As code points."),
        .init("stops", .count), .init("rejected", .list(.code)),
        .init("unknown_columns", .list(.anyText), "As code points."),
        .init("bytes", .either([.null, .whole])),
    ]
}

extension Shape {
    /// A whole number of 64 bits, also one that no value of ours may have.
    fileprivate static let wide = Shape.integer(.min ... .max)
}
