internal import LuckyModel

/// Whether a request's changesets go packed: only to a hub that said that it reads them so, and not
/// for ever where that does not get through.
struct Packing: Sendable {
    private var isRead = false
    private var isRefused = false
    /// Whether the request under way is packed.
    private var isUnderWay = false

    /// A request begins.
    /// - Parameter failures: in a row, so far. While the breaker is open every other request goes
    ///   plainly: what stops a hub at a packed one must not hold a phone up (L20).
    /// - Returns: whether it may be packed.
    mutating func begin(after failures: Int, _ options: SyncOptions) -> Bool {
        let isOneInTwo = failures < options.breakerFailures || failures % 2 == 0
        isUnderWay = isRead && !isRefused && isOneInTwo
        return isUnderWay
    }

    /// What the hub said, where it said it.
    mutating func note(reads: Bool?) { isRead = reads ?? isRead }

    /// The hub's door said no to what it cannot read: if that was packed, nothing is any more.
    mutating func note(_ failure: ExchangeFailure) {
        guard case .refused(status: 400, _, _) = failure, isUnderWay else { return }
        isRefused = true
    }
}
