import Dispatch
import Foundation
import LuckyModel
import LuckyStore
import TestSupport
import Testing

@testable import LuckyDriver

/// One step at a time, wherever it runs.
@Suite struct StoreKeeperTests {
    private static let onQueue = DispatchSpecificKey<Bool>()

    @Test("Taps, writes and reads from many tasks take turns")
    func manyAtOnce() async throws {
        let folder = try TemporaryFolder.inMemory()
        let keeper = try await Self.keeper(in: folder)
        let turns = Turns()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    for step in 0..<200 {
                        do {
                            switch step % 4 {
                            case 0: try await keeper.write { _ in turns.take() }
                            case 1: try await keeper.read { _ in turns.take() }
                            default:
                                try await keeper.tap({ _ in turns.take() }, wrote: { _ in true })
                            }
                        } catch {
                            Issue.record(error)
                        }
                    }
                }
            }
        }
        #expect(turns.count == 1_600)
        #expect(!turns.wereTakenTogether)
        await keeper.close()
    }

    @Test("A tap runs where it was asked for, until one took long")
    func slowDisk() async throws {
        let folder = try TemporaryFolder.inMemory()
        let keeper = try await Self.keeper(in: folder)
        keeper.queue.setSpecific(key: Self.onQueue, value: true)
        func tap(milliseconds: UInt32, writes: Bool = true) async throws -> Bool {
            try await keeper.tap(
                { _ in
                    usleep(milliseconds * 1_000)
                    return DispatchQueue.getSpecific(key: Self.onQueue) == true
                }, wrote: { _ in writes })
        }
        // Nothing is known of the disk yet.
        #expect(try await tap(milliseconds: 20))
        #expect(try await tap(milliseconds: 20))
        // What wrote nothing says nothing of it.
        for _ in 0..<3 { #expect(try await tap(milliseconds: 0, writes: false)) }
        let isWriteThere = try await keeper.write { _ in
            DispatchQueue.getSpecific(key: Self.onQueue) == true
        }
        #expect(isWriteThere)
        // A quick one, as soon as this machine gives it its turn, and the next is here.
        var isHere = false
        for _ in 0..<1_000 where !isHere { isHere = try await !tap(milliseconds: 0) }
        #expect(isHere)
        _ = try await tap(milliseconds: 20)
        #expect(try await tap(milliseconds: 20))
        await keeper.close()
        await #expect(throws: StoreError.closed) { try await tap(milliseconds: 0) }
    }

    @Test("Where the store is opened for each step, taps wait for it on its queue")
    func eachStep() async throws {
        let folder = try TemporaryFolder.inMemory()
        let keeper = try await Self.keeper(in: folder, holding: .eachStep)
        keeper.queue.setSpecific(key: Self.onQueue, value: true)
        for _ in 0..<3 {
            let isOnQueue = try await keeper.tap(
                { _ in DispatchQueue.getSpecific(key: Self.onQueue) == true }, wrote: { _ in true })
            #expect(isOnQueue)
        }
    }

    private static func keeper(
        in folder: TemporaryFolder, holding: Driver.Holding = .whileOpen
    ) async throws -> StoreKeeper {
        let path = folder.path("replica.sqlite")
        try Driver.create(at: path, for: "drv-01", hub: nil, marks: nil)
        return try await StoreKeeper(
            path: path, driver: "drv-01", marks: nil, holding: holding,
            leaseWaitMilliseconds: 2_000)
    }
}

/// Counts without a lock: where two take a turn together, it is seen.
private final class Turns: @unchecked Sendable {
    private var isTaken = false
    private(set) var count = 0
    private(set) var wereTakenTogether = false

    func take() {
        if isTaken { wereTakenTogether = true }
        isTaken = true
        count += 1
        usleep(20)
        isTaken = false
    }
}
