internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// What came of reading bytes in a form, by this build and with this build's bounds.
struct ReadBack {
    /// `read`, or the kind of ``WireError`` that named what is wrong.
    var outcome: String
    /// Written again, the bytes are those that were read; nil where they were not read.
    var sameBytes: Bool?
    /// The kind of thing it says, where the form has kinds.
    var says: String?
    /// What a cut left whole and usable: receipts of a response.
    var kept: Int?

    /// `outcome` alone: read, or why not.
    var isRead: Bool { outcome == "read" }

    init(_ bytes: [UInt8], as form: SampleBytes.Form) {
        outcome = "read"
        do throws(WireError) {
            try read(bytes, form)
        } catch {
            outcome = error.word
        }
    }

    private mutating func read(_ bytes: [UInt8], _ form: SampleBytes.Form) throws(WireError) {
        switch form {
        case .core:
            let encoded = EncodedChange(core: bytes, personal: nil)
            says = Self.word(of: try ChangeCodec.decode(encoded).body)
            sameBytes = encoded.core == bytes
        case .changeset:
            let changeset = try Changeset(reading: bytes)
            _ = try changeset.entities()
            sameBytes = changeset.bytes == bytes
        case .storedChange:
            let change = try PageChange(rowBytes: bytes)
            says = Self.word(of: try change.recorded().body)
            sameBytes = change.rowBytes() == bytes
        case .pagePart:
            let part = try EntityPart(rowBytes: bytes)
            sameBytes = part.rowBytes() == bytes
            _ = try part.state()
        case .receipt: sameBytes = try Receipt(rowBytes: bytes).rowBytes() == bytes
        case .vector: sameBytes = try VersionVector(rowBytes: bytes).rowBytes == bytes
        case .request: sameBytes = try SyncRequest(decoding: Data(bytes)).encoded() == Data(bytes)
        case .response:
            let response = try SyncResponse(decoding: Data(bytes))
            kept = response.receipts.count
            if let failure = response.failure { throw failure }
            sameBytes = response.encoded() == Data(bytes)
        }
    }

    private static func word(of body: Change.Body) -> String {
        switch body {
        case .fact(.unknown(let kind)): "unknown fact \(kind)"
        case .fact(let fact): fact.isDoorstep ? "doorstep fact" : "book fact"
        case .plan(let field, .unknown): "unknown value of \(field.word ?? "\(field.rawValue)")"
        case .plan(let field, _): "plan \(field.word ?? "field \(field.rawValue)")"
        }
    }
}

extension WireError {
    /// A stable word per kind of error.
    var word: String {
        switch self {
        case .truncated: "truncated"
        case .corrupt: "corrupt"
        case .invalid: "invalid"
        case .unsupported: "unsupported"
        }
    }
}
