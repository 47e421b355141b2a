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

    @Test("No page says anything on the console, asks for anything, or lets parts lie on parts")
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
        let mark = "<g class=\"stop\"><circle cx=\"30\" cy=\"26\" r=\"4\"/></g>"
        let number = "<text x=\"26\" y=\"30\">12</text>"
        let leader = "<path class=\"leader\" d=\"M10 26L60 26\" stroke=\"#000\"/>"
        let picture = "<svg width=\"90\" height=\"50\" role=\"img\" aria-label=\"x\">"
        // Page by page; what is wrong with one part hides nothing of another.
        let faults = [
            [
                ("lies on", "<p style=\"position:absolute;top:0;left:0\">one</p>"),
                ("leaves the page", "<p style=\"position:absolute;left:5000px\">one</p>"),
                ("too small", "\(picture)<text y=\"9\" font-size=\"4\">i</text></svg>"),
                ("its box leaves", "<div style=\"width:3000px;height:9px\"></div>"),
                ("its box meets", "<div style=\"height:9px;margin-bottom:-9px\"></div><hr>"),
                ("circle: leaves its", "\(picture)<circle cx=\"89\" cy=\"9\" r=\"5\"/></svg>"),
                ("12: a mark lies on it", "\(picture)\(number)\(mark)</svg>"),
                ("12: a line lies on it", "\(picture)\(number)\(leader)</svg>"),
            ],
            [
                ("asks for", "<img alt=\"x\" src=\"other.png\">"),
                ("console", "<script>console.error('one')</script>"),
                ("are a image", "<svg width=\"9\" height=\"9\"></svg>"),
                ("a image has no name", "<svg role=\"img\" width=\"9\" height=\"9\"></svg>"),
                (
                    "a table has no heads",
                    "<table><tbody><tr><th scope=\"row\">1</th></tr></table>"
                ),
                (
                    "a row has no head",
                    "<table><thead><tr><th scope=\"col\">1</th></tr></thead>"
                        + "<tbody><tr><td>2</td></tr></table>"
                ),
                ("a heading too deep", "<h3>one</h3>"), ("not one h1", "<h1>another</h1>"),
                ("a part has no heading", "<section>one</section>"),
            ],
            [("nobody sees the focus", "<button style=\"outline:none\">one</button>")],
            [("Tab goes to", "<button>one</button><button tabindex=\"2\">two</button>")],
            [
                (
                    "Enter does not open it",
                    "<details onkeydown=\"event.preventDefault()\"><summary>one</summary>"
                        + "two</details>"
                )
            ],
        ]
        let head = "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>x</title>"
        let title = "<main><h1>one</h1>"
        var pages = faults.map { "\(head)\(title)\($0.map(\.1).joined())\(texts)</main>" }
        pages.append("\(head)\(title)<p>one</p></main>")
        pages.append("<!DOCTYPE html><title>x</title>\(title)\(texts)</main>")
        pages.append("\(head)\(title)\(picture)\(mark)</svg>\(texts)</main>")
        for (index, page) in pages.enumerated() {
            try Data(page.utf8).write(to: URL(filePath: folder.path("\(index).html")))
        }
        let seen = try await Self.look(pages.indices.map { folder.path("\($0).html") })
        #expect(seen.status == 1)
        let wanted = faults.map { $0.map(\.0) } + [["texts to be seen"], ["no language is said"]]
        for (index, words) in wanted.enumerated() {
            let lines = seen.output.split(separator: "\n").filter {
                $0.hasPrefix("\(index).html")
            }
            for word in words {
                #expect(lines.contains { $0.contains(word) }, "\(word): \(lines)")
            }
        }
        // The last one has none.
        #expect(!seen.output.contains("\(pages.count - 1).html"), "\(seen.output)")
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
