internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// A case of kind *codec*: bytes that are read, written again, or refused, with nothing around
/// them.
struct CodecCase {
    enum Step {
        /// Reads bytes in a form.
        case read([UInt8], SampleBytes.Form)
        /// Reads the bytes cut off at every byte, and whole.
        case cutEverywhere([UInt8], SampleBytes.Form)
        /// Reads the bytes with each of their bits turned, one at a time.
        case flipEverywhere([UInt8], SampleBytes.Form)
        /// Writes a plan value as a change and reads it again.
        case value(PlanField, PlanValue)
        /// Compares and sorts names as ids are (L10).
        case names([String])
        /// Reads a plan file.
        case planFile([UInt8])
        /// Unpacks gzip within bounds.
        case gunzip([UInt8], maximumBytes: Int, maximumRatio: Int)
    }

    var steps: [NamedStep<Step>]

    /// What each step showed, by its name.
    func play() -> CaseValue {
        .object(steps.map { CaseMember(key: $0.name, value: Self.play($0.step)) })
    }

    private static func play(_ step: Step) -> CaseValue {
        switch step {
        case .read(let bytes, let form):
            let read = ReadBack(bytes, as: form)
            return [
                "outcome": .text(read.outcome),
                "same_bytes": read.sameBytes.map(CaseValue.flag) ?? .null,
                "says": .optional(read.says),
                "receipts": read.kept.map { .integer($0) } ?? .null,
            ]
        case .cutEverywhere(let bytes, let form):
            return reading((0..<bytes.count).map { Array(bytes.prefix($0)) }, of: bytes, form)
        case .flipEverywhere(let bytes, let form):
            return reading(
                (0..<bytes.count * 8).lazy.map { bit in
                    var flipped = bytes
                    flipped[bit / 8] ^= 1 << UInt8(bit % 8)
                    return flipped
                }, of: bytes, form)
        case .value(let field, let value): return roundTrip(field, value)
        case .names(let names):
            let sorted = names.map { Identifier($0) }.sorted()
            return [
                "distinct": .integer(Set(sorted).count),
                "sorted": .texts(sorted.map { scalars($0.utf8) }),
            ]
        case .planFile(let bytes): return planFile(bytes)
        case .gunzip(let bytes, let maximumBytes, let maximumRatio):
            do throws(GzipError) {
                let data = try Gzip.decompress(
                    Data(bytes), maximumBytes: maximumBytes, maximumRatio: maximumRatio)
                return ["outcome": "read", "bytes": .integer(data.count)]
            } catch {
                let word =
                    switch error {
                    case .malformed: "corrupt"
                    case .truncated: "truncated"
                    case .tooLarge: "too_large"
                    case .ratioTooHigh: "ratio_too_high"
                    }
                return ["outcome": .text(word), "bytes": .null]
            }
        }
    }

    /// - Parameter whole: what must be read, unlike the variants of it.
    private static func reading(
        _ variants: some Sequence<[UInt8]>, of whole: [UInt8], _ form: SampleBytes.Form
    ) -> CaseValue {
        var (read, receipts) = (0, 0)
        for bytes in variants {
            let result = ReadBack(bytes, as: form)
            if result.isRead { read += 1 } else { receipts = max(receipts, result.kept ?? 0) }
        }
        return [
            "whole_read": .flag(ReadBack(whole, as: form).isRead), "others_read": .integer(read),
            "most_receipts_of_others": .integer(receipts),
        ]
    }

    private static func roundTrip(_ field: PlanField, _ value: PlanValue) -> CaseValue {
        let change = Change(SampleBytes.stop, .plan(field, value))
        let salt = [UInt8](repeating: 0, count: ChangeCodec.saltBytes)
        let encoded = ChangeCodec.encode(change) { salt }
        do throws(WireError) {
            let read = try ChangeCodec.decode(encoded)
            var shown = CaseValue.null
            if case .plan(_, let value) = read.body {
                switch value {
                case .text(let text): shown = .text(scalars(Array(text.utf8)))
                case .name(let name): shown = .text(scalars(name.utf8))
                case .integer(let number): shown = .integer(number)
                default: break
                }
            }
            return [
                "outcome": "read", "value": shown,
                "same_bytes": .flag(ChangeCodec.encode(read) { salt } == encoded),
            ]
        } catch {
            return ["outcome": .text(error.word), "value": .null, "same_bytes": .null]
        }
    }

    private static func planFile(_ bytes: [UInt8]) -> CaseValue {
        do throws(PlanFileError) {
            let file = try PlanFile.parse(bytes)
            return [
                "outcome": "read", "stops": .integer(file.rows.count),
                "rejected": .texts(file.rejected.map(\.reason.rawValue)),
                "unknown_columns": .texts(
                    file.warnings.map { scalars(Array($0.unknownColumn.utf8)) }),
            ]
        } catch {
            return [
                "outcome": "refused", "stops": .integer(0),
                "rejected": [.text(error.problem.reason.rawValue)], "unknown_columns": [],
            ]
        }
    }

    /// `U+9686 U+5C0F`: what the bytes say, so that no reader of a case can mistake one form of a
    /// text for another.
    static func scalars(_ utf8: [UInt8]) -> String {
        String(decoding: utf8, as: UTF8.self).unicodeScalars.map { scalar in
            let digits = String(scalar.value, radix: 16, uppercase: true)
            return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        }.joined(separator: " ")
    }
}
