import Foundation
import LuckyModel
import Testing

@testable import LuckySimulation
@testable import LuckyStore

/// A file of an older version on a disk that has no room for the new one (L16).
@Suite struct FullUpgradeTests {
    private let files = Files(SimulatedFiles())
    private let phone: Phone
    private let old: [UInt8]
    private let mark: [UInt8]

    init() throws {
        phone = try Phone.withRoute(stops: 3)
        try phone.complete(Phone.stop(1))
        phone.store.close()
        try OlderFormatTests.lay(phone.path, as: 4)
        mark = try #require(Files.system.read(phone.path + MarkPlace.suffix))
        old = [UInt8](try Data(contentsOf: URL(fileURLWithPath: phone.path)))
    }

    private func path(_ disk: SimulatedDisk) -> String { disk.path + "/replica.db" }

    private func open(_ disk: SimulatedDisk) throws(StoreError) -> ReplicaStore {
        try ReplicaStore.open(
            at: path(disk), as: Phone.driver, leaseWaitMilliseconds: 0, marks: nil,
            files: files.calls)
    }

    /// The old file, and so much kept free beside it.
    private func disk(ballast: Int) throws -> SimulatedDisk {
        let disk = SimulatedDisk()
        try files.replace(path(disk), with: old)
        try files.replace(path(disk) + MarkPlace.suffix, with: mark)
        if ballast > 0 { #expect(Ballast(beside: path(disk), files).make(ballast)) }
        return disk
    }

    private func kept(_ disk: SimulatedDisk) -> Int? { disk.size(of: "replica.db.ballast") }

    @Test("It goes into the room kept for such a day, and the next taps have theirs")
    func upgraded() throws {
        let disk = try disk(ballast: Bounds.ballastBytes)
        disk.setRoom(0)
        phone.store = try open(disk)
        #expect(kept(disk) == Bounds.tapBallastBytes)
        #expect(try phone.store.verifyRows() == [])
        #expect(try phone.pending == 1)
        // Somebody else takes what the upgrade left.
        disk.setRoom(0)
        #expect(throws: StoreError.diskFull) { try phone.store.savePhoto(Data([1])) }
        for _ in 0..<100 { try phone.note(String(repeating: "桶", count: 200), Phone.stop(2)) }
        #expect(kept(disk) == nil)
        #expect(try phone.pending == 101)
        // Room again: all of it is kept at the next start.
        disk.setRoom(nil)
        phone.store.close()
        phone.store = try open(disk)
        #expect(kept(disk) == Bounds.ballastBytes)
        #expect(try phone.store.verifyRows() == [])
    }

    @Test("What was lent comes back at the next start that has room")
    func givenBack() throws {
        let disk = try disk(ballast: Bounds.tapBallastBytes)
        disk.setRoom(Bounds.tapBallastBytes / 2)
        phone.store = try open(disk)
        #expect(kept(disk) == Bounds.tapBallastBytes)
        phone.store.close()
        disk.setRoom(nil)
        phone.store = try open(disk)
        #expect(kept(disk) == Bounds.ballastBytes)
    }

    @Test("However little room there is, it is refused by name with all as it was, or done whole")
    func swept() throws {
        for ballast in [0, Bounds.tapBallastBytes] {
            var refusals = 0
            for room in stride(from: 0, to: 2_000_000, by: 8_192) {
                let disk = try disk(ballast: ballast)
                disk.setRoom(room)
                do throws(StoreError) {
                    phone.store = try open(disk)
                } catch {
                    #expect(error == .diskFull, "room \(room)")
                    refusals += 1
                    #expect(kept(disk) ?? 0 == ballast)
                    disk.setRoom(nil)
                    phone.store = try open(disk)
                    #expect(kept(disk) == Bounds.ballastBytes)
                }
                #expect(try phone.store.verifyRows() == [], "room \(room)")
                #expect(try phone.pending == 1)
                #expect(try phone.stop(1)?.stop.status == .delivered)
                disk.setRoom(nil)
                try phone.complete(Phone.stop(2))
                phone.store.close()
            }
            // Rather than open nothing it takes all that was kept.
            #expect(ballast == 0 ? (1..<200).contains(refusals) : refusals == 0, "\(refusals)")
        }
    }
}
