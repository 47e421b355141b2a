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
