internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

/// The change ids of one request: 96 random bits that the client drew, and a count (L1).
struct OfficeIDs: Hashable, Sendable {
    private let high: UInt64
    private let middle: UInt64

    /// - Parameter hex: exactly 24 hexadecimal digits.
    init(_ hex: String) throws(HubRefusal) {
        guard let bytes = [UInt8](hex: hex), bytes.count == 12,
            let id = ChangeID(bytes: bytes + [0, 0, 0, 0])
        else { throw .badRequest("The id must be 24 hexadecimal digits: 96 random bits.") }
        high = id.high
        middle = id.low
    }

    subscript(count: UInt32) -> ChangeID { ChangeID(high: high, low: middle | UInt64(count)) }
}

extension VersionVector {
    /// As `plan-show` states it.
    var base64: String { Data(rowBytes).base64EncodedString() }

    /// - Parameter base64: ``rowBytes`` of at most ``Bounds/vectorEntries``.
    init(base64: String) throws(HubRefusal) {
        let refusal = HubRefusal(
            status: 400, code: "bad_context", message: "The context is not one of plan show.")
        let entryBytes = 20
        guard base64.utf8.count <= Bounds.vectorEntries * entryBytes * 4 / 3 + 4,
            let data = Data(base64Encoded: base64)
        else { throw refusal }
        do { try self.init(rowBytes: Array(data)) } catch { throw refusal }
    }
}
