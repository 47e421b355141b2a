internal import Foundation
public import LuckyHub
public import LuckyModel
public import LuckyStore
public import LuckySync

/// One device of a world: a driver's phone with its real store and its real sync machine.
public final class WorldDevice {
    /// Its name in the world.
    public let name: String
    /// Whose phone it is.
    public let driver: Identifier
    /// Nil while its process is not running, and after it was lost.
    public internal(set) var store: ReplicaStore?
    /// What the sync machine last published; nil before it first did.
    public internal(set) var status: SyncStatus?
    /// Up, with the default latency, until told otherwise.
    public internal(set) var link = WorldLink()
    /// How far its wall clock is ahead of the world's, milliseconds.
    public internal(set) var clockAhead: Int64 = 0
    /// The most that it was ever before, where that is known to count.
    var clockAheadMost: Int64 = 0
    /// What the build knows that its process runs, from its next start on.
    var knowledge = Knowledge()
    /// Whether it is gone for good.
    public internal(set) var isLost = false

    let hub: WorldHub
    /// What its process finds again, whatever became of it.
    public let disk: SimulatedDisk
    let options: SyncOptions
    var credential: Credential
    var machine: SyncMachine
    var changeIDs: ChangeIDs
    /// Counts its processes: what was meant for an earlier one is nobody's.
    var process = 0
    var boot: UInt64 = 1
    /// Whether exchanges wait, in flight, until somebody lets them land.
    var holdsMessages = false
    /// For the next exchanges, in order.
    var faults: [MessageFault] = []
    /// The exchange under way, where it is held.
    var flight: Flight?
    /// What is to happen to it.
    var agenda = Agenda()
    /// What its link suffers from; nil once that has struck an exchange, or there is nothing.
    var outage: FaultKind?
    /// What befell it and has met neither an exchange nor a tap yet.
    var unmet: [FaultKind] = []
    /// Strikes of its disk that are counted.
    var countedStrikes: [SimulatedDisk.Cause: UInt64] = [:]
    /// How its process is to end in one of its calls; nil: nothing waits, or without a word.
    var death: WorldDeath?
    /// Why the last exchange failed; nil after one that did not.
    var lastFailure: ExchangeFailure?

    static let file = "replica.sqlite"

    /// The store's file, on its disk.
    public var path: String { disk.path + "/" + Self.file }

    init(
        name: String, driver: Identifier, hub: WorldHub, disk: SimulatedDisk, options: SyncOptions,
        using random: inout SeededGenerator
    ) {
        self.name = name
        self.driver = driver
        self.hub = hub
        self.disk = disk
        self.options = options
        credential = Credential(person: driver, depot: hub.depot, role: .driver)
        machine = SyncMachine(options: options, seed: random.next())
        changeIDs = ChangeIDs(using: &random)
    }

    /// Whether its process runs.
    public var isRunning: Bool { store != nil }
}

/// One hub of a world: the real one, in memory or on a file.
public final class WorldHub {
    /// Its name in the world.
    public let name: String
    /// The depot whose changes it keeps.
    public let depot: Identifier
    /// What its process finds again; nil for one in memory.
    public internal(set) var disk: SimulatedDisk?
    /// Nil while its process is not running.
    public internal(set) var hub: Hub?
    /// The log's end when those who wait for news were last looked at.
    var rungAt: UInt64 = 0
    /// What befell it and has met no request yet.
    var unmet: [FaultKind] = []
    /// How its process is to end in one of its calls; nil: nothing waits, or without a word.
    var death: WorldDeath?

    static let file = "hub.sqlite"

    /// The hub's file, on its disk.
    var path: String? { disk.map { $0.path + "/" + Self.file } }

    init(name: String, depot: Identifier, disk: SimulatedDisk?) {
        self.name = name
        self.depot = depot
        self.disk = disk
    }
}

/// How a process ends in the middle of a call to its disk.
struct WorldDeath {
    /// In which of the calls that come, 1 the next.
    var call: Int
    /// What counts when it does.
    var kind: FaultKind
    /// The power goes with it, and this is what a cut leaves; nil: only the process.
    var cut: SimulatedDisk.PowerCut?
}

/// One exchange on its way: the request, and when the hub has taken it, the answer.
final class Flight {
    enum Stage {
        case request(Data)
        case answer(SyncEvent)
        case landed
    }

    /// The world keeps its devices, and they what is on its way to them.
    unowned let device: WorldDevice
    let process: Int
    let nonce: UInt64
    let fault: MessageFault?
    var stage: Stage
    var lateAnswer: Flight?
    /// How long the hub may keep a request for want of news, milliseconds.
    var wait: Int64 = 0
    /// When the device gives up.
    var deadline: Int64 = .max

    init(
        of device: WorldDevice, _ body: Data, nonce: UInt64, fault: MessageFault?
    ) {
        self.device = device
        process = device.process
        self.nonce = nonce
        self.fault = fault
        stage = .request(body)
    }

    /// The same request once more.
    func twin() -> Flight {
        let twin = Flight(of: device, Data(), nonce: nonce, fault: nil)
        twin.stage = stage
        return twin
    }

    /// Its true answer, which comes when the device has given up: in flight once the hub has the
    /// request.
    func late() -> Flight {
        let answer = Flight.nothing(of: device)
        lateAnswer = answer
        return answer
    }

    /// An exchange that did not come about.
    static func nothing(of device: WorldDevice) -> Flight {
        let flight = Flight(of: device, Data(), nonce: 0, fault: nil)
        flight.stage = .landed
        return flight
    }

    /// How many messages are still to land: the request and its answer, or one of them.
    var messages: Int {
        switch stage {
        case .request: fault == .requestLost ? 1 : 2
        case .answer: 1
        case .landed: 0
        }
    }
}
