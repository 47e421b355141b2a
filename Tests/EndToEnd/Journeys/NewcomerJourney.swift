import Foundation
import TestSupport
import Testing

extension Journeys {
    @Test("What a newcomer gets wrong is said in plain words, with the right exit code")
    func newcomer() async throws {
        let depot = try await Depot(stops: 3)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]

        // A token looks like one; else nothing is created, and the old one stays.
        for text in ["hello", "a.b.c", "..", "eyJhIjoxfQ.eyJhIjoxfQ.eyJhIjoxfQ"] {
            let file = try depot.office.file("no-token", text.utf8)
            try await refused(phone, ["login", "--token-file", file], "not_a_token", 64)
            let fresh = Phone(
                driver: "drv-1", name: "x", db: depot.office.folder.path("x.sqlite"),
                ledger: depot.ledger)
            try await refused(
                fresh, ["init", "--driver", "drv-1", "--token-file", file], "not_a_token", 64)
            #expect(!FileManager.default.fileExists(atPath: fresh.db))
        }
        try await phone.sync()

        let folder = Phone(
            driver: "drv-1", name: "x", db: depot.office.folder.path(""), ledger: depot.ledger)
        try await refused(folder, ["status"], "not_a_file", 64)

        let long = String(repeating: "字", count: 6_000)
        try await refused(phone, ["stop", "note", "S1", long] + day, "text_too_long")
        try await refused(
            phone, ["stop", "suggest", "S1", "--address", "a\nb"] + day, "control_character")
        let photo = try depot.office.file("big.jpg", Data(count: 9 << 20))
        let big = try await refused(
            phone, ["stop", "complete", "S1", "--photo", photo] + day, "out_of_bounds")
        #expect(!big.contains("photo of"), "\(big)")
        #expect(try await phone.status().outbox.pending == 0)
    }

    @Test("The same id says the same, or nothing is recorded")
    func sameID() async throws {
        let depot = try await Depot(stops: 3)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        let taps: [(same: [String], other: [String])] = [
            (["stop", "arrive", "S1"], ["stop", "arrive", "S2"]),
            (
                ["stop", "complete", "S1", "--delivered", "20kg=2", "--cash", "1900"],
                ["stop", "complete", "S1", "--delivered", "20kg=2", "--cash", "900"]
            ),
            (
                ["stop", "correct", "S1", "--delivered", "20kg=1"],
                ["stop", "correct", "S1", "--delivered", "20kg=3"]
            ),
            (["stop", "complete", "S2"], ["stop", "complete", "S2", "--recipient", "陳太太"]),
            (
                ["stop", "fail", "S3", "--reason", "absent"],
                ["stop", "fail", "S3", "--reason", "absent", "--note", "門鈴壞了"]
            ),
            (["stop", "note", "S1", "a"], ["stop", "note", "S1", "b"]),
            (["stop", "meter", "S1", "1"], ["stop", "meter", "S1", "2"]),
            (
                ["stop", "add", "--customer", "陳", "--delivered", "16kg=1"],
                ["stop", "add", "--customer", "林", "--delivered", "16kg=1"]
            ),
        ]
        for (same, other) in taps {
            let id = Ledger.newID()
            let first = try await phone.run(same + day + ["--id", id])
            try #require(first.status == 0, "\(same): \(first.errors)")
            let pending = try await phone.status().outbox.pending
            let message = try await refused(
                phone, other + day + ["--id", id], "id_of_another_tap")
            #expect(message.contains(id))
            let again = try await phone.run(same + day + ["--id", id])
            #expect(try HubJSON.read(again.output, as: PhoneJSON.Tapped.self).isRepeat, "\(same)")
            #expect(try await phone.status().outbox.pending == pending)
        }
        // Also when the office has ordered otherwise since: what was left to the plan was said then.
        let id = Ledger.newID()
        let tap = ["stop", "complete", "X9", "--id", id] + day
        try await refused(phone, tap, "unknown_stop")
        try await phone.sync()
    }

    @Test("An unplanned stop takes nobody's name, and is called by its own")
    func namesOfStops() async throws {
        let depot = try await Depot(stops: 2)
        let phone = try await depot.phone("drv-1")
        let day = ["--date", HubPlan.date]
        let add = ["stop", "add", "--delivered", "16kg=1"] + day
        for code in ["S2", "2"] {
            try await refused(phone, add + ["--customer", "陳", "--code", code], "code_taken")
        }
        for code in ["", "  "] {
            try await refused(phone, add + ["--customer", "陳", "--code", code], "usage", 64)
            try await refused(phone, add + ["--customer", code], "usage", 64)
        }
        try await refused(phone, add + ["--customer", "陳\n太太"], "control_character")
        let id = Ledger.newID()
        for isRepeat in [false, true] {
            let added = try await phone.run(
                add + ["--customer", "陳太太", "--code", "巷口", "--id", id])
            try #require(added.status == 0, "\(added.errors)")
            #expect(
                try HubJSON.read(added.output, as: PhoneJSON.Tapped.self).isRepeat == isRepeat)
        }
        let outbox = try await words(phone, ["outbox", "list"])
        #expect(outbox.contains("  巷口 陳太太  "), "\(outbox)")
        let reviews = try await words(phone, ["review", "list"])
        #expect(reviews.contains("第 巷口 站"), "\(reviews)")
        let ofDay = try await phone.run(["review", "list"] + day)
        #expect(ofDay.output.contains(#""stop":"巷口""#), "\(ofDay.output)")
        try await phone.sync()
        let all = try await words(phone, ["review", "list", "--all"])
        #expect(all.hasPrefix("待審 1 件\n"), "\(all)")

        // The office gives the name away while the phone is offline: the tap stays what it was.
        let mine =
            add + ["--customer", "林先生", "--code", "後門", "--id", Ledger.newID()]
        #expect(try await phone.run(mine).status == 0)
        try await depot.plan(
            "insert", "--stop", "後門", "--route", "R1", "--sequence", "3", "--items",
            "20kg*1")
        try await phone.sync()
        let again = try await phone.run(mine)
        try #require(again.status == 0, "\(again.errors)")
        #expect(try HubJSON.read(again.output, as: PhoneJSON.Tapped.self).isRepeat)
    }

    private func words(_ phone: Phone, _ arguments: [String]) async throws -> String {
        let result = try await Command.run(
            Repository.program("lucky").path,
            arguments + ["--db", phone.db, "--lang", "zh-Hant"])
        try #require(result.status == 0, "\(result.errors)")
        return result.output
    }

    /// In both languages, one object, and not in the other's words.
    /// - Returns: the Chinese message.
    @discardableResult
    func refused(
        _ phone: Phone, _ arguments: [String], _ code: String, _ status: Int32 = 3
    ) async throws -> String {
        var message = ""
        for language in ["en", "zh-Hant"] {
            let result = try await phone.run(arguments + ["--lang", language])
            #expect(result.status == status, "\(arguments): \(result.output)\(result.errors)")
            let failed = try HubJSON.read(result.errors, as: HubJSON.Failed.self)
            #expect(failed.code == code, "\(arguments)")
            message = failed.message
        }
        let isChinese = message.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        #expect(isChinese, "\(message)")
        return message
    }
}
