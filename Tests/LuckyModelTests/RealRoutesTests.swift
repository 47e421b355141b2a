import Foundation
import LuckyModel
import Testing

/// Public places and truck routes, converted by `Tests/RealRoutes/convert.py`, are whole plans.
@Suite struct RealRoutesTests {
    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent()
    private static let data = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "shared/data")
    private static let hasData = FileManager.default.fileExists(atPath: data.path)

    @Test(.enabled(if: hasData, "needs ../shared/data"))
    func everyRowIsTaken() throws {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "lucky-real-routes-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let python = Process()
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = [
            "python3", Self.tests.appending(path: "RealRoutes/convert.py").path,
            "--routes", Self.data.appending(path: "routes/tainan_refuse_routes.csv").path,
            "--stops", Self.data.appending(path: "stops/taitung_stops.csv").path,
            "--out", folder.path,
        ]
        python.standardOutput = FileHandle.nullDevice
        try python.run()
        python.waitUntilExit()
        try #require(python.terminationStatus == 0)

        for (name, routes, stops) in [("tainan.csv", 12, 500), ("taitung.csv", 20, 400)] {
            let file = try PlanFile.parse(Data(contentsOf: folder.appending(path: name)))
            #expect(file.rejected == [])
            #expect(file.warnings.isEmpty)
            #expect(Set(file.rows.map(\.route)).count >= routes)
            #expect(file.rows.count >= stops)
            #expect(file.rows.allSatisfy { $0.coordinate != nil && !$0.items.isEmpty })
        }
    }
}
