internal import LuckyModel

/// A place in a changeset that has a column of its own: a message's, then field numbers from the
/// outside in. Two places may share a number; then they share a column, at the reader as well.
struct PackedField: Hashable {
    let key: UInt64

    /// What stands in an envelope.
    static let name = Self(key: 1)
    static let verbatim = Self(key: 2)
    static let headerShape = Self(key: 3)
    static let changeCount = Self(key: 4)
    static let coreShape = Self(key: 5)
    static let personalShape = Self(key: 6)
    static let salt = Self(key: 7)
    static let contextEntity = Self(key: 8)
    static let contextVector = Self(key: 9)
    static let contextReplica = Self(key: 10)
    static let contextCounter = Self(key: 11)
    static let raw = Self(key: 12)
    static let counter = Self(key: 13)
    static let previous = Self(key: 14)
    static let core = Self(key: 16)
    static let header = Self(key: 17)
    static let personal = Self(key: 18)

    static let changeID = header.field(2)
    static let wall = header.field(4)
    static let monotonic = header.field(5)
    static let clock = header.field(7).field(1)
    static let logical = header.field(7).field(2)
    static let context = header.field(9)
    static let entity = core.field(1)
    static let planField = core.field(2).field(1)

    func field(_ number: UInt64) -> Self { Self(key: key &<< 7 ^ number) }

    /// The same place in a plan write: each plan field has its own columns.
    func of(planField: UInt64) -> Self { Self(key: key ^ planField &<< 48) }

    /// Whether a message stands here, as far as this build knows; what it takes for bytes comes back
    /// all the same. What a core says stands in one message, whatever its number.
    var isMessage: Bool {
        Self.messages.contains(self) || key >> 7 == Self.core.key && key & 127 > 1
    }

    private static let messages: Set<PackedField> = {
        let quantities: (PackedField) -> [PackedField] = { [$0, $0.field(1)] }
        let value: (PackedField) -> [PackedField] = {
            [$0, $0.field(7), $0.field(8)] + quantities($0.field(6))
        }
        let handover: (PackedField) -> [PackedField] = {
            [$0.field(6)] + quantities($0.field(1)) + quantities($0.field(2))
        }
        let correction = core.field(22)
        let replaced = [16, 17, 18, 19].map { correction.field($0) }
        let review = core.field(49)
        let other = [
            header.field(7), header.field(8), header.field(10), personal.field(7),
            correction.field(1), correction.field(2), review.field(3), review.field(5),
            review.field(6), review.field(6).field(1), core.field(50).field(3),
            core.field(51).field(1), core.field(52).field(3), core.field(53).field(1),
            core.field(53).field(7),
        ]
        return Set(
            value(core.field(2).field(2)) + value(personal.field(4)) + handover(core.field(17))
                + replaced + handover(correction.field(16)) + other)
    }()
}
