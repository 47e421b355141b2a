internal import LuckyFiles

#if canImport(Glibc)
    internal import Glibc
#else
    internal import Darwin
#endif

/// The right to sync a replica: one pump per store, in whatever process (R3). Apart from the write
/// lease, which is only held for a step: taps go on while a pump runs. Ends with its process.
public final class PumpLock: Sendable {
    private let file: Int32

    /// - Parameter path: the replica's; the lock is on a file of its own beside it.
    /// - Throws: ``StoreError/pumpRunning`` where another pump has it.
    public init(at path: String) throws(StoreError) {
        let lock = path + ".pump"
        file = SystemFiles().open(lock, O_CREAT | O_RDWR)
        guard file >= 0 else { throw StoreError(SystemFiles().failure(lock)) }
        guard SystemFiles().lock(file) else {
            throw errno == EWOULDBLOCK ? .pumpRunning : StoreError(SystemFiles().failure(lock))
        }
    }

    deinit { close(file) }
}
