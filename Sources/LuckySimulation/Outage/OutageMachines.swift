internal import LuckyModel

/// What the hubs of a city stand on: each depot's process on one of the machines, evenly.
package struct OutageMachines: Sendable {
    package var machines = 1
    /// Of each machine.
    package var cores = 2
    /// What a request costs a processor beside the hub's own call: HTTP, the token, gzip.
    package var requestNanoseconds: Int64 = 0
    /// What it costs a processor more where something is written: files of a system, not simulated.
    package var writeNanoseconds: Int64 = 0
    /// The same of a look at a waiting line, which is only another call of the hub.
    package var ringNanoseconds: Int64 = 0
    /// How long a machine's disk takes for a sync; one after the other.
    package var syncNanoseconds: Int64 = 0
    /// Bytes that it takes meanwhile in a second.
    package var diskBytesPerSecond = 500_000_000
    /// Bytes that its network takes in a second, both directions together.
    package var networkBytesPerSecond = 125_000_000
    /// Bytes of memory that it has, and that a depot's process has of them with all its lines held.
    package var memory = 24_000_000_000
    package var depotMemory = 0
    package var link = OutageSettings().link
    /// How long a phone waits for the first byte of an answer.
    package var patience = Int64(TransportLimits().firstByteSeconds) * 1_000_000_000
    /// After so long it is no longer looked at, nanoseconds.
    package var horizon: Int64 = 30 * 60 * 1_000_000_000

    package init() {}

    func diskTime(_ cost: OutageCost) -> Int64 {
        Int64(cost.syncs) * syncNanoseconds
            + Int64(cost.written) * 1_000_000_000 / Int64(diskBytesPerSecond)
    }

    /// One way of so many bytes between a phone and its hub.
    func way(_ bytes: Int) -> Int64 { link.time(for: bytes) * 1_000_000 }
}

/// What came of a city's return on its machines.
package struct OutageLoad: Sendable {
    /// When the last phone had its receipts, seconds after the return; nil: not within the horizon.
    package var drained: Double?
    /// When each request began its way, milliseconds after the return, in order.
    package var began: [Int64] = []
    /// When each phone had its last receipt, seconds after the return, in order.
    package var received: [Double] = []
    /// Those of the requests that were sent once more because no answer came in time, and the looks at
    /// waiting lines.
    package var repeats = 0
    package var rings = 0
    /// Answers that came when the phone had given up.
    package var late = 0
    /// The most requests that came to the hubs in one second.
    package var peak = 0
    /// From a request's arrival to its answer, seconds, sorted; those held for news not among them.
    package var waits: [Double] = []
    /// Seconds of work, of all machines: processor, disk; and bytes in both directions.
    package var processor = 0.0
    package var disk = 0.0
    package var bytes = 0
    package var written = 0
    package var syncs = 0

    /// - Parameter share: 0.5 is the median.
    package func wait(_ share: Double) -> Double { Self.value(at: share, of: waits) }

    /// When so many of the phones had their last receipt.
    package func received(_ share: Double) -> Double { Self.value(at: share, of: received) }

    private static func value(at share: Double, of sorted: [Double]) -> Double {
        sorted.isEmpty ? 0 : sorted[min(sorted.count - 1, Int(Double(sorted.count) * share))]
    }

    package var requests: Int { began.count }

    /// How many machines each resource asks for, if so many depots' work is to be done before a
    /// phone's patience is over: what asks for most is full first.
    package func needs(
        of depots: Int, on machines: OutageMachines
    ) -> [(resource: OutageResource, machines: Double)] {
        let seconds = Double(machines.patience) / 1e9
        let needs: [(OutageResource, Double)] = [
            (.processor, processor / Double(machines.cores) / seconds), (.disk, disk / seconds),
            (.network, Double(bytes) / Double(machines.networkBytesPerSecond) / seconds),
            (.memory, Double(depots) * Double(machines.depotMemory) / Double(machines.memory)),
        ]
        return needs.sorted { $0.1 > $1.1 }
    }
}

/// What a machine may run out of while all come back.
package enum OutageResource: String, Sendable { case processor, disk, network, memory }
