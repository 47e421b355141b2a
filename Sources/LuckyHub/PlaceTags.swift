internal import LuckyModel
internal import LuckyWire

/// Makes the tags of a log's places (L22): 32 random bits, and 32 bits of a code over history, place
/// and those, under a key that never leaves the database.
///
/// So the hub knows a tag of its own also where the log has no such row: then the log was put back
/// to before it. Nobody without the key can make it believe so.
struct PlaceTags: Sendable {
    /// Over what all places have in common.
    private let begun: AuthenticationCode
    /// 32 bytes, minted with the database: its copies have it too, and all its histories.
    let key: [UInt8]

    init(history: HistoryID, key: [UInt8]) {
        var begun = AuthenticationCode(key: key)
        begun.add(Array("lucky-tag/1".utf8))
        begun.add(history.bytes)
        self.begun = begun
        self.key = key
    }

    /// A new tag for a place of the log.
    func tag(at sequence: UInt64, random: UInt64) -> UInt64 {
        let high = random & ~Self.codeBits
        return high | code(of: sequence, high)
    }

    /// Whether this hub gave this tag to this place, in this history.
    func isOwn(_ tag: UInt64, at sequence: UInt64) -> Bool {
        tag & Self.codeBits == code(of: sequence, tag & ~Self.codeBits)
    }

    private func code(of sequence: UInt64, _ high: UInt64) -> UInt64 {
        var code = begun
        code.add(Bits128<HistoryPurpose>(high: sequence, low: high).bytes)
        return code.value.first.high & Self.codeBits
    }

    private static let codeBits: UInt64 = 0xFFFF_FFFF
}
