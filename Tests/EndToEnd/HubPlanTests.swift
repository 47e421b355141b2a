import Foundation
import TestSupport
import Testing

/// A dispatcher edits a plan while the hub serves.
struct HubPlanTests {
    @Test(
        "Edits over HTTP: set, reassign, cancel, insert, resequence; each is shown with its state")
    func edits() async throws {
        let desk = try await Dispatcher()
        let set = try await desk.edited("set", "S1", "--window", "14:00-16:00", "--note", "狗兇")
        #expect(set.fields == ["window", "note"] && !set.isRepeat && set.concurrent.isEmpty)
        #expect(try await desk.edited("set", "S1", "--window", "14:00-16:00").changes.isEmpty)
        #expect(try await desk.edited("reassign", "S2", "--to", "drv-2").fields.contains("driver"))
        #expect(try await desk.edited("cancel", "S3", "--reason", "moved").fields == ["cancelled"])
        let insert = try await desk.edited(
            "insert", "--stop", "N1", "--route", "R2", "--sequence", "1", "--items", "20kg*1")
        #expect(insert.fields.contains("items"))
        let row = HubPlan.row("N2", 9).trimmingCharacters(in: .newlines)
        #expect(try await !desk.edited("insert", row).changes.isEmpty)
        #expect(try await desk.edited("resequence", "R2", "T2", "T1").fields == ["sequence"])
        #expect(
            try await desk.edited("set", "--route", "R1", "--vehicle", "V-9").fields == ["vehicle"])

        let plan = try await desk.plan()
        let stops = Dictionary(plan.stops.map { ($0.stop, $0) }, uniquingKeysWith: { $1 })
        #expect(plan.routes.map(\.code) == ["R1", "R2"])
        #expect(plan.routes.first?.vehicle == "V-9")
        #expect(plan.routes.last?.stops.map(\.stop) == ["T2", "T1", "N1", "S2"])
        #expect(stops["S1"]?.window == "14:00-16:00")
        #expect(stops["S2"]?.driver == "drv-2")
        #expect(stops["S3"]?.status == "cancelled" && stops["S3"]?.notes == ["moved"])
        let change = try #require(stops["S1"]?.changes.first { $0.fields.contains("note") })
        #expect(change.by == "boss" && change.receivedMs != nil && change.sentMs == nil)
        #expect(try await desk.edited("uncancel", "S3").fields == ["cancelled"])
        let reopen = try await desk.run("reopen", "S3")
        #expect(reopen.status == 3)
        #expect(try HubJSON.read(reopen.errors, as: HubJSON.Failed.self).code == "not_failed")
        #expect(await desk.hub.end() == 0)
    }

    @Test("Two who had not seen each other: both values are kept, and the second is told")
    func siblings() async throws {
        let desk = try await Dispatcher()
        let seen = try #require(try await desk.plan().stops.first { $0.stop == "S1" }).context
        _ = try await desk.edited("set", "S1", "--window", "09:00-11:00")
        let second = try await desk.edited(
            "set", "S1", "--window", "14:00-16:00", "--context", seen)
        #expect(second.concurrent == ["window"])
        let both = try #require(try await desk.plan().stops.first { $0.stop == "S1" }).concurrent
        #expect(both.map(\.field) == ["window"])
        #expect(
            Set(both.flatMap(\.values).map(\.value)) == ["09:00-11:00", "14:00-16:00"])
        // Who has seen both decides.
        #expect(try await desk.edited("set", "S1", "--window", "10:00-12:00").concurrent.isEmpty)
        let after = try #require(try await desk.plan().stops.first { $0.stop == "S1" })
        #expect(after.concurrent.isEmpty && after.window == "10:00-12:00")
        #expect(await desk.hub.end() == 0)
    }

    @Test("The same request id is the same edit")
    func repeated() async throws {
        let desk = try await Dispatcher()
        let id = String(repeating: "0a", count: 12)
        let first = try await desk.edited("set", "S1", "--note", "a", "--id", id)
        let second = try await desk.edited("set", "S1", "--note", "a", "--id", id)
        #expect(second.isRepeat && second.sequence == first.sequence)
        let other = try await desk.run("set", "S1", "--note", "b", "--id", id)
        #expect(other.status == 3)
        let refused = try HubJSON.read(other.errors, as: HubJSON.Failed.self)
        #expect(refused.code == "id_of_another_change")
        #expect(try await desk.plan().stops.first { $0.stop == "S1" }?.note == "a")
        #expect(await desk.hub.end() == 0)
    }

    @Test("What the door or the rules refuse has a code, an exit code and words in both languages")
    func refusals() async throws {
        let desk = try await Dispatcher()
        let unknown = try await desk.run("set", "S9", "--note", "x")
        #expect(unknown.status == 3)
        #expect(try HubJSON.read(unknown.errors, as: HubJSON.Failed.self).code == "unknown_stop")
        let words = try await desk.office.run(
            ["plan", "set", "S9", "--note", "x", "--lang", "zh-Hant"] + desk.way)
        #expect(words.errors.contains("沒有「S9」這一站"))
        let needs = try await desk.office.run(
            ["plan", "insert", "--stop", "T10", "--route", "R2", "--lang", "zh-Hant"] + desk.way)
        #expect(needs.status == 64 && needs.errors.contains("請寫 --sequence"))
        let neither = try await desk.office.run(["redact", "S1", "--lang", "zh-Hant"] + desk.way)
        #expect(neither.status == 64 && neither.errors.contains("其中一個"))
        let twice = try await desk.office.run(
            ["plan", "resequence", "R1", "S1", "S1", "--lang", "zh-Hant"] + desk.way)
        #expect(twice.status == 64 && twice.errors.contains("S1 寫了兩次"))
        let amount = try await desk.office.run(
            ["settle", "S1", "--due", "x", "--lang", "zh-Hant"] + desk.way)
        #expect(amount.status == 64 && amount.errors.contains("--due 要寫台幣金額"))
        let empty = try await desk.office.run(["note", "S1", "", "--lang", "zh-Hant"] + desk.way)
        #expect(empty.status == 64 && empty.errors.contains("1 到 16384 位元組"))
        let web = Array(desk.way.dropLast(2))
        let short = try await desk.office.run(
            ["review", "resolve", "a", "--outcome", "kept", "--lang", "zh-Hant"] + web)
        #expect(short.status == 64 && short.errors.contains("前 4 碼"))
        let folder = try await desk.office.run(
            ["plan", "import", "/", "--lang", "zh-Hant"] + web)
        #expect(folder.status == 64 && folder.errors.contains("是資料夾"))
        let cash = try await desk.office.run(
            ["correct", "S1", "--cash", "1900", "--reason", "x", "--lang", "zh-Hant"] + desk.way)
        #expect(cash.status == 3 && cash.errors.contains("`lucky-hub settle S1 --received"))
        let late = try await desk.run("set", "S1", "--window", "25:00-26:00")
        #expect(late.status == 64)

        let driver = try await desk.office.token("drv-1", role: "driver")
        let asDriver = try await desk.office.hub(
            "plan", "show", "--hub", desk.hub.ready.address, "--token-file", driver, "--json")
        #expect(asDriver.status == 3)
        let elsewhere = try await desk.office.token("spy", depot: "hualien")
        let other = try await desk.office.hub(
            "plan", "show", "--hub", desk.hub.ready.address, "--token-file", elsewhere)
        #expect(other.status == 3)
        let plain = try await desk.office.hub(
            "plan", "show", "--hub", "http://192.0.2.1", "--token-file", driver, "--json")
        #expect(plain.status == 3)
        #expect(try HubJSON.read(plain.errors, as: HubJSON.Failed.self).code == "insecure")
        #expect(await desk.hub.end() == 0)
        let gone = try await desk.run("show")
        #expect(gone.status == 4)
        #expect(try HubJSON.read(gone.errors, as: HubJSON.Failed.self).code == "offline")
    }

    @Test("A route that the office closed says its counts, is shown so, and an edit there warns")
    func closedRoute() async throws {
        let desk = try await Dispatcher()
        let chinese = ["--lang", "zh-Hant"] + desk.way
        let closed = try await desk.office.run(["plan", "close-route", "R1"] + chinese)
        #expect(closed.status == 0 && closed.output.contains("R1  3 站  待配送 3"))
        let shown = try await desk.office.run(["plan", "show"] + chinese)
        #expect(shown.output.contains("R1　drv-1　3 站 · boss 在 2"), "\(shown.output)")
        #expect(shown.output.contains("R2　drv-2　2 站\n"))
        let set = try await desk.office.run(["plan", "set", "S1", "--sequence", "2"] + chinese)
        #expect(set.status == 0 && set.errors.contains("⚠ 路線 R1 已由 boss 在"), "\(set.errors)")
        #expect(set.errors.contains("⚠ 第 S1 站和 S2 在路線 R1 的順序都是 2"), "\(set.errors)")
        #expect(await desk.hub.end() == 0)
    }

    @Test("Reports answer while the hub serves")
    func reports() async throws {
        let desk = try await Dispatcher()
        let web = Array(desk.way.dropLast(2))
        let report = try await desk.office.run(["report", "day"] + desk.way)
        #expect(report.status == 0 && report.output.contains("20 kg: ordered 10"))
        let reviews = try await desk.office.run(["review", "list"] + desk.way)
        #expect(reviews.status == 0 && reviews.output.contains("No open reviews"))
        let replicas = try await desk.office.run(["replicas", "--json"] + web)
        #expect(replicas.status == 0)
        #expect(replicas.output.contains(#""history":"\#(desk.hub.ready.history)""#))
        #expect(await desk.hub.end() == 0)
    }
}

/// A serving hub with a day's plan, and somebody of the office.
private struct Dispatcher {
    let office: HubOffice
    let hub: RunningHub
    /// Hub, token and day.
    let way: [String]

    init() async throws {
        office = try await HubOffice()
        hub = try await office.serve()
        way = [
            "--hub", hub.ready.address, "--token-file", try await office.token("boss"),
            "--date", HubPlan.date,
        ]
        let day = try office.file("day.csv", HubPlan.day.utf8)
        let result = try await office.run(["plan", "import", day] + way.dropLast(2))
        try #require(result.status == 0, "\(result.errors)")
    }

    func run(_ arguments: String...) async throws -> Command.Result {
        try await office.run(["plan"] + arguments + way + ["--json"])
    }

    func edited(_ arguments: String...) async throws -> HubJSON.Edited {
        let result = try await office.run(["plan"] + arguments + way + ["--json"])
        try #require(result.status == 0, "\(result.errors)")
        return try HubJSON.read(result.output)
    }

    func plan() async throws -> HubJSON.Plan {
        let result = try await run("show")
        try #require(result.status == 0, "\(result.errors)")
        return try HubJSON.read(result.output)
    }
}
