internal import Dispatch
internal import LuckyModel
internal import LuckyStore

/// Keeps the one way to the store: all steps run one after the other, on a queue of their own.
///
/// An app holds the store, and with it the lease, as long as it is open. A command opens it for each
/// step and gives it back, so that a tap at a second prompt just works, and two writers never have
/// the file open.
actor StoreKeeper {
    private let path: String
    private let driver: Identifier
    private let marks: String?
    private let holding: Driver.Holding
    private let leaseWaitMilliseconds: Int
    private let queue = SerialQueue(label: "lucky.store")
    private var held: ReplicaStore?
    /// Of the last read, where the next one may use it too.
    private var reader: ReplicaStore?
    private var isClosed = false

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    init(
        path: String, driver: Identifier, marks: String?, holding: Driver.Holding,
        leaseWaitMilliseconds: Int
    ) async throws(StoreError) {
        self.path = path
        self.driver = driver
        self.marks = marks
        self.holding = holding
        self.leaseWaitMilliseconds = leaseWaitMilliseconds
        switch holding {
        case .whileOpen:
            held = try ReplicaStore.open(
                at: path, as: driver, leaseWaitMilliseconds: leaseWaitMilliseconds,
                marks: marks)
        case .eachStep: try ReplicaStore.openForReading(at: path, as: driver, marks: marks).close()
        case .eachWrite:
            reader = try ReplicaStore.openForReading(at: path, as: driver, marks: marks)
        }
    }

    /// One step that may write.
    func write<T>(
        _ step: @Sendable (ReplicaStore) throws(StoreError) -> T
    ) throws(StoreError) -> T {
        if isClosed { throw .closed }
        if let held { return try step(held) }
        dropReader()
        let store = try ReplicaStore.open(
            at: path, as: driver, leaseWaitMilliseconds: leaseWaitMilliseconds,
            marks: marks)
        defer { store.close() }
        return try step(store)
    }

    /// One step that only reads: takes no lease.
    func read<T>(
        _ step: @Sendable (ReplicaStore) throws(StoreError) -> T
    ) throws(StoreError) -> T {
        if isClosed { throw .closed }
        if let held { return try step(held) }
        if let reader, reader.isAsOpened { return try step(reader) }
        dropReader()
        let store = try ReplicaStore.openForReading(at: path, as: driver, marks: marks)
        if holding == .eachWrite { reader = store }
        defer { if holding != .eachWrite { store.close() } }
        return try step(store)
    }

    private func dropReader() {
        reader?.close()
        reader = nil
    }

    func close() {
        dropReader()
        held?.close()
        held = nil
        isClosed = true
    }
}

/// A serial executor on a queue: the store blocks on the disk, and that must not hold up the
/// process's shared threads.
private final class SerialQueue: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label, qos: .userInitiated) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let executor = asUnownedSerialExecutor()
        queue.async { job.runSynchronously(on: executor) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }
}
