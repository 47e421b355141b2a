import Foundation
import LuckyDriver
import LuckyModel
import LuckyStore

/// The most memory that a driver's day takes, above an empty program: open, 60 stops with two taps
/// each and their screens, everything packed for the hub. Each in a process of its own.
struct DayMemoryRow: BenchRow {
    let name = "day_memory"
    let unit = "MB"
    let better = Better.lower
    let referenceName = "outbox by hand"
    let isShort = true

    func measure(_ workplace: Workplace) async throws -> Measurement {
        var result = Measurement()
        for round in 0..<min(workplace.rounds, 5) {
            let folder = try workplace.folder("memory-\(round)", on: .disk)
            var depot = Depot(try TaitungDay(), perRoute: Child.stops)
            _ = try depot.makeStore(in: folder, stops: 0..<Child.stops)
            let empty = try Child.peak("empty", folder)
            let byHand = try Child.peak("by-hand", folder)
            let ours = try Child.peak("day", folder)
            result.rounds.append(.init(ours: ours - empty, reference: max(0.1, byHand - empty)))
        }
        result.note = """
            above an empty program. What was tried and what is left: DeviceSpeed, beside the store's \
            sources
            """
        return result
    }
}
