public import Foundation
internal import LuckyCausality
public import LuckyModel
public import LuckyStore
public import LuckySync
public import LuckyTransport

/// One driver's phone: the route, the taps, and what is safe where.
///
/// Everything works with no network. A tap is on disk when its call returns; ``run()`` carries it to
/// the depot, exactly once, whenever there is a link.
public final class Driver: Sendable {
    let keeper: StoreKeeper
    let environment: DriverEnvironment
    let changeIDs: ChangeIDSource
    let bell = Bell()
    let board: StatusBoard
    private let path: String
    private let transport: any Transport
    private let loops = LoopSlot()

    /// How the store is held.
    public enum Holding: Sendable {
        /// An app: the store stays open, and no other process may write to it meanwhile.
        case whileOpen
        /// A command that goes on: opened for each step and given back.
        case eachStep
        /// A command that is over at once: opened for each write and given back; what it reads, it
        /// reads by one connection, as long as the file is as it was.
        case eachWrite
    }

    /// How the hub is reached.
    public enum HubLink: Sendable {
        /// - Parameter token: asked for each exchange; it may change at any time.
        case http(URL, token: @Sendable () -> String)
        /// Another way to carry messages: tests and simulations.
        case transport(any Transport)
        /// Taps are saved; nothing is sent.
        case none
    }

    /// Creates the replica file of a driver on this device: once.
    /// - Parameters:
    ///   - path: of the file; its folder is created where it is missing.
    ///   - hub: remembered as text, so that later commands find it.
    ///   - marks: where it is kept which file is the original; nil: beside the file.
    public static func create(
        at path: String, for driver: Identifier, hub: URL?, marks: String? = marksFolder,
        environment: DriverEnvironment = .system
    ) throws(DeliveryError) {
        var random = environment.random
        do throws(StoreError) {
            try ReplicaStore.create(
                at: path,
                identity: NewReplica(
                    driver: driver, hub: hub?.absoluteString, using: &random),
                marks: marks)
        } catch {
            throw DeliveryError(error)
        }
    }

    /// Whose replica a file is.
    /// - Parameter marks: as it was created with.
    public static func identity(
        at path: String, marks: String? = marksFolder
    ) throws(DeliveryError) -> ReplicaIdentity {
        do throws(StoreError) {
            let store = try ReplicaStore.openForReading(at: path, as: nil, marks: marks)
            defer { store.close() }
            return store.identity
        } catch {
            throw DeliveryError(error)
        }
    }

    /// Where it is kept which file is the original, apart from the files, so that a copied folder
    /// or a restored backup is noticed when it is opened (L19): `$XDG_STATE_HOME/lucky-driver`,
    /// by default `~/.local/state/lucky-driver`. Leave it out of backups.
    public static var marksFolder: String {
        let environment = ProcessInfo.processInfo.environment
        let state =
            environment["XDG_STATE_HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? home + "/.local/state"
        return state + "/lucky-driver"
    }

    /// The user's folder, as a shell's `~`: `$HOME`, else what the system knows.
    public static var home: String {
        ProcessInfo.processInfo.environment["HOME"].flatMap { $0.isEmpty ? nil : $0 }
            ?? NSHomeDirectory()
    }

    /// Opens a driver's replica. Needs no network.
    /// - Parameter marks: as it was created with.
    /// - Throws: where the file is missing, damaged, another driver's, readable by others, or in use.
    public static func open(
        at path: String, as driver: Identifier, hub: HubLink,
        holding: Holding = .whileOpen, marks: String? = marksFolder,
        environment: DriverEnvironment = .system
    ) async throws(DeliveryError) -> Driver {
        do throws(StoreError) {
            let keeper = try await StoreKeeper(
                path: path, driver: driver, marks: marks,
                holding: holding, leaseWaitMilliseconds: 5_000)
            if case .http(let url, _) = hub {
                let address = url.absoluteString
                // As text it may be another, and yet the same.
                let known = try await keeper.read { $0.identity.hub }
                if known.flatMap({ URL(string: $0) })?.absoluteString != address {
                    try await keeper.write { store throws(StoreError) in
                        try store.save(hub: address)
                    }
                }
            }
            let board = try await StatusBoard(keeper)
            return Driver(
                path: path, keeper: keeper, board: board, hub: hub, environment: environment)
        } catch {
            throw DeliveryError(error)
        }
    }

    private init(
        path: String, keeper: StoreKeeper, board: StatusBoard, hub: HubLink,
        environment: DriverEnvironment
    ) {
        self.path = path
        self.keeper = keeper
        self.board = board
        self.environment = environment
        changeIDs = ChangeIDSource(environment.random)
        transport =
            switch hub {
            case .http(let url, let token): HTTPTransport(hub: url, token: token)
            case .transport(let transport): transport
            case .none: NoTransport()
            }
    }

    /// Where the hub is from the next ``open(at:as:hub:holding:environment:)`` on, for commands that
    /// read it from the store. What is saved, and what waits, stays.
    public func setHub(_ address: String) async throws(DeliveryError) {
        try await write { store throws(StoreError) in try store.save(hub: address) }
    }

    /// Closes the store. Pending changes stay in it.
    public func close() async {
        await keeper.close()
        board.finish()
        bell.finish()
    }
}

// Syncing.
extension Driver {
    /// Syncs until the task is cancelled: sends taps, fetches the office's changes, retries by
    /// itself, and holds a line open to hear news at once: about 15 requests an hour without any.
    /// - Parameter seconds: ask so often for news instead, and hold no line: what a system allows
    ///   that wakes its apps every half hour. Taps are sent at once all the same.
    /// - Throws: where another process already syncs this store.
    public func run(pollingEvery seconds: Int? = nil) async throws(DeliveryError) {
        var options = SyncOptions()
        if let seconds {
            options.pollMilliseconds = Int64(max(1, min(seconds, 86_400))) * 1_000
        } else {
            options.waitSeconds = Bounds.waitSeconds
        }
        try await sync(options, untilResting: false)
    }

    /// Syncs once: until all is received and fetched, or the first failure.
    @discardableResult
    public func syncOnce(verifying: Bool = false) async throws(DeliveryError) -> SyncStatus {
        try await sync(SyncOptions(), untilResting: true, first: verifying ? .verifyRequested : nil)
        return board.current
    }

    private func sync(
        _ options: SyncOptions, untilResting: Bool, first: SyncEvent? = nil
    ) async throws(DeliveryError) {
        let lock: PumpLock
        do throws(StoreError) {
            lock = try PumpLock(at: path)
        } catch {
            throw DeliveryError(error)
        }
        let (board, bell) = (board, bell)
        let loop = SyncLoop(
            options: options, keeper: keeper, transport: transport, environment: environment,
            onStatus: { status in
                board.post(status)
                bell.ring()
            })
        if let first { loop.tell(first) }
        loops.put(loop)
        defer { loops.take() }
        let watch = Task { await self.watchOtherWriters(loop) }
        defer { watch.cancel() }
        await loop.run(untilResting: untilResting)
        withExtendedLifetime(lock) {}
    }

    /// The system says that the network may have changed: end a wait.
    public func linkMayHaveChanged() { loops.tell(.linkHinted) }

    /// The token is another one now: end a wait for it.
    public func tokenChanged() { loops.tell(.tokenChanged) }

    func tapped(pending: Int) {
        board.saved(pending: pending)
        bell.ring()
        loops.tell(.tapped(pending: pending))
    }

    /// A tap at another prompt: noticed by the write-ahead log's size and time.
    private func watchOtherWriters(_ loop: SyncLoop) async {
        var last = writeMark()
        while !Task.isCancelled {
            await environment.rest(250)
            let mark = writeMark()
            guard mark != last else { continue }
            last = mark
            let pending = try? await keeper.read { store throws(StoreError) in
                try store.pendingCount()
            }
            if let pending, pending > 0 { loop.tell(.tapped(pending: pending)) }
            bell.ring()
        }
    }

    private func writeMark() -> [Int64] {
        [path, path + "-wal"].flatMap { file -> [Int64] in
            var status = stat()
            guard stat(file, &status) == 0 else { return [0] }
            return [
                Int64(status.st_size), Int64(status.st_mtim.tv_sec),
                Int64(status.st_mtim.tv_nsec),
            ]
        }
    }

    /// Tries to have everything received.
    /// - Returns: whether the outbox is empty.
    public func flush(within seconds: Int64) async -> Bool {
        loops.tell(.linkHinted)
        let deadline = environment.time().monotonicMilliseconds + seconds * 1_000
        while environment.time().monotonicMilliseconds < deadline {
            let pending = try? await status().pendingCount
            if pending == 0 { return true }
            await environment.rest(100)
        }
        return false
    }
}

/// Says that there is no link, at once.
private struct NoTransport: Transport {
    func exchange(_ body: Data, waitSeconds: Int) async -> ExchangeOutcome {
        .failed(.offline("no hub was named"))
    }
}
