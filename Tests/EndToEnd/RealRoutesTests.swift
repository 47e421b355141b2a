import Foundation
import TestSupport
import Testing

/// Real places and real truck routes, played by real programs: many drivers at once, against a hub
/// that dies in the middle. Needs the public data beside the project; see Tests/RealRoutes.
extension Journeys {
    private static let data = Repository.folder.deletingLastPathComponent()
        .appending(path: "shared/data")
    private static let hasData = FileManager.default.fileExists(atPath: data.path)

    @Test("Routes of refuse trucks in Tainan", .enabled(if: hasData, "needs ../shared/data"))
    func tainan() async throws {
        let plan = try await RealPlan(
            "tainan.csv", "--routes",
            Self.data.appending(path: "routes/tainan_refuse_routes.csv").path)
        #expect(plan.drivers.count >= 10 && plan.stops >= 500)
        try await play(plan, depot: "TNN", every: 12, drivers: 10)
    }

    @Test("Public places of Taitung County", .enabled(if: hasData, "needs ../shared/data"))
    func taitung() async throws {
        let plan = try await RealPlan(
            "taitung.csv", "--stops", Self.data.appending(path: "stops/taitung_stops.csv").path)
        #expect(plan.drivers.count >= 20 && plan.stops >= 400)
        try await play(plan, depot: "TTT", every: 10, drivers: 6)
    }

    /// - Parameters:
    ///   - every: one stop of so many is tapped.
    ///   - drivers: at most so many, those with most stops.
    private func play(
        _ plan: RealPlan, depot name: String, every: Int, drivers: Int = .max
    ) async throws {
        let depot = try await Depot(plan: plan.bytes, depot: name)
        let most = plan.drivers.sorted { ($1.stops.count, $0.name) < ($0.stops.count, $1.name) }
            .prefix(drivers)
        let crew = try await inPairs(Array(most)) { driver in
            let phone = try await depot.phone(driver.name)
            #expect(try await phone.status().stops == driver.stops.count)
            return (phone, driver.stops)
        }
        // The morning, each one synced; then the hub dies, and nobody notices until the evening.
        try await inPairs(crew) { phone, stops in
            try await tap(phone, stops.prefix(stops.count / 2), every: every)
            try await phone.sync()
        }
        await depot.killHub()
        try await inPairs(crew) { phone, stops in
            try await tap(phone, stops.dropFirst(stops.count / 2), every: every)
        }
        try await depot.startHub()
        try await Judge(depot).rule()
        #expect(depot.ledger.acknowledged.count >= crew.count * 2)
    }

    private func tap(
        _ phone: Phone, _ stops: some Collection<RealPlan.Stop>, every: Int
    ) async throws {
        for (index, stop) in stops.enumerated() where index.isMultiple(of: every) {
            let act: Ledger.Act =
                index.isMultiple(of: 5 * every) && index > 0
                ? .failed(reason: "absent")
                : .delivered(stop.items, collected: stop.items, cash: stop.cash)
            try await phone.record(stop.code, act)
        }
    }

    /// Two at a time: the machine of ./cli/test has two cores.
    @discardableResult
    private func inPairs<Item: Sendable, Result: Sendable>(
        _ items: [Item], _ body: @escaping @Sendable (Item) async throws -> Result
    ) async throws -> [Result] {
        try await withThrowingTaskGroup(of: Result.self) { group in
            var results: [Result] = []
            for (index, item) in items.enumerated() {
                if index >= 2, let result = try await group.next() { results.append(result) }
                group.addTask { try await body(item) }
            }
            for try await result in group { results.append(result) }
            return results
        }
    }
}

/// A plan that Tests/RealRoutes/convert.py made, and who drives what in it.
private struct RealPlan {
    struct Stop: Sendable {
        var code: String
        var items: [String: Int]
        /// NT$, where the customer pays cash.
        var cash: Int?
    }

    struct Driver: Sendable {
        var name: String
        var stops: [Stop]
    }

    let bytes: Data
    let drivers: [Driver]
    var stops: Int { drivers.reduce(0) { $0 + $1.stops.count } }

    init(_ file: String, _ source: String...) async throws {
        let folder = try TemporaryFolder()
        let made = try await Command.run(
            "python3",
            [Repository.folder.appending(path: "Tests/RealRoutes/convert.py").path] + source
                + ["--out", folder.url.path, "--date", HubPlan.date])
        try #require(made.status == 0, "\(made.errors)")
        bytes = try Data(contentsOf: folder.url.appending(path: file))
        let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
        let header = try #require(lines.first).split(separator: ",").map(String.init)
        var byDriver: [String: [Stop]] = [:]
        for line in lines.dropFirst() {
            let row = Dictionary(
                zip(header, Self.cells(line)), uniquingKeysWith: { first, _ in first })
            let items = try #require(row["items"]).split(separator: "+").map {
                $0.split(separator: "*").map(String.init)
            }
            byDriver[try #require(row["driver"]), default: []].append(
                Stop(
                    code: try #require(row["stop"]),
                    items: Dictionary(
                        items.map { ($0[0], Int($0[1]) ?? 0) }, uniquingKeysWith: { $0 + $1 }),
                    cash: row["payment"] == "cash" ? row["price"].flatMap { Int($0) } : nil))
        }
        drivers = byDriver.sorted { $0.key < $1.key }.map { Driver(name: $0, stops: $1) }
    }

    /// The cells of a CSV line without line breaks in quotes.
    private static func cells(_ line: Substring) -> [String] {
        var (cells, cell, isQuoted) = ([String](), "", false)
        for character in line {
            switch character {
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                cells.append(cell)
                cell = ""
            default: cell.append(character)
            }
        }
        return cells + [cell]
    }
}
