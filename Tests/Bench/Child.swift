import Foundation
import LuckyDriver
import LuckyModel
import LuckyStore

/// What runs in processes of their own, so that the most memory it took can be told.
enum Child {
    /// Of the day.
    static let stops = 60

    /// The most memory of such a process, in MB, as it says of itself at its end.
    /// - Parameter stops: how many, where the work is not a day's.
    static func peak(_ work: String, _ folder: String, _ stops: Int = stops) throws -> Double {
        let child = Process()
        child.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        child.arguments = ["child", work, folder, String(stops)]
        let pipe = Pipe()
        child.standardOutput = pipe
        try child.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        child.waitUntilExit()
        let text = String(decoding: said, as: UTF8.self).trimmingCharacters(in: .newlines)
        guard child.terminationStatus == 0, let kilobytes = Double(text) else {
            throw BenchError("the child '\(work)' failed")
        }
        return kilobytes / 1_000
    }

    static func run(_ arguments: [String]) async throws {
        guard arguments.count == 3, let stops = Int(arguments[2]) else {
            throw BenchError("child what?", isUsage: true)
        }
        switch arguments[0] {
        case "empty": break
        case "day": try await day(arguments[1])
        case "by-hand": try byHand(arguments[1])
        case "bootstrap": try BacklogChild.bootstrap(arguments[1], stops)
        case "taps": try BacklogChild.taps(arguments[1], stops)
        case "drain": try BacklogChild.drain(arguments[1], stops)
        case "fill-hub": try BacklogChild.fillHub(arguments[1], stops)
        case "serve": try BacklogChild.serve(arguments[1])
        default: throw BenchError("child \(arguments[0])?", isUsage: true)
        }
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first
        print(kilobytes.map(String.init) ?? "")
    }

    private static func day(_ folder: String) async throws {
        let path = folder + "/replica.sqlite"
        let driver = try await Driver.open(at: path, as: Depot.driver, hub: .none, marks: folder)
        guard let date = Depot.date(ofRoute: 0) else { throw BenchError("no day") }
        for stop in try await driver.stops(on: .on(date)) {
            try await driver.arrive(at: stop.stop.id)
            try await driver.complete(
                stop.stop.id, handover: Handover(delivered: [.kg20: 1], collected: [.kg20: 1]),
                proof: Proof(recipient: stop.stop.customer), cash: .dollars(950))
            _ = try await driver.stops(on: .on(date)).count
        }
        await driver.close()
        let store = try ReplicaStore.open(
            at: path, as: Depot.driver, leaseWaitMilliseconds: 2_000, marks: folder)
        _ = try Exchange.request(from: store).count
        store.close()
    }

    private static func byHand(_ folder: String) throws {
        let store = try ByHand(
            at: folder + "/plain.sqlite", day: TaitungDay(), stops: 0..<stops, perRoute: stops)
        for number in 0..<stops * 2 {
            let stop = Depot.stop(number / 2).bytes
            let name = UInt64(number).bytes
            try store.transaction {
                try store.change(stop, status: 2, at: Int64(number), note: name)
                try store.send(stop, change: name, body: stop + name)
            }
            _ = try store.show(route: 0)
        }
    }
}
