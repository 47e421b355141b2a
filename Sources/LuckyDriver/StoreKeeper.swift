internal import Dispatch
internal import LuckyModel
internal import LuckyStore
internal import Synchronization

/// Keeps the one way to the store: one step at a time, each caller's in the order in which it asks.
///
/// Steps have a queue of their own: the store blocks on the disk, and that must not hold up the
/// process's shared threads. A tap runs at once where it was asked for, as long as nobody is at the
/// store and the disk is quick: to wake a thread, and to be woken again, may take as long as the tap.
///
/// An app holds the store, and with it the lease, as long as it is open. A command opens it for each
/// step and gives it back, so that a tap at a second prompt just works, and two writers never have
/// the file open.
final class StoreKeeper: Sendable {
    /// A tap that blocks a shared thread for longer is the last one that does, until taps are short
    /// again.
    static let quickNanoseconds: UInt64 = 1_000_000

    private let way: Mutex<Way>
    let queue = DispatchQueue(label: "lucky.store", qos: .userInitiated)

    init(
        path: String, driver: Identifier, marks: String?, holding: Driver.Holding,
        leaseWaitMilliseconds: Int
    ) async throws(StoreError) {
        way = Mutex(
            Way(
                path: path, driver: driver, marks: marks, holding: holding,
                leaseWaitMilliseconds: leaseWaitMilliseconds))
        try await enqueue { way throws(StoreError) in try way.begin() }
    }

    /// One step that may write.
    func write<T: Sendable>(
        _ step: @escaping @Sendable (ReplicaStore) throws(StoreError) -> T
    ) async throws(StoreError) -> T {
        try await enqueue { way throws(StoreError) in try way.write(step) }
    }

    /// One short step that writes; it may come before steps that others asked for earlier.
    /// - Parameter wrote: whether the disk was waited for: only then the time says how quick it is.
    func tap<T: Sendable>(
        _ step: @escaping @Sendable (ReplicaStore) throws(StoreError) -> T,
        wrote: @escaping @Sendable (T) -> Bool
    ) async throws(StoreError) -> T {
        let here = way.withLockIfAvailable { way in
            way.isQuick ? Result { () throws(StoreError) in try way.tap(step, wrote) } : nil
        }
        if case .some(.some(let result)) = here { return try result.get() }
        return try await enqueue { way throws(StoreError) in try way.tap(step, wrote) }
    }

    /// One step that only reads: takes no lease.
    func read<T: Sendable>(
        _ step: @escaping @Sendable (ReplicaStore) throws(StoreError) -> T
    ) async throws(StoreError) -> T {
        try await enqueue { way throws(StoreError) in try way.read(step) }
    }

    func close() async { await run { $0.close() } }

    private func enqueue<T: Sendable>(
        _ step: @escaping @Sendable (inout Way) throws(StoreError) -> T
    ) async throws(StoreError) -> T {
        try await run { way in Result { () throws(StoreError) in try step(&way) } }.get()
    }

    private func run<T: Sendable>(_ step: @escaping @Sendable (inout Way) -> T) async -> T {
        await withCheckedContinuation { continuation in
            queue.async {
                continuation.resume(returning: self.way.withLock { way in step(&way) })
            }
        }
    }
}

/// How the store is held now.
private struct Way {
    let path: String
    let driver: Identifier
    let marks: String?
    let holding: Driver.Holding
    let leaseWaitMilliseconds: Int
    private var held: ReplicaStore?
    /// Of the last read, where the next one may use it too.
    private var reader: ReplicaStore?
    private var isClosed = false
    /// Nothing is known of the disk before the first.
    private var wasQuick = false

    init(
        path: String, driver: Identifier, marks: String?, holding: Driver.Holding,
        leaseWaitMilliseconds: Int
    ) {
        self.path = path
        self.driver = driver
        self.marks = marks
        self.holding = holding
        self.leaseWaitMilliseconds = leaseWaitMilliseconds
    }

    mutating func begin() throws(StoreError) {
        switch holding {
        case .whileOpen: held = try open()
        case .eachStep: try openForReading().close()
        case .eachWrite: reader = try openForReading()
        }
    }

    /// Whether the next tap will be over soon, as far as the last one tells.
    var isQuick: Bool { held != nil && wasQuick }

    mutating func tap<T>(
        _ step: (ReplicaStore) throws(StoreError) -> T, _ wrote: (T) -> Bool
    ) throws(StoreError) -> T {
        let start = DispatchTime.now().uptimeNanoseconds
        var isDone = false
        defer {
            let took = DispatchTime.now().uptimeNanoseconds - start
            // What was refused, or saved before, says nothing of the disk unless it took long.
            wasQuick = took < StoreKeeper.quickNanoseconds && (isDone || wasQuick)
        }
        let result = try write(step)
        isDone = wrote(result)
        return result
    }

    mutating func write<T>(
        _ step: (ReplicaStore) throws(StoreError) -> T
    ) throws(StoreError) -> T {
        if isClosed { throw .closed }
        if let held { return try step(held) }
        dropReader()
        let store = try open()
        defer { store.close() }
        return try step(store)
    }

    mutating func read<T>(
        _ step: (ReplicaStore) throws(StoreError) -> T
    ) throws(StoreError) -> T {
        if isClosed { throw .closed }
        if let held { return try step(held) }
        if let reader, reader.isAsOpened { return try step(reader) }
        dropReader()
        let store = try openForReading()
        if holding == .eachWrite { reader = store }
        defer { if holding != .eachWrite { store.close() } }
        return try step(store)
    }

    mutating func close() {
        dropReader()
        held?.close()
        held = nil
        isClosed = true
    }

    private func open() throws(StoreError) -> ReplicaStore {
        try ReplicaStore.open(
            at: path, as: driver, leaseWaitMilliseconds: leaseWaitMilliseconds, marks: marks)
    }

    private func openForReading() throws(StoreError) -> ReplicaStore {
        try ReplicaStore.openForReading(at: path, as: driver, marks: marks)
    }

    private mutating func dropReader() {
        reader?.close()
        reader = nil
    }
}
