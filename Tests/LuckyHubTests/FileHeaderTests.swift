import Foundation
import GRDB
import LuckyModel
import TestSupport
import Testing

@testable import LuckyHub

@Suite("A file that is no hub's is told by its first bytes, and nothing is made beside it")
struct FileHeaderTests {
    private let folder: TemporaryFolder
    private var path: String { folder.path("driver.sqlite") }

    init() throws { folder = try TemporaryFolder() }

    /// As a phone's store says whose it is.
    private func phoneStore() throws {
        let queue = try DatabaseQueue(path: path)
        try queue.writeWithoutTransaction { db in
            try db.execute(sql: "PRAGMA journal_mode = WAL")
            try db.execute(sql: "PRAGMA application_id = 1280002393; CREATE TABLE meta (a)")
        }
        try queue.close()
    }

    private func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
    }

    @Test("Opened as a hub's, copied as one, put back over: refused, and the folder is as it was")
    func refused() throws {
        try phoneStore()
        let hub = folder.path("hub.sqlite")
        try Hub.open(at: hub, depot: "taitung", random: SystemRandomNumberGenerator()).close()
        let before = (try names(), try Data(contentsOf: URL(filePath: path)))
        for depot in ["taitung" as Identifier?, nil] {
            #expect(throws: HubOpenError.notAHub) {
                try Hub.open(at: path, depot: depot, random: SystemRandomNumberGenerator())
            }
        }
        let copy = folder.path("copy.sqlite")
        #expect(throws: HubBackupError.notAHub) { try Hub.backUp(path, to: copy) }
        #expect(throws: HubBackupError.notAHub) { try Hub.restore(path, to: hub, now: 1) }
        #expect(throws: HubBackupError.otherProgram) { try Hub.restore(hub, to: path, now: 1) }
        #expect(try names() == before.0)
        #expect(try Data(contentsOf: URL(filePath: path)) == before.1)
    }

    @Test("Text is no hub's; what is empty may become one; a hub's own opens again")
    func others() throws {
        let text = folder.path("day.csv")
        try Data("date,depot\n".utf8).write(to: URL(filePath: text))
        #expect(throws: HubOpenError.notAHub) {
            try Hub.open(at: text, depot: "taitung", random: SystemRandomNumberGenerator())
        }
        #expect(try names() == ["day.csv"])
        let empty = folder.path("empty.sqlite")
        try Data().write(to: URL(filePath: empty))
        for _ in 1...2 {
            try Hub.open(at: empty, depot: "taitung", random: SystemRandomNumberGenerator()).close()
        }
    }
}
