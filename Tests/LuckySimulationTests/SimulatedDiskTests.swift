import Foundation
import LuckyFiles
import LuckyModel
import LuckyStore
import Testing

@testable import LuckySimulation

/// What a power cut, a full disk and a failing one leave.
struct SimulatedDiskTests {
    private let disk = SimulatedDisk()
    private let files = SimulatedFiles()

    private func path(_ name: String) -> String { disk.path + "/" + name }

    private func write(_ text: String, to name: String, syncs: Bool) throws {
        let file = files.open(path(name), O_CREAT | O_RDWR)
        try #require(file >= 0)
        defer { files.close(file) }
        try files.writeAll(Array(text.utf8), to: file, name)
        if syncs { #expect(files.sync(file)) }
    }

    private func read(_ name: String) -> String? {
        files.contents(path(name)).map { String(decoding: $0, as: UTF8.self) }
    }

    @Test("A name is durable with its folder, bytes with their file; a kill takes neither")
    func twoImages() throws {
        try write("a", to: "synced", syncs: true)
        try files.syncWhole(disk.path)
        try write("b", to: "nameless", syncs: true)
        try write("bb", to: "synced", syncs: false)
        disk.kill()
        #expect(read("synced") == nil)
        disk.revive()
        #expect(read("synced") == "bb")
        #expect(read("nameless") == "b")
        let kept = disk.copy()
        kept.cutPower(.kept)
        kept.revive()
        #expect(kept.files == ["nameless", "synced"])
        disk.cutPower(.lost)
        disk.revive()
        #expect(disk.files == ["synced"])
        #expect(read("synced") == "a")
    }

    @Test("A replaced file is the old one or the new one, whole, wherever the power goes")
    func replaced() throws {
        let old = String(repeating: "o", count: 5_000)
        let new = String(repeating: "n", count: 7_000)
        try files.replace(path("f"), with: Array(old.utf8))
        var seen: Set<String> = []
        for call in 1...8 {
            for seed in 0..<8 as Range<UInt64> {
                let image = disk.copy()
                image.kill(atCall: call)
                let target = image.path + "/f"
                let isDone = (try? files.replace(target, with: Array(new.utf8))) != nil
                image.cutPower(.torn(seed: seed))
                image.revive()
                let bytes = try #require(files.contents(target))
                let text = String(decoding: bytes, as: UTF8.self)
                #expect(text == new || (text == old && !isDone), "call \(call), seed \(seed)")
                seen.insert(text)
            }
        }
        #expect(seen == [old, new])
    }

    @Test("What is torn is torn by 512 bytes, by the seed")
    func torn() throws {
        try write(String(repeating: "o", count: 4_096), to: "f", syncs: true)
        try files.syncWhole(disk.path)
        try write(String(repeating: "n", count: 4_096), to: "f", syncs: false)
        var images: Set<String> = []
        for seed in [1, 2, 1] as [UInt64] {
            let image = disk.copy()
            image.cutPower(.torn(seed: seed))
            image.revive()
            let bytes = try #require(files.contents(image.path + "/f"))
            for start in stride(from: 0, to: 4_096, by: 512) {
                #expect(Set(bytes[start..<start + 512]).count == 1)
            }
            images.insert(String(decoding: bytes, as: UTF8.self))
        }
        #expect(images.count == 2)
    }

    @Test("A sync that failed is lost for good, also when the next one succeeds")
    func failedSync() throws {
        try write("old", to: "f", syncs: true)
        try files.syncWhole(disk.path)
        let file = files.open(path("f"), O_RDWR)
        defer { files.close(file) }
        try files.writeAll(Array("new".utf8), to: file, "f")
        disk.fail(.sync, at: 1)
        #expect(!files.sync(file))
        #expect(files.sync(file))
        #expect(disk.strikes == 1)
        disk.cutPower(.lost)
        disk.revive()
        #expect(read("f") == "old")
    }

    @Test("A full disk takes nothing more until there is room")
    func full() throws {
        try write("1", to: "f", syncs: true)
        disk.setRoom(4_096)
        try write("2", to: "g", syncs: true)
        #expect(throws: FileFailure.self) { try write("3", to: "h", syncs: true) }
        #expect(files.unlink(path("g")))
        try write("3", to: "h", syncs: true)
    }

    @Test("A store finds all that it acknowledged after the power went")
    func store() throws {
        let world = World(start: FollowOneTapTests.start, seed: 5)
        let phone = try world.addDevice(
            "phone", of: "drv-01", at: world.addHub(depot: "TTT", inMemory: true))
        let replica = try #require(phone.store?.position().replica)
        world.cutPower(phone, .lost)
        #expect(phone.disk.isDead)
        try world.start(phone)
        #expect(try phone.store?.position().replica == replica)
        #expect(try phone.store?.verifyRows() == [])
        #expect(phone.disk.files.contains("replica.sqlite-wal"))
    }
}
