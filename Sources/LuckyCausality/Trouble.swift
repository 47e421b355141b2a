/// A state in which nothing is sent, because sending could lose or double something. Everything
/// stays on the phone and readable; the status says so.
public enum Trouble: Hashable, Sendable, Codable {
    /// The hub knows this replica's dots otherwise: a cloned phone or a restored backup (L18).
    case forked(lastCommon: UInt64)
    /// The hub's history is another one than this store follows: a restored or replaced hub (L26).
    case foreignHistory
    /// The file is a copy: the proof that lies beside it does not fit (L19).
    case copied

    /// A stable machine-readable word.
    public var code: String {
        switch self {
        case .forked: "forked"
        case .foreignHistory: "foreign_history"
        case .copied: "copied"
        }
    }
}
