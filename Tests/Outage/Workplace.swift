import Foundation
import LuckyModel
import LuckySimulation
import LuckySync
import LuckyTransport

/// Where hubs' files lie while real processes serve them.
final class Workplace {
    private let root: String
    private let program: String
    private let secret: String
    private var tokens: [Identifier: String] = [:]

    init(_ options: Options) throws {
        root = options.disk + "/lucky-outage-\(ProcessInfo.processInfo.processIdentifier)"
        program = options.hub
        secret = root + "/secret"
        _ = try folder("")
        let bytes = (0..<48).map { _ in String(UInt8.random(in: 0...255), radix: 16) }
        guard
            FileManager.default.createFile(
                atPath: secret, contents: Data(bytes.joined().utf8),
                attributes: [.posixPermissions: 0o600])
        else { throw OutageError("cannot write to \(root)") }
    }

    func remove() { try? FileManager.default.removeItem(atPath: root) }

    func folder(_ name: String) throws -> String {
        let path = root + "/" + name
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        return path
    }

    /// A played depot, at the moment where all is well again, whose hub is a real process.
    /// - Parameter drives: whether there was an outage before, so that taps wait.
    func serve(
        seed: UInt64, _ settings: OutageSettings, _ name: String, drives: Bool
    ) throws -> Served {
        let file = try folder(name) + "/hub.sqlite"
        let depot = try OutageDepot(seed: seed, settings, file: file)
        if drives { try depot.suffer(.network) }
        try depot.leaveHub()
        let hub = try HubProcess(program, file: file, secret: secret)
        let transports = try depot.drivers.map { driver in
            let token = try token(of: driver)
            return HTTPTransport(hub: hub.address, token: { token })
        }
        return Served(depot: depot, hub: hub, transports: transports)
    }

    private func token(of driver: Identifier) throws -> String {
        if let known = tokens[driver] { return known }
        let command = Process()
        command.executableURL = URL(fileURLWithPath: program)
        command.arguments = [
            "token", "issue", "--person", driver.text, "--role", "driver", "--depot", "TTT",
            "--secret-file", secret, "--json",
        ]
        let pipe = Pipe()
        command.standardOutput = pipe
        try command.run()
        let said = pipe.fileHandleForReading.readDataToEndOfFile()
        command.waitUntilExit()
        guard let issued = try? JSONDecoder().decode(Issued.self, from: said) else {
            throw OutageError("no token for \(driver.text)")
        }
        tokens[driver] = issued.token
        return issued.token
    }

    private struct Issued: Decodable { var token: String }

    struct Served {
        let depot: OutageDepot
        let hub: HubProcess
        let transports: [HTTPTransport]

        func requests() -> [Prepared] { transports.indices.compactMap(depot.request) }

        /// One phone after the other.
        func carry(_ requests: [Prepared], absorbs: Bool) async throws {
            for (number, request) in requests.enumerated() {
                let outcome = await transports[number].exchange(request.body, waitSeconds: 0)
                guard case .answered(let body) = outcome else {
                    throw OutageError("a hub did not answer: \(outcome)")
                }
                if absorbs, !depot.take(body, to: request, of: number) {
                    throw OutageError("phone \(number) did not get all its receipts")
                }
            }
        }

        /// Every phone waits for news.
        func hold() -> [Task<Void, Never>] {
            zip(transports, requests()).map { transport, request in
                Task { _ = await transport.exchange(request.body, waitSeconds: 240) }
            }
        }
    }
}

/// What this machine's disk takes.
enum DiskRate {
    /// Seconds of a sync of 40 kB more, of all writers together.
    static func secondsOfSync(in folder: String, writers: Int) throws -> Double {
        let syncs = 100
        let bytes = [UInt8](repeating: 0x5A, count: 40_960)
        let began = ContinuousClock.now
        DispatchQueue.concurrentPerform(iterations: writers) { number in
            let file = open(folder + "/\(number)", O_CREAT | O_WRONLY, 0o600)
            defer { close(file) }
            for _ in 0..<syncs {
                _ = write(file, bytes, bytes.count)
                fdatasync(file)
            }
        }
        return (ContinuousClock.now - began) / .seconds(1) / Double(syncs * writers)
    }

    static func bytesPerSecond(in folder: String) throws -> Double {
        let bytes = [UInt8](repeating: 0x5A, count: 4 << 20)
        let file = open(folder + "/bytes", O_CREAT | O_WRONLY, 0o600)
        defer { close(file) }
        let began = ContinuousClock.now
        for _ in 0..<64 { _ = write(file, bytes, bytes.count) }
        fdatasync(file)
        return Double(bytes.count * 64) / ((ContinuousClock.now - began) / .seconds(1))
    }
}
