import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct DoctorCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: Phrase.helpDoctor.spoken,
        discussion: Phrase.helpDoctorMore.spoken)

    @OptionGroup var common: CommonOptions

    @Flag(help: Phrase.helpDoctorSync.help)
    var sync = false

    @Option(help: Phrase.helpDoctorBundle.help(as: "file"), completion: .file())
    var bundle: String?

    @OptionGroup var trial: DryRunOption

    private var output: Output {
        var output = common.output
        output.isDryRun = trial.dryRun
        return output
    }

    func run() async throws {
        do {
            try await examine(output)
        } catch let error as DeliveryError {
            var failure = CommandFailure(error, output)
            if failure.exitCode == ExitStatus.damaged {
                // What is no store any more is one that is damaged, and not to be made anew.
                failure.hint = output.text(DeliveryError(.damaged("")).hint)
                try await output.guarded {
                    try say(DoctorObject.damaged, [output.text(.doctorDamaged)], nil)
                }
            } else if case .readableByOthers = error.cause {
                failure.exitCode = ExitStatus.checkFailed
                try await output.guarded { try sayUnopened(.doctorFilesOpen) }
            } else if case .failed = error.cause {
                // Not to be looked at by this very command again.
                failure.hint = output.text(.doctorUnopenedHint)
                try await output.guarded { try sayUnopened(.doctorUnopened) }
            }
            output.failure(failure)
            throw ExitCode(failure.exitCode)
        }
    }

    /// Of a store that cannot be used as it lies there, though nothing of it is damaged.
    private func sayUnopened(_ phrase: Phrase) throws {
        let file = URL(fileURLWithPath: common.path).lastPathComponent
        let row = ["⚠", output.text(.doctorFiles), output.text(phrase, ["file": file])]
        try say(
            DoctorObject.open,
            TextTable.lines([], [row]) + [output.text(.doctorCannotSave, ["count": "1"])], nil)
    }

    private func examine(_ output: Output) async throws {
        let identity = try Driver.identity(at: common.path)
        let token = TokenFile(replica: common.path)
        var link = Driver.HubLink.none
        let sync = sync && !trial.dryRun
        if sync, token.read() != nil, let hub = identity.hub.flatMap({ URL(string: $0) }) {
            link = .http(hub, token: { token.read() ?? "" })
        }
        let isOnline = sync && identity.hub != nil && token.read() != nil
        let rehearsal = trial.dryRun ? try Rehearsal(of: common.path, output) : nil
        defer { rehearsal?.end() }
        let driver = try await Driver.open(
            at: rehearsal?.path ?? common.path, as: identity.driver, hub: link, holding: .eachStep,
            marks: rehearsal?.folder ?? Driver.marksFolder)
        var seen: Checkup.Evidence
        let inside: DoctorBundle.Seen
        do {
            let exchange = isOnline ? try await Self.exchange(driver) : nil
            let schema = try await driver.schema()
            seen = try await evidence(driver, schema, identity, token)
            seen.exchange = exchange
            inside = DoctorBundle.Seen(
                schema: schema, position: seen.position,
                outbox: try await driver.outbox(.pending) + driver.outbox(.quarantined),
                now: seen.now)
        } catch {
            await driver.close()
            throw error
        }
        await driver.close()
        let checkup = Checkup(seen)
        try await output.guarded {
            try say(DoctorObject(checkup, seen), lines(checkup, seen, output), inside)
        }
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
        case .stuck: return "no_progress"
        default: return ""
        }
    }

    private func evidence(
        _ driver: Driver, _ schema: StoreSchema, _ identity: ReplicaIdentity, _ token: TokenFile
    ) async throws -> Checkup.Evidence {
        var seen = Checkup.Evidence(
            position: try await driver.status(), storeVersion: schema.version, hub: identity.hub,
            hasToken: token.read() != nil, now: Int64(Date().timeIntervalSince1970 * 1_000))
        seen.damage = try await driver.verifyRows()
        seen.tokenEndsAt = token.read().flatMap { TokenFile.end(of: $0) }
        seen.disk = try await driver.diskUse()
        seen.proofsWaiting = try await driver.waitingProofs().count
        seen.photosMissing = try await driver.missingPhotos().values.reduce(0, +)
        lookAtFiles(token, &seen)
        return seen
    }

    /// Who can read and write what the store is made of, its folder of photos among it.
    private func lookAtFiles(_ token: TokenFile, _ seen: inout Checkup.Evidence) {
        let parts = ["", "-wal", ".lease", ".pump", ".ballast", "-blobs"]
        for path in parts.map({ common.path + $0 }) + [token.path] {
            guard let mode = Self.mode(path) else { continue }
            let name = URL(fileURLWithPath: path).lastPathComponent
            if mode & 0o077 != 0 { seen.openFiles.append(name) }
            if access(path, W_OK) != 0 { seen.lockedFiles.append(name) }
        }
        // Whoever can write a folder can put another store in this one's place, unless the folder is
        // one in which everybody only has his own, as /tmp.
        let folder = URL(fileURLWithPath: common.path).deletingLastPathComponent().path
        if let mode = Self.mode(folder), mode & 0o022 != 0, mode & 0o1000 == 0 {
            seen.openFiles.append(URL(fileURLWithPath: folder).lastPathComponent + "/")
        }
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
                finding.isUntold ? "–" : mark(finding.level),
                finding.label.map { output.text($0) } ?? output.text(.outbox),
                finding.words(in: output.language, because: seen, dates: output.dates),
            ]
        }
        return TextTable.lines([], rows) + [verdict(checkup, output)]
    }

    private func verdict(_ checkup: Checkup, _ output: Output) -> String {
        let count = checkup.findings.count { $0.level != .well }
        switch checkup.level {
        case .well: return output.text(.doctorWell)
        case .degraded:
            return output.text(
                checkup.canSave ? .doctorDegraded : .doctorCannotSave, ["count": "\(count)"])
        case .damaged: return output.text(.doctorDamaged)
        }
    }

    /// What was found, and the archive of it where one was asked for.
    /// - Parameter inside: nil for a store that does not open at all.
    private func say(
        _ found: DoctorObject, _ lines: [String], _ inside: DoctorBundle.Seen?
    ) throws {
        guard let bundle else { return output.result(found, lines) }
        let written = try DoctorBundle(doctor: found, store: common.path, seen: inside)
            .write(to: bundle, output)
        var object = found
        object.bundle = written
        var said = [
            output.text(.bundleWritten, ["path": bundle, "bytes": "\(written.bytes)"])
        ]
        if let reason = written.caseError {
            let why = output.text(DoctorBundle.said(reason))
            said.append(output.text(.bundleNoCase, ["reason": why]))
        }
        output.result(object, lines + said)
    }
}

/// What doctor's `--json` says: a contract.
struct DoctorObject: Encodable {
    struct Found: Encodable {
        var check: String
        var level: String
        var count: Int?
    }

    struct Reason: Encodable {
        var count: Int
        var why: String
    }

    /// Absent where none was asked for.
    var bundle: DoctorBundle.Written?
    var findings: [Found]
    var level: String
    var pending: Int?
    /// Each reason with how much it holds back; absent where nothing waits.
    var reasons: [Reason]?
    /// The first of them: a stable word.
    var why: String?

    /// Of a store that does not open.
    static var damaged: Self {
        let level = Checkup.Level.damaged.word
        return Self(findings: [Found(check: "store", level: level, count: nil)], level: level)
    }

    /// Of a store that does not open, since others can read it, or its folder or disk does not let it.
    static var open: Self {
        let level = Checkup.Level.degraded.word
        return Self(findings: [Found(check: "files", level: level, count: 1)], level: level)
    }

    private init(findings: [Found], level: String) {
        self.findings = findings
        self.level = level
    }

    init(_ checkup: Checkup, _ seen: Checkup.Evidence) {
        findings = checkup.findings.map {
            Found(
                check: $0.check, level: $0.level.word,
                count: $0.arguments["count"].flatMap { Int($0) })
        }
        level = checkup.level.word
        pending = seen.position.pendingCount
        guard pending != 0 else { return }
        let all = Checkup.reasons(seen)
        reasons = all.map { Reason(count: $0.count, why: $0.code) }
        why = all.first?.code
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
