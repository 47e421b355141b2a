import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Why has it not arrived? Looks this phone over, in a driver's words.",
        discussion: """
            Data, clock, sign-in, depot, disk, access, version, and why what waits has not gone. \
            Nothing is changed, and no network is used, unless --sync asks to try the depot now. Exit \
            code 0: well, 1: something is to be seen to, 5: the data on this phone is damaged.
            """)

    @OptionGroup var common: CommonOptions

    @Flag(help: "Try the depot now: sends what waits, as `lucky sync once`.")
    var sync = false

    func run() async throws {
        let output = common.output
        do {
            try await examine(output)
        } catch let error as DeliveryError {
            let failure = CommandFailure(error, output)
            if failure.exitCode == ExitStatus.damaged { say(damaged: failure, output) }
            output.failure(failure)
            throw ExitCode(failure.exitCode)
        }
    }

    private func examine(_ output: Output) async throws {
        let identity = try Driver.identity(at: common.path)
        let token = TokenFile(replica: common.path)
        var link = Driver.HubLink.none
        if sync, token.read() != nil, let hub = identity.hub.flatMap({ URL(string: $0) }) {
            link = .http(hub, token: { token.read() ?? "" })
        }
        let isOnline = sync && identity.hub != nil && token.read() != nil
        let driver = try await Driver.open(
            at: common.path, as: identity.driver, hub: link, holding: .eachStep)
        var seen: Checkup.Evidence
        do {
            let exchange = isOnline ? try await Self.exchange(driver) : nil
            seen = try await evidence(driver, identity, token)
            seen.exchange = exchange
        } catch {
            await driver.close()
            throw error
        }
        await driver.close()
        let checkup = Checkup(seen)
        output.result(Shape(checkup, seen), lines(checkup, seen, output))
        switch checkup.level {
        case .well: return
        case .degraded: throw ExitCode(ExitStatus.checkFailed)
        case .damaged: throw ExitCode(ExitStatus.damaged)
        }
    }

    /// - Returns: empty where the hub answered, else why not.
    private static func exchange(_ driver: Driver) async throws -> String {
        let status = try await driver.syncOnce()
        switch status.phase {
        case .waiting(let failure), .refused(let failure): return failure.kind
        case .needsToken: return "unauthorised"
        default: return ""
        }
    }

    private func evidence(
        _ driver: Driver, _ identity: ReplicaIdentity, _ token: TokenFile
    ) async throws -> Checkup.Evidence {
        var seen = Checkup.Evidence(
            position: try await driver.status(), hub: identity.hub,
            hasToken: token.read() != nil, now: Int64(Date().timeIntervalSince1970 * 1_000))
        seen.damage = try await driver.verifyRows()
        seen.tokenEndsAt = token.read().flatMap { TokenFile.end(of: $0) }
        seen.disk = try await driver.diskUse()
        seen.proofsWaiting = try await driver.waitingProofs().count
        for path in [common.path, common.path + "-wal", token.path] {
            guard let mode = Self.mode(path) else { continue }
            let name = URL(fileURLWithPath: path).lastPathComponent
            if mode & 0o077 != 0 { seen.openFiles.append(name) }
            if access(path, W_OK) != 0 { seen.lockedFiles.append(name) }
        }
        return seen
    }

    /// Nil where there is no such file.
    private static func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode : nil
    }

    // MARK: Words

    private func lines(
        _ checkup: Checkup, _ seen: Checkup.Evidence, _ output: Output
    ) -> [String] {
        func mark(_ level: Checkup.Level) -> String {
            switch level {
            case .well: "✓"
            case .degraded: "⚠"
            case .damaged: "✗"
            }
        }
        let rows = checkup.findings.map { finding in
            [
                mark(finding.level), finding.label.map { output.text($0) } ?? output.text(.outbox),
                finding.words(in: output.language, because: seen),
            ]
        }
        let width = Terminal.width
        let text = TextTable.lines([], rows).flatMap { TextWidth.wrapped($0, to: width) }
        return text + [verdict(checkup, output)]
    }

    private func verdict(_ checkup: Checkup, _ output: Output) -> String {
        let count = checkup.findings.count { $0.level != .well }
        switch checkup.level {
        case .well: return output.text(.doctorWell)
        case .degraded: return output.text(.doctorDegraded, ["count": "\(count)"])
        case .damaged: return output.text(.doctorDamaged)
        }
    }

    /// A store that does not open at all.
    private func say(damaged failure: CommandFailure, _ output: Output) {
        let finding = Shape.Found(check: "store", level: Checkup.Level.damaged.word, count: nil)
        output.result(
            Shape(findings: [finding], level: Checkup.Level.damaged.word, pending: nil, why: nil),
            [output.text(.doctorDamaged)])
    }

    private struct Shape: Encodable {
        struct Found: Encodable {
            var check: String
            var level: String
            var count: Int?
        }

        var findings: [Found]
        var level: String
        var pending: Int?
        /// Why what waits has not gone: a stable word.
        var why: String?

        init(findings: [Found], level: String, pending: Int?, why: String?) {
            self.findings = findings
            self.level = level
            self.pending = pending
            self.why = why
        }

        init(_ checkup: Checkup, _ seen: Checkup.Evidence) {
            findings = checkup.findings.map {
                Found(
                    check: $0.check, level: $0.level.word,
                    count: $0.arguments["count"].flatMap { Int($0) })
            }
            level = checkup.level.word
            pending = seen.position.pendingCount
            why = pending == 0 ? nil : Checkup.reason(seen).code
        }
    }
}

extension TokenFile {
    /// When a token ends, Unix milliseconds; nil where it does not say, or is none.
    static func end(of token: String) -> Int64? {
        struct Claims: Decodable { var exp: Double? }
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let body = decode(parts[1]),
            let end = (try? JSONDecoder().decode(Claims.self, from: body))?.exp
        else { return nil }
        return Checkup.tokenEnd(atSecond: end)
    }
}
