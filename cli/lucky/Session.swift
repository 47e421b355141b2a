import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckySimulation

/// One command's work: opens the driver, says what went wrong, gives the exit code.
struct Session {
    let driver: Driver
    let options: CommonOptions
    let output: Output
    let identity: ReplicaIdentity

    /// Runs a verb over the driver's replica; with `dryRun` over a copy of it that goes away again.
    static func run(
        _ options: CommonOptions, online: Bool = false, dryRun: Bool = false,
        _ body: (Session) async throws -> Void
    ) async throws {
        try await guarded(options.output) {
            let identity = try Driver.identity(at: options.path)
            let trial = dryRun ? try Rehearsal(of: options.path, options.output) : nil
            defer { trial?.end() }
            let driver = try await Driver.open(
                at: trial?.path ?? options.path, as: identity.driver,
                hub: online ? try link(identity, options) : .none,
                holding: online ? .eachStep : .eachWrite,
                marks: trial?.folder ?? Driver.marksFolder)
            var output = options.output
            output.isDryRun = dryRun
            let session = Session(
                driver: driver, options: options, output: output, identity: identity)
            do {
                try await body(session)
            } catch {
                await driver.close()
                throw error
            }
            await driver.close()
        }
    }

    /// Turns failures into words on stderr and the documented exit code.
    static func guarded(_ output: Output, _ body: () async throws -> Void) async throws {
        try await output.guarded {
            do {
                try await body()
            } catch let error as DeliveryError {
                throw CommandFailure(error, output)
            } catch let error as RouteFault {
                throw CommandFailure(error, output)
            }
        }
    }

    private static func link(
        _ identity: ReplicaIdentity, _ options: CommonOptions
    ) throws -> Driver.HubLink {
        let output = options.output
        guard let text = identity.hub, let hub = URL(string: text) else {
            throw CommandFailure(
                code: "no_hub", exitCode: ExitStatus.usage, message: output.text(.noHub),
                hint: output.text(.noHubHint))
        }
        let file = TokenFile(replica: options.path)
        guard file.read() != nil else {
            throw CommandFailure(
                code: "no_token", exitCode: ExitStatus.refused, message: output.text(.noToken),
                hint: output.text(.noTokenHint))
        }
        return .http(hub, token: { file.read() ?? "" })
    }

    /// That some stops are shown as a depot told of them whose database is another since, and may say
    /// otherwise by now; empty where that is not so.
    var unconfirmed: [String] {
        get async throws {
            let count = try await driver.status().unconfirmedCount
            return count == 0 ? [] : [output.text(.statusUnconfirmed, ["count": "\(count)"])]
        }
    }

    /// Whether the depot told this phone anything yet, so that "none" means none.
    var isFetched: Bool { get async throws { try await driver.status().checkpoint != nil } }

    /// A stop by its number on the day's route, its code, or its id or how that begins; one that went
    /// to another driver too, so that what became of it is said.
    func stop(_ name: String, route: String?) async throws -> StoredStop {
        let name = name.trimmingCharacters(in: .whitespaces)
        if let id = EntityID(hex: name), let stop = try await driver.stop(id) { return stop }
        var routes = try await driver.routes(on: options.day)
        if let route { routes = routes.filter { $0.code == Identifier(route) } }
        let own = routes.flatMap(\.stops)
        let gone = try await driver.handedOverStops(on: options.day, visitedOnly: false)
        var found = own.filter { $0.stop.code == Identifier(name) }
        // One that went is told from a number on the route, and gives way to one that came for it.
        if found.isEmpty { found = gone.filter { $0.stop.code == Identifier(name) } }
        // What was added has no number.
        if found.isEmpty, let sequence = Int(name), sequence > 0 {
            found = own.filter { $0.stop.sequence == sequence }
            // As the list shows it.
            if found.isEmpty, route == nil { found = gone.filter { $0.stop.sequence == sequence } }
        }
        if found.isEmpty, name.utf8.count >= 8 {
            found = (own + gone).filter { $0.stop.id.hex.hasPrefix(name.lowercased()) }
        }
        if found.count > 1 {
            throw CommandFailure(
                code: "ambiguous_stop", exitCode: ExitStatus.refused,
                message: output.text(
                    .refusedAmbiguous,
                    [
                        "stop": name,
                        "stops": found.map { "\($0.stop.customer) \($0.stop.id.hex.prefix(12))" }
                            .joined(
                                separator: " · "),
                    ]),
                hint: output.text(.ambiguousStopHint))
        }
        guard let stop = found.first else {
            throw CommandFailure(
                code: "unknown_stop", exitCode: ExitStatus.refused,
                message: output.text(.refusedNotOnRoute, ["stop": name]),
                hint: output.text(.unknownStopHint))
        }
        return stop
    }
}

/// Where a driver's token is kept: beside the replica, for its owner only; never in the database,
/// never on a command line.
struct TokenFile: Sendable {
    let path: String

    init(replica: String) { path = replica + ".token" }

    /// The token; nil where there is none. `LUCKY_TOKEN` in the environment comes first.
    func read() -> String? {
        if let token = ProcessInfo.processInfo.environment["LUCKY_TOKEN"], !token.isEmpty {
            return token
        }
        guard let data = FileManager.default.contents(atPath: path) else { return nil }
        let token = String(decoding: data, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        return token.isEmpty ? nil : token
    }

    /// Reads a token from a file or, for `-`, from standard input.
    /// - Throws: where there is none, where it is not what a hub issues, or where it says that it is
    ///   another person's.
    static func token(
        from source: String, for driver: Identifier, _ output: Output
    ) throws -> String {
        let data =
            source == "-"
            ? FileHandle.standardInput.readDataToEndOfFile()
            : FileManager.default.contents(atPath: source)
        let token = data.map { String(decoding: $0, as: UTF8.self) }?
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard let token, !token.isEmpty else {
            throw CommandFailure(
                code: "bad_token_file", exitCode: ExitStatus.usage,
                message: output.text(
                    token == nil ? .tokenFileMissing : .tokenFileEmpty, ["path": source]),
                hint: output.text(.notATokenHint))
        }
        let isPlain =
            token.utf8.count <= 8_192 && token.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
        guard isPlain, let person = person(in: token) else {
            throw CommandFailure(
                code: "not_a_token", exitCode: ExitStatus.usage,
                message: output.text(.notAToken, ["path": source]),
                hint: output.text(.notATokenHint))
        }
        guard person == driver else {
            throw CommandFailure(
                code: "token_of_other", exitCode: ExitStatus.refused,
                message: output.text(
                    .tokenOfOther, ["person": person.text, "driver": driver.text]),
                hint: output.text(.tokenOfOtherHint))
        }
        return token
    }

    /// Whose a token says it is; nil where it is none: three parts of base64url, of which the second
    /// names a person. Only the hub can verify it.
    private static func person(in token: String) -> Identifier? {
        struct Claims: Decodable { var sub: String }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let decoded = parts.compactMap(decode)
        guard decoded.count == 3 else { return nil }
        return (try? JSONDecoder().decode(Claims.self, from: decoded[1])).map {
            Identifier($0.sub)
        }
    }

    static func decode(_ part: Substring) -> Data? {
        var text = part.replacingOccurrences(of: "-", with: "+")
            .replacingOccurrences(of: "_", with: "/")
        text += String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text)
    }

    /// Keeps a token, readable by its owner only.
    func save(_ token: String, _ output: Output) throws {
        do {
            try PrivateFile.replace(path, (token + "\n").utf8)
        } catch {
            throw CommandFailure(
                code: "token_not_saved", exitCode: ExitStatus.checkFailed,
                message: output.text(.tokenNotSaved, ["path": path]),
                hint: output.text(.tokenNotSavedHint))
        }
    }
}
