import Foundation
import TestSupport
import Testing

/// What `lucky route simulate --report` writes, looked at in a real browser: on a phone, on a desk,
/// on paper. `Tests/report-page` says what it looks for.
@Suite(
    .enabled(
        if: Browser.isHere,
        "needs chromium, chromium-driver and selenium, as `cli/install test` installs them"))
struct ReportPageTests {
    private static func look(_ pages: [String]) async throws -> Command.Result {
        try await Command.run(
            Browser.python, [Repository.folder.appending(path: "Tests/report-page").path] + pages,
            deadline: .seconds(120))
    }

    @Test("No page says anything on the console, asks for anything, or lets text lie on text")
    func pages() async throws {
        let folder = try TemporaryFolder()
        var pages: [String] = []
        for language in ["zh-Hant", "en"] {
            let days = [
                ["--demo", "--seed", "3"],
                ["--plan", try sixtyStops(folder), "--seed", "5", "--phone-swap", "11:00"],
            ]
            for (index, day) in days.enumerated() {
                let page = folder.path("\(language)-\(index).html")
                let run = try await Command.run(
                    Repository.program("lucky").path,
                    ["route", "simulate", "--quiet", "--lang", language, "--report", page] + day,
                    deadline: .seconds(300))
                #expect(run.status == 0, "\(run.errors)")
                pages.append(page)
            }
        }
        let seen = try await Self.look(pages)
        #expect(seen.status == 0, "\(seen.output)\(seen.errors.suffix(2_000))")
    }

    /// As long a route as there is, its stops close together and far apart, with long names.
    private func sixtyStops(_ folder: TemporaryFolder) throws -> String {
        let head =
            "date,depot,route,driver,sequence,stop,customer,phone,address,lat,lng,window,items,"
            + "price,payment,note"
        let rows = (1...60).map { number in
            let lat = 22.75 + Double(number % 10) * 0.0004 + (number % 7 == 0 ? 0.09 : 0)
            let lng = 121.14 + Double(number / 10) * 0.0004 + (number % 11 == 0 ? 0.05 : 0)
            let window = number % 3 == 0 ? "08:00-10:00" : ""
            return "2026-11-22,SIM,一條名字特別長的路線,drv-1,\(number),a-long-stop-code-\(number),"
                + "客戶\(number),,,\(lat),\(lng),\(window),20kg*1,950,cash,"
        }
        let path = folder.path("sixty.csv")
        try Data(([head] + rows).joined(separator: "\n").utf8).write(to: URL(filePath: path))
        return path
    }

    @Test("A page with each fault is found out")
    func faults() async throws {
        let folder = try TemporaryFolder()
        let texts = (1...20).map { "<p>\($0)</p>" }.joined()
        let faults = [
            ("lies on", "<p style=\"position:absolute;top:0;left:0\">one</p>\(texts)"),
            ("leaves the page", "<p style=\"position:absolute;left:5000px\">one</p>\(texts)"),
            ("asks for", "<img alt=\"\" src=\"other.png\">\(texts)"),
            ("console", "<script>console.error('one')</script>\(texts)"),
            (
                "too small",
                "<svg width=\"9\" height=\"9\"><text font-size=\"4\">i</text></svg>\(texts)"
            ),
            ("texts to be seen", "<p>one</p>"),
        ]
        for (index, fault) in faults.enumerated() {
            let page =
                "<!DOCTYPE html><meta charset=\"utf-8\"><title>x</title><main>\(fault.1)</main>"
            try Data(page.utf8).write(to: URL(filePath: folder.path("\(index).html")))
        }
        let seen = try await Self.look(faults.indices.map { folder.path("\($0).html") })
        #expect(seen.status == 1)
        for (index, fault) in faults.enumerated() {
            #expect(
                seen.output.split(separator: "\n").contains {
                    $0.hasPrefix("\(index).html") && $0.contains(fault.0)
                }, "\(fault.0): \(seen.output)")
        }
    }
}

/// Chromium, and the Python that has Selenium.
private enum Browser {
    private static let environment = Repository.folder.appending(path: ".build-browser")
    static let python = environment.appending(path: "bin/python").path

    /// `ready` is written when all of it is installed.
    static let isHere =
        FileManager.default.fileExists(atPath: environment.appending(path: "ready").path)
        && ["chromium", "chromedriver"].allSatisfy {
            FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)")
        }
}
