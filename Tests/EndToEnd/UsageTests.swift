import Foundation
import TestSupport
import Testing

/// A call that is wrong is answered in the caller's language and shape, with exit 64.
struct UsageTests {
    private static let environment = [
        "LANG": "C", "LC_ALL": "", "LC_MESSAGES": "", "LUCKY_TOKEN": "", "LUCKY_DB": "",
    ]

    private struct Fault: Decodable {
        var code: String
        var exit: Int
        var hint: String
        var message: String
    }

    private func run(
        _ program: String, _ arguments: [String], environment: [String: String] = [:]
    ) async throws -> Command.Result {
        try await Command.run(
            Repository.program(program).path, arguments,
            environment: Self.environment.merging(environment) { $1 })
    }

    @Test(
        "ArgumentParser's faults and our own, in both languages",
        arguments: [
            (["stop", "arrive"], "<stop> is missing", "缺少 <stop>"),
            (
                ["stop", "foo", "--lang", "en"], "There is no command “foo”",
                "There is no command “foo”"
            ),
            (["stop", "foo"], "There is no command “foo”", "沒有「foo」這個指令"),
            (["help", "stop", "foo"], "There is no command “foo”", "沒有「foo」這個指令"),
            (
                ["route", "simulate", "--speed", "9x"],
                "--speed does not take “9x”, but one of 1x, 60x, max",
                "--speed 不能是「9x」，可用：1x, 60x, max"
            ),
            (
                ["stop", "correct", "1"],
                "Say what is to be corrected: --delivered/--collected/--serial, --cash, --reason, --withdraw",
                "請寫要更正什麼：--delivered/--collected/--serial, --cash, --reason, --withdraw"
            ),
            (
                ["stop", "complete", "1", "--caash", "3"],
                "There is no option --caash; did you mean --cash?",
                "沒有 --caash 這個選項；是不是 --cash？"
            ),
            (
                ["tody"], "There is no command “tody”; did you mean “today”?",
                "沒有「tody」這個指令；是不是「today」？"
            ),
            (
                ["stop", "complet", "1"], "There is no command “complet”; did you mean “complete”?",
                "沒有「complet」這個指令；是不是「complete」？"
            ),
            (
                ["today", "--date", "15/12/01"],
                "--date takes a day such as 2026-11-22 or 115/11/22, not “15/12/01”",
                "--date 要像 2026-11-22 或 115/11/22，不能是「15/12/01」"
            ),
            (["today", "--db", ""], "Name --db <file>", "請寫 --db <file>"),
            (
                ["stop", "complete", "1", "--delivered", "20"],
                "--delivered takes product=count, such as 20kg=2, not “20”; products: 50kg, 20kg, "
                    + "ying20, haoyun20, 16kg, ying16, haoyun16, 10kg, pingan10, 4kg, xingfuwan, "
                    + "flow50, flow20, flow16, flowhaoyun20, flowhaoyun16",
                "--delivered 要像 20kg=2，不能是「20」；產品有 50kg, 20kg, "
                    + "ying20, haoyun20, 16kg, ying16, haoyun16, 10kg, pingan10, 4kg, xingfuwan, "
                    + "flow50, flow20, flow16, flowhaoyun20, flowhaoyun16"
            ),
            (["stop", "note", "1", "a", "b"], "Not understood: 'b'", "多出來的：'b'"),
            (
                ["stop", "complete", "1", "--cash", "-100"],
                "--cash is never negative, but got “-100”", "--cash 不能是負數，卻寫了「-100」"
            ),
            (
                ["shift", "drop", "-3000"], "<amount> is never negative, but got “-3000”",
                "<amount> 不能是負數，卻寫了「-3000」"
            ),
            (
                ["route", "simulate", "--battery-death", "9"],
                "--battery-death takes a time such as 14:30, not “9”",
                "--battery-death 要像 14:30，不能是「9」"
            ),
            (
                [
                    "route", "simulate", "--hub", "http://127.0.0.1:1", "--route", "R", "--date",
                    "x",
                ],
                "--date takes a day such as 2026-11-22 or 115/11/22, not “x”",
                "--date 要像 2026-11-22 或 115/11/22，不能是「x」"
            ),
            (
                ["route", "check", "--demo", "--plan", "x"], "One of --demo, --plan at a time",
                "--demo, --plan 一次只能用一個"
            ),
            (["status", "--db"], "--db <db> needs a value", "--db <db> 缺少內容"),
            (
                ["status", "--json=1"], "--json takes no value, but got “1”",
                "--json 後面不接內容，卻寫了「1」"
            ),
            (
                ["stop", "complete", "1", "--cash", "47.50"],
                "--cash takes whole NT$ such as 1900, not “47.50”",
                "--cash 要新台幣整數，例如 1900，不能是「47.50」"
            ),
            (
                ["stop", "note", "1", " "], "<text> cannot be empty", "<text> 不能是空白"
            ),
            (
                ["stop", "complete", "1", "--cash", "x"],
                "--cash takes whole NT$ such as 1900, not “x”",
                "--cash 要新台幣整數，例如 1900，不能是「x」"
            ),
            (
                ["status", "--date", "soon"],
                "--date takes a day such as 2026-11-22 or 115/11/22, not “soon”",
                "--date 要像 2026-11-22 或 115/11/22，不能是「soon」"
            ),
        ])
    func bothLanguages(_ arguments: [String], _ english: String, _ chinese: String) async throws {
        let first = try await run("lucky", arguments)
        #expect(first.status == 64 && first.output.isEmpty)
        #expect(first.errors.hasPrefix("✗ \(english)\n"), "\(first.errors)")
        let second = try await run("lucky", arguments, environment: ["LANG": "zh_TW.UTF-8"])
        #expect(second.status == 64)
        #expect(second.errors.hasPrefix("✗ \(chinese)\n"), "\(second.errors)")
    }

    @Test("Lines of JSON are no CSV")
    func notTogether() async throws {
        let export = ["export", "--format", "csv", "--json"]
        let first = try await run("lucky", export)
        #expect(first.status == 64 && first.output.isEmpty)
        #expect(first.errors.contains(#""message":"--json does not go with --format csv"}"#))
        let second = try await run("lucky", export, environment: ["LANG": "zh_TW.UTF-8"])
        #expect(second.errors.contains(#""message":"--json 不能和 --format csv 一起用"}"#))
    }

    @Test("With --json a fault is one object, keys in their order")
    func object() async throws {
        for (program, arguments) in [
            ("lucky", ["stop", "arrive", "--json", "--lang", "zh-Hant"]),
            ("lucky-hub", ["plan", "set", "--hub", "a", "--db", "b", "--json"]),
        ] {
            let result = try await run(program, arguments)
            #expect(result.status == 64 && result.output.isEmpty)
            let fault = try HubJSON.read(result.errors, as: Fault.self)
            #expect(fault.code == "usage" && fault.exit == 64)
            #expect(fault.hint.contains(program))
            #expect(result.errors.hasPrefix(#"{"code":"usage","exit":64,"hint":""#))
        }
    }

    @Test("Help is no fault")
    func help() async throws {
        for arguments in [["--help"], [], ["stop", "complete", "--help"]] {
            let result = try await run("lucky", arguments)
            #expect(result.status == 0 && result.errors.isEmpty)
            #expect(result.output.contains("USAGE: lucky"))
        }
    }

    @Test("A hub's address is judged when it is given, and can be changed later")
    func address() async throws {
        let folder = try TemporaryFolder()
        let db = folder.path("phone/replica.sqlite")
        let plain = try await run(
            "lucky",
            ["init", "--driver", "drv-01", "--hub", "http://192.0.2.1", "--db", db, "--json"])
        #expect(plain.status == 64 && plain.errors.contains("https"))
        #expect(!FileManager.default.fileExists(atPath: db))
        let made = try await run(
            "lucky", ["init", "--driver", "drv-01", "--hub", "http://127.0.0.1:1", "--db", db])
        try #require(made.status == 0, "\(made.errors)")
        let other = try await run(
            "lucky", ["hub", "set", "https://hub.example.tw/ttt", "--db", db, "--json"])
        #expect(other.output == #"{"hub":"https://hub.example.tw/ttt"}"# + "\n")
        let status = try await run("lucky", ["status", "--db", db, "--json"])
        #expect(status.output.contains(#""url":"https://hub.example.tw/ttt""#))
    }
}
