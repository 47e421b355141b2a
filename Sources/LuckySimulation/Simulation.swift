public import LuckyCausality
internal import LuckyDriver
public import LuckyHub
public import LuckyModel
public import LuckyStore
public import LuckySync

/// Drivers and a hub in one process and one thread, on a simulated clock and simulated links: the
/// real store, the real sync machine, the real `perform`, the real hub.
///
/// The same seed gives the same run: all randomness comes from it, and events of one moment happen
/// in the order in which they were scheduled.
public final class Simulation {
    /// Unix milliseconds, advanced only by ``run(until:)``.
    public private(set) var now: Int64
    /// The real hub, which knows of no simulation.
    public let hub: Hub
    /// In the order added: the index is the phone's number.
    public private(set) var phones: [SimulatedPhone] = []
    private var random: SeededGenerator
    private var agenda: [Entry] = []
    private var scheduled: UInt64 = 0

    private struct Entry {
        var at: Int64
        var order: UInt64
        var phone: Int
        var event: SyncEvent
    }

    /// - Parameters:
    ///   - hub: in memory, or on a file.
    ///   - start: Unix milliseconds.
    public init(hub: Hub, start: Int64, seed: UInt64) {
        self.hub = hub
        now = start
        random = SeededGenerator(seed: seed)
    }

    /// Adds a driver's phone; its store is created at `path`.
    /// - Returns: its number, for the other calls.
    public func addPhone(
        of driver: Identifier, at path: String, options: SyncOptions = SyncOptions()
    ) throws(StoreError) -> Int {
        try ReplicaStore.create(at: path, identity: NewReplica(driver: driver, using: &random))
        let store = try ReplicaStore.open(at: path, as: driver, leaseWaitMilliseconds: 5_000)
        phones.append(
            SimulatedPhone(
                driver: driver, store: store,
                machine: SyncMachine(options: options, seed: random.next()),
                changeIDs: ChangeIDs(using: &random)))
        return phones.count - 1
    }

    /// The driver taps: saved on the phone before this returns.
    @discardableResult
    public func tap(
        _ phone: Int, on entity: EntityID,
        _ rule: (EntityState) throws(StopRefusal) -> [Fact]
    ) throws(StoreError) -> CommitResult {
        guard let id = phones[phone].changeIDs.next() else { throw .outOfBounds("change ids") }
        let result = try phones[phone].store.commit(
            id, on: entity, time: time, using: &random, rule)
        schedule(.tapped(pending: result.pending), for: phone)
        return result
    }

    /// Begins, or begins again, to sync.
    public func wake(_ phone: Int) throws(StoreError) {
        schedule(.started(try phones[phone].store.backlog(wall: now)), for: phone)
    }

    /// Changes the link from now on, and hints at it, as a phone's system does.
    public func setLink(_ phone: Int, _ link: SimulatedLink) {
        phones[phone].link = link
        schedule(.linkHinted, for: phone)
    }

    /// Lets things happen until nothing is scheduled before `end`, Unix milliseconds.
    public func run(until end: Int64) {
        while let index = nextIndex(), agenda[index].at <= end {
            let entry = agenda.remove(at: index)
            now = max(now, entry.at)
            deliver(entry.event, to: entry.phone)
        }
        now = max(now, end)
    }

    private func nextIndex() -> Int? {
        agenda.indices.min { (agenda[$0].at, agenda[$0].order) < (agenda[$1].at, agenda[$1].order) }
    }

    private var time: DeviceTime {
        DeviceTime(
            wallMilliseconds: now, monotonicMilliseconds: now, boot: BootID(high: 0, low: 1))
    }

    private func schedule(_ event: SyncEvent, for phone: Int, in milliseconds: Int64 = 0) {
        scheduled += 1
        agenda.append(
            Entry(at: now + milliseconds, order: scheduled, phone: phone, event: event))
    }

    private func deliver(_ event: SyncEvent, to phone: Int) {
        for effect in phones[phone].machine.handle(event, now: now) { carryOut(effect, phone) }
    }

    private func carryOut(_ effect: SyncEffect, _ phone: Int) {
        for event in perform(effect, on: phones[phone].store, at: time, using: &random) {
            schedule(event, for: phone)
        }
        switch effect {
        case .exchange(let body, let nonce, _):
            let link = phones[phone].link
            guard link.isUp else {
                let offline = SyncEvent.failed(.offline("no link"), nonce: nonce)
                return schedule(offline, for: phone, in: link.latency)
            }
            let credential = Credential(
                person: phones[phone].driver, depot: hub.depot, role: .driver)
            do throws(HubRefusal) {
                let answer = try hub.sync(body, as: credential, now: now + link.latency)
                if link.losesAnswers {
                    schedule(.failed(.timedOut, nonce: nonce), for: phone, in: 10_000)
                } else {
                    schedule(
                        .answered(answer.body, nonce: nonce), for: phone, in: 2 * link.latency)
                }
            } catch {
                let failure: ExchangeFailure =
                    error.status >= 500
                    ? .busy(status: error.status, retryAfterSeconds: nil)
                    : .refused(status: error.status, code: error.code, message: error.message)
                schedule(.failed(failure, nonce: nonce), for: phone, in: 2 * link.latency)
            }
        case .wake(let milliseconds):
            agenda.removeAll { $0.phone == phone && $0.event == .woke }
            schedule(.woke, for: phone, in: milliseconds)
        case .publish(let status): phones[phone].status = status
        case .prepare, .absorb, .saveRetry, .abandonExchange, .needToken: break
        }
    }
}

/// One phone of a simulation.
public struct SimulatedPhone {
    /// Whose phone it is.
    public let driver: Identifier
    /// The real store, on a file of its own.
    public let store: ReplicaStore
    /// What the sync machine last published; nil before it first did.
    public internal(set) var status: SyncStatus?
    /// Up, with the default latency, until ``Simulation/setLink(_:_:)``.
    public internal(set) var link = SimulatedLink()
    var machine: SyncMachine
    var changeIDs: ChangeIDs
}

/// The way between one phone and the hub.
public struct SimulatedLink: Hashable, Sendable {
    /// Whether requests get through; otherwise they fail after one latency.
    public var isUp: Bool
    /// One way, milliseconds.
    public var latency: Int64
    /// Requests reach the hub, answers never come back.
    public var losesAnswers: Bool

    /// A good link by default: up, 40 ms each way.
    public init(isUp: Bool = true, latency: Int64 = 40, losesAnswers: Bool = false) {
        self.isUp = isUp
        self.latency = latency
        self.losesAnswers = losesAnswers
    }
}

/// SplitMix64: small, fast, the same everywhere.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Any seed will do, 0 too.
    public init(seed: UInt64) { state = seed }

    /// 64 bits, each drawn from the state's next step.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }
}
