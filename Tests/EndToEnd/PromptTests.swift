import Foundation
import TestSupport
import Testing

/// What is typed and shown at a prompt: counts and days.
struct PromptTests {
    private struct Added: Decodable {
        struct Stop: Decodable { var delivered: [String: Int] }

        var stop: Stop
    }

    @Test(
        "Two products in one option, or each in its own",
        arguments: [
            ["--delivered", "20kg=2,16kg=1"], ["--delivered", "20kg=2，16kg=1"],
            ["--delivered", "20kg=2", "--delivered", "16kg=1"],
        ])
    func counts(_ arguments: [String]) async throws {
        let phone = try await LonePhone()
        let run = try await phone.run(["stop", "add", "--customer", "甲", "--json"] + arguments)
        #expect(run.status == 0, "\(run.errors)")
        #expect(
            try HubJSON.read(run.output, as: Added.self).stop.delivered == ["20kg": 2, "16kg": 1])
    }

    @Test("A count that is none is named, and how to write it")
    func badCount() async throws {
        let phone = try await LonePhone()
        for (found, named) in [
            ("20kg=2,x=1", "x=1"), ("20kg=2;16kg=1", "2;16kg=1"), ("20kg", "20kg"),
        ] {
            let run = try await phone.lucky("stop", "complete", "1", "--delivered", found)
            #expect(run.status == 64)
            #expect(
                run.errors.contains("--delivered") && run.errors.contains(named), "\(run.errors)")
        }
    }

    @Test("A count beyond the day's plan and a drop beyond the box are saved, and said")
    func odd() async throws {
        let phone = try await LonePhone()
        try await phone.done("shift", "in", "--float", "500")
        try await phone.addStop("X1")
        let day = ["--date", LonePhone.date]
        let fine = try await phone.run(["stop", "correct", "X1", "--delivered", "20kg=3"] + day)
        #expect(fine.status == 0 && fine.errors.isEmpty, "\(fine.errors)")
        let many = ["stop", "correct", "X1", "--delivered", "50kg=1000"] + day
        let text = try await phone.run(many)
        #expect(text.status == 0 && text.errors.hasPrefix("⚠ 1000 of 50 kg"), "\(text.errors)")
        let json = try await phone.run(many + ["--json"])
        #expect(json.output.contains(#""warnings":["count_beyond_plan"]"#), "\(json.output)")
        #expect(try CommandSchema.faults(of: String(json.output.dropLast()), "stop-correct") == [])

        let drop = try await phone.run(["shift", "drop", "500"])
        #expect(drop.status == 0 && drop.errors.isEmpty, "\(drop.errors)")
        let beyond = try await phone.run(["shift", "drop", "9000"])
        #expect(beyond.status == 0 && beyond.errors.hasPrefix("⚠ More"), "\(beyond.errors)")
        let again = try await phone.run(["shift", "drop", "1", "--json"])
        #expect(again.output.contains(#""warnings":["drop_beyond_box"]"#), "\(again.output)")
    }

    @Test("A change by how its id begins, in both languages; an unknown one is refused")
    func change() async throws {
        let phone = try await LonePhone()
        try await phone.addStop("X1")
        let id = "0123456789abcdef0123456789abcdef"
        try await phone.done("stop", "note", "X1", "門口有狗", "--id", id, "--date", LonePhone.date)
        let english = try await phone.done("outbox", "show", "0123456")
        for word in [id, "on this phone only", "drv-01 · driver", "門口有狗", "having seen"] {
            #expect(english.contains(word), "\(word): \(english)")
        }
        let chinese = try await phone.run(
            ["inspect", "change", id], environment: ["LANG": "zh_TW.UTF-8"])
        #expect(chinese.status == 0 && chinese.output.contains("只在這支手機"), "\(chinese)")
        for verb in [["outbox", "show", String(id.dropLast()) + "0"], ["inspect", "change", "門"]] {
            let none = try await phone.run(verb)
            #expect(none.status == 3 && none.output.isEmpty, "\(none)")
        }
    }

    @Test("How full the disk is: as `df` says")
    func disk() async throws {
        let phone = try await LonePhone()
        let df = try await Command.run("df", ["--output=pcent", phone.folder.url.path])
        let theirs = try #require(Int(df.output.filter(\.isNumber)))
        struct Status: Decodable { var diskUsedPercent: Int }
        let mine = try HubJSON.read(try await phone.done("status", "--json"), as: Status.self)
        // It rounds up, we do down; other tests write meanwhile.
        #expect(abs(mine.diskUsedPercent - theirs) <= 1, "\(mine) \(df.output)")
    }

    @Test("Days of the Republic are shown where asked for, understood always, and judged")
    func republic() async throws {
        let phone = try await LonePhone()
        let words = try await phone.run(
            ["today", "--date", "115/11/26", "--roc"], environment: ["LANG": "zh_TW.UTF-8"])
        #expect(words.output.hasPrefix("民國115年11月26日（四）"), "\(words.output)")
        let english = try await phone.done("today", "--date", "1151126", "--roc")
        #expect(english.hasPrefix("Thu ROC 115/11/26"), "\(english)")
        let plain = try await phone.done("today", "--date", "115-11-26")
        #expect(plain.hasPrefix("Thu 2026-11-26"), "\(plain)")
        let route = try await phone.done("route", "show", "--date", "115-11-26", "--roc")
        #expect(route.contains("115/11/26"), "\(route)")
        // Machines get one calendar.
        let json = try await phone.done("today", "--date", "115-11-26", "--roc", "--json")
        #expect(json.contains(#""date":"2026-11-26""#), "\(json)")
        for bad in ["115/2/29", "115/13/1", "0/1/1"] {
            let run = try await phone.lucky("today", "--date", bad)
            #expect(run.status == 64 && run.errors.contains("“\(bad)”"), "\(run.errors)")
        }
    }
}
