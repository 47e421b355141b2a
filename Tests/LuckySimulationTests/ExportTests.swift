import Foundation
import LuckyFiles
import LuckyModel
import LuckyStore
import LuckyWire
import TestSupport
import Testing

@testable import LuckySimulation

/// From the field to a regression test: what a phone holds of a conflict becomes a case.
struct ExportTests {
    struct Exported {
        var id: String
        var text: String
        /// The digest of what it is about as the store's file has it, and the reviews there.
        var names: [String]
    }

    /// Plays one order of a case, writes what the phones' disks hold into real files, and exports
    /// from those what each phone holds: every review, and every stop and route that has none.
    private static func exports(of path: String) throws -> [Exported] {
        let file = try CaseRunner.read(path)
        guard let player = try file.player() as? ScenarioPlayer else { return [] }
        let run = try ScenarioRun(player, seed: 1, hubInMemory: true, order: [])
        _ = try run.play()
        let folder = try TemporaryFolder()
        var found: [Exported] = []
        for device in run.world.devices where device.store != nil {
            run.world.stop(device)
            let path = folder.path(device.name + ".sqlite")
            for suffix in ["", "-wal"] {
                let bytes = SimulatedFiles().contents(device.path + suffix)
                let isWritten = FileManager.default.createFile(
                    atPath: path + suffix, contents: bytes.map { Data($0) } ?? Data(),
                    attributes: [.posixPermissions: 0o600])
                try #require(isWritten)
            }
            found += try exports(ofFile: path)
        }
        return found
    }

    private static func exports(ofFile path: String) throws -> [Exported] {
        let store = try ReplicaStore.openForReading(at: path, as: nil, marks: nil)
        defer { store.close() }
        var found: [Exported] = []
        for id in try store.heldEntities() {
            guard let state = try store.state(of: id) else { continue }
            let reviews = RecordedView.reviews(of: state).keys.sorted()
            guard !reviews.isEmpty || [.stop, .route].contains(id.kind) else { continue }
            let digest = Digest.of(try #require(try store.held(id)).base.state()).hex
            let targets: [CaseExport.Target] =
                reviews.isEmpty ? [.entity(id)] : reviews.map { .review($0) }
            for target in targets {
                let (name, text) = try CaseExport.text(of: target, at: path)
                found.append(
                    Exported(id: name, text: text, names: [digest] + reviews.map(\.hex)))
            }
        }
        return found
    }

    @Test(
        "Each of the 30 scenarios, recorded from files and exported, comes to the same",
        arguments: ScenarioTable.rows)
    func allScenarios(_ row: ScenarioTable.Row) throws {
        let id = try #require(row.cases.first)
        let exported = try Self.exports(of: ScenarioTable.path(id))
        #expect(!exported.isEmpty)
        for export in exported {
            // The export was played once before it was handed out; here as anybody would.
            let folder = try TemporaryFolder()
            let path = folder.path("\(export.id).json")
            try Data(export.text.utf8).write(to: URL(fileURLWithPath: path))
            let result = CaseRunner.run(path, orders: 1)
            #expect(result.outcome == .pass, "\(row.number) \(export.id): \(result.reason)")
            // What passed is about what stood in the phone's file.
            for name in export.names { #expect(export.text.contains(name), "\(export.id) \(name)") }
        }
    }

    @Test("An exported case is about something: each value in it, changed, is seen")
    func isAboutSomething() throws {
        let exported = try Self.exports(of: ScenarioTable.path("delivered-after-cancel"))
        let text = try #require(exported.first?.text)
        let file = try CaseFile(Array(text.utf8), name: nil)
        let player = try file.player()
        var seen: Sighting?
        try player.play(orders: 1) {
            seen = $0
            return false
        }
        let sighting = try #require(seen)
        let changes = Comparison.perturbations(of: player.expected)
        #expect(changes.contains { $0.place.hasSuffix("digest") })
        #expect(changes.contains { $0.place.contains("reviews") })
        for change in changes {
            #expect(
                Comparison.difference(change.value, sighting.value, player.expectation) != nil,
                "\(change.place)")
        }
    }

    @Test("A changed byte of a change is another digest")
    func changedByte() throws {
        let exported = try Self.exports(of: ScenarioTable.path("delivered-after-cancel"))
        let text = try #require(exported.first?.text)
        let hash = try #require(text.range(of: "\"personal_hash\": \""))
        var changed = text
        let digit = text[hash.upperBound]
        changed.replaceSubrange(
            hash.upperBound...hash.upperBound, with: digit == "0" ? "1" : "0")
        let result = CaseRunner.run(text: changed)
        #expect(result.outcome == .fail)
        #expect(result.reason.contains("digest"))
    }

    @Test("Nobody is in an exported case, in no notation")
    func redacted() throws {
        let planted = [
            "林美惠", "0912-345-678", "台東市中山路128號", "後門請按鈴", "陳先生", "改送隔壁雜貨店", "門口有狗",
            "劉小姐", "0933-111-222", "22.7512345", "227512345", "121.1498765",
        ]
        // As the wire has it: zigzag, seven bits a byte.
        let places: [[UInt8]] = [Self.zigzag(227_512_345), Self.zigzag(1_211_498_765)]
        let texts = try Self.plantedExports()
        #expect(texts.count >= 2)
        for text in texts {
            for word in planted {
                for form in Self.notations(of: word) {
                    #expect(!text.contains(form), "\(word) as \(form)")
                }
            }
            for bytes in Self.hexRuns(in: text) {
                for word in planted {
                    #expect(!Self.holds(bytes, Array(word.utf8)), "\(word) in bytes")
                }
                for place in places { #expect(!Self.holds(bytes, place), "a place") }
            }
        }
    }

    private static func plantedExports() throws -> [String] {
        let text = """
            {"schema": "lucky-case/1", "id": "planted", "kind": "scenario", "title": "planted",
            "actors": {"a": {"is": "device", "driver": "drv-a"}, "mei": {"is": "office"}},
            "plan": [{"stop": "S1", "driver": "drv-a", "items": {"20kg": 2},
            "customer": "林美惠", "phone": "0912-345-678", "address": "台東市中山路128號",
            "note": "後門請按鈴"}],
            "steps": [{"do": "offline", "who": "a"},
            {"do": "handover", "who": "a", "stop": "S1", "delivered": {"20kg": 2},
            "recipient": "陳先生"},
            {"do": "cancel", "who": "mei", "stop": "S1", "note": "改送隔壁雜貨店"},
            {"do": "online", "who": "a"}, {"do": "sync", "who": "a"},
            {"do": "offline", "who": "a"},
            {"do": "add_stop", "who": "a", "stop": "X1", "delivered": {"20kg": 1},
            "customer": "劉小姐", "phone": "0933-111-222", "lat": "22.7512345",
            "lng": "121.1498765"},
            {"do": "note", "who": "a", "stop": "S1", "text": "門口有狗"},
            {"do": "suggest_address", "who": "a", "stop": "S1", "address": "台東市中山路128號"}],
            "expect": {"on": {"a": {"pending": 3}}}}
            """
        let folder = try TemporaryFolder()
        let path = folder.path("planted.json")
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return try exports(of: path).map(\.text)
    }

    private static func zigzag(_ value: Int64) -> [UInt8] {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        var bytes: [UInt8] = []
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        return bytes + [UInt8(rest)]
    }

    private static func notations(of word: String) -> [String] {
        let bytes = Array(word.utf8)
        let escaped = word.utf16.map { unit in
            let digits = String(unit, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
        var forms = [word, bytes.hex, bytes.hex.uppercased(), escaped.joined()]
        for shift in 0..<3 {
            // Base64 of the word at each place within three bytes, without the digits that also
            // hold a neighbour's bits.
            let padded = Data([UInt8](repeating: 0, count: shift) + bytes).base64EncodedString()
            forms.append(String(padded.dropFirst(shift == 0 ? 0 : 4).dropLast(4)))
        }
        return forms.filter { $0.utf8.count >= 6 }
    }

    private static func hexRuns(in text: String) -> [[UInt8]] {
        text.split { !$0.isHexDigit }.compactMap { [UInt8](hex: String($0)) }
            .filter { $0.count > 8 }
    }

    private static func holds(_ bytes: [UInt8], _ word: [UInt8]) -> Bool {
        guard bytes.count >= word.count else { return false }
        return (0...(bytes.count - word.count)).contains { start in
            bytes[start..<(start + word.count)].elementsEqual(word)
        }
    }
}
