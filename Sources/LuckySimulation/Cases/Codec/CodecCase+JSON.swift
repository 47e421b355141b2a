internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

extension CodecCase {
    /// Reads a case's `steps`.
    init(steps: [CaseValue]) throws(CaseError) {
        self.steps = try NamedStep.all(steps, Self.step)
    }

    private static func step(
        _ verb: String, _ fields: inout CaseFields
    ) throws(CaseError) -> Step {
        switch verb {
        case "read":
            let form = try fields.form()
            return .read(try fields.bytes(), form)
        case "cut_everywhere":
            let form = try fields.form()
            return .cutEverywhere(try fields.bytes(), form)
        case "flip_everywhere":
            let form = try fields.form()
            return .flipEverywhere(try fields.bytes(), form)
        case "value":
            let field = try fields.field()
            return .value(field, try fields.planValue(field))
        case "names": return .names(try fields.texts("names"))
        case "plan_file": return .planFile(Array(try fields.text("text").utf8))
        case "gunzip":
            return .gunzip(
                try fields.bytes(), maximumBytes: try fields.number("most_bytes"),
                maximumRatio: try fields.number("most_ratio"))
        default: throw .noStep(verb, of: CodecPlayer.kind, at: fields.path("do"))
        }
    }
}

extension CaseFields {
    /// The most bytes that a case describes.
    private static let byteLimit = 64 << 20

    fileprivate mutating func form() throws(CaseError) -> SampleBytes.Form {
        let word = try text("as")
        guard let form = SampleBytes.Form(rawValue: word) else {
            throw .none(called: word, .nounForm, at: path("as"))
        }
        return form
    }

    /// `bytes`: one of `hex`, `sample`, `vector`, `zipped_zeros`; then `append`, `flip_bit`,
    /// `keep`.
    fileprivate mutating func bytes() throws(CaseError) -> [UInt8] {
        guard let value = value("bytes") else { throw CaseError(path("bytes"), .faultMissing) }
        var fields = try CaseFields(value, at: path("bytes"))
        var bytes = try fields.source()
        if let hex = try fields.optionalText("append") {
            bytes += try Self.hex(hex, at: fields.path("append"))
        }
        if let bit = try fields.optionalNumber("flip_bit", Int.self) {
            guard (0..<bytes.count * 8).contains(bit) else {
                throw CaseError(fields.path("flip_bit"), .faultNoBit)
            }
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        }
        if let count = try fields.optionalNumber("keep", Int.self) {
            guard (0...bytes.count).contains(count) else {
                throw CaseError(
                    fields.path("keep"), .faultBytes, ["count": "\(bytes.count)"])
            }
            bytes = Array(bytes.prefix(count))
        }
        try fields.end()
        return bytes
    }

    private mutating func source() throws(CaseError) -> [UInt8] {
        var sources: [[UInt8]] = []
        if let hex = try optionalText("hex") { sources.append(try Self.hex(hex, at: path("hex"))) }
        if let word = try optionalText("sample") {
            guard let form = SampleBytes.Form(rawValue: word) else {
                throw .none(called: word, .nounForm, at: path("sample"))
            }
            sources.append(try SampleBytes.bytes(of: form))
        }
        if let text = try optionalText("vector") {
            sources.append(
                try CaseNames.entries(text, at: path("vector")).flatMap {
                    $0.replica.bytes
                        + (0..<8).map { [counter = $0.counter] byte in
                            UInt8(truncatingIfNeeded: counter >> (8 * UInt64(byte)))
                        }
                })
        }
        if let count = try optionalNumber("zipped_zeros", Int.self) {
            guard (0...Self.byteLimit).contains(count) else {
                throw CaseError(
                    path("zipped_zeros"), .faultAtMost, ["most": "\(Self.byteLimit)"])
            }
            sources.append([UInt8](Gzip.compress(Data(count: count), level: 9)))
        }
        guard let bytes = sources.first, sources.count == 1 else {
            throw CaseError(place, .faultOneSource)
        }
        return bytes
    }

    private static func hex(_ text: String, at place: String) throws(CaseError) -> [UInt8] {
        guard let bytes = [UInt8](hex: text) else {
            throw CaseError(place, .faultHex)
        }
        return bytes
    }
}
