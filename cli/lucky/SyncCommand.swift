import ArgumentParser
import Dispatch
import Foundation
import LuckyCommandLine
import LuckyDriver

struct SyncCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sync", abstract: Phrase.helpSync.spoken,
        subcommands: [SyncOnce.self, SyncWatch.self], defaultSubcommand: SyncOnce.self)
}

struct SyncOnce: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "once", abstract: Phrase.helpSyncOnce.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var trial: DryRunOption

    func run() async throws { try await Session.syncOnce(common, dryRun: trial.dryRun) }
}

struct SyncWatch: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch",
        abstract: Phrase.helpSyncWatch.spoken)

    @OptionGroup var common: CommonOptions
    @OptionGroup var trial: DryRunOption

    func run() async throws {
        try await Session.run(common, online: !trial.dryRun, dryRun: trial.dryRun) { session in
            guard !trial.dryRun else {
                return try await session.rehearseSync { position, changes in
                    StatusLine(position, wouldSend: changes)
                }
            }
            let output = session.output
            let statuses = session.driver.statuses
            let watch = Task {
                var last = ""
                // Before the loop begins it is "paused": not worth a line.
                for await status in statuses where status.phase != .paused {
                    let line =
                        output.isJSON
                        ? Output.json(StatusLine(status)) : StatusText(output).phase(status)
                    if line != last { output.line(line) }
                    last = line
                }
            }
            defer { watch.cancel() }
            let driver = session.driver
            let pump = Task { try await driver.run() }
            let signals = [SIGINT, SIGTERM].map { number in
                signal(number, SIG_IGN)
                let source = DispatchSource.makeSignalSource(signal: number)
                source.setEventHandler { pump.cancel() }
                source.resume()
                return source
            }
            defer { for source in signals { source.cancel() } }
            try await pump.value
        }
    }

    private struct StatusLine: Encodable {
        var attempts: Int
        var error: String?
        var isStuck: Bool
        var pending: Int
        var phase: String
        /// Only of a trial: the change ids that wait, in the order in which they would go.
        var wouldSend: [String]?

        init(_ position: SyncPosition, wouldSend: [String]) {
            attempts = 0
            isStuck = false
            pending = position.pendingCount
            phase = SyncStatus.Phase.paused.word
            self.wouldSend = wouldSend
        }

        init(_ status: SyncStatus) {
            attempts = status.attempts
            error = status.phase.failure?.kind
            isStuck = status.isStuck
            pending = status.pending
            phase = status.phase.word
        }
    }
}

extension Session {
    /// One sync; tried, it only says what would be sent, without any network.
    static func syncOnce(_ options: CommonOptions, dryRun: Bool) async throws {
        try await run(options, online: !dryRun, dryRun: dryRun) { session in
            guard dryRun else { return try await session.syncOnce() }
            try await session.rehearseSync { position, changes in
                SyncObject(
                    pending: position.pendingCount, phase: SyncStatus.Phase.paused.word,
                    quarantined: position.quarantinedCount, wouldSend: changes)
            }
        }
    }

    /// Says what would be sent.
    /// - Parameter object: what `--json` says of where the replica stands and of the changes that wait.
    fileprivate func rehearseSync(
        _ object: (SyncPosition, [String]) -> some Encodable
    ) async throws {
        let entries = try await driver.outbox(.pending)
        let position = try await driver.status()
        let lines = OutboxText.lines(entries, try await stops(of: entries), output)
        output.result(
            object(position, entries.map(\.change.hex)),
            lines.isEmpty ? [output.text(.outboxNothing)] : lines)
    }

    /// Now, whatever was to be waited for, and says how it ended.
    func syncOnce() async throws {
        let status = try await driver.syncOnce()
        try await report(status)
    }

    /// Says how a sync ended, with its exit code.
    func report(_ status: SyncStatus) async throws {
        let refused = try await driver.status().quarantinedCount
        let result = SyncObject(
            error: status.phase.failure?.kind, pending: status.pending, phase: status.phase.word,
            quarantined: refused)
        switch status.phase {
        case .idle where status.pending == 0 && refused > 0:
            output.result(result, [])
            throw CommandFailure(
                code: "not_accepted", exitCode: ExitStatus.refused,
                message: output.text(.outboxRefused, ["count": "\(refused)"]),
                hint: output.text(.outboxRefusedHint))
        case .idle where status.pending == 0, .syncing, .recovering:
            output.result(result, [StatusText(output).phase(status)] + (try await proofsHere()))
            let news = try await driver.news().count
            if news > 0 {
                output.remark("  " + output.text(.syncNews, ["count": "\(news)"]))
            }
        case .idle, .paused, .stuck, .differs, .storeFailed:
            throw failure(status, ExitStatus.checkFailed)
        case .waiting: throw failure(status, ExitStatus.offline)
        case .needsToken, .refused: throw failure(status, ExitStatus.refused)
        }
    }

    /// What the depot has not, though it received every record.
    func proofsHere() async throws -> [String] {
        let stops = try await driver.waitingProofs().count
        return stops == 0 ? [] : ["  " + output.text(.proofsHere, ["count": "\(stops)"])]
    }

    /// The command ends with it: nothing tries again by itself.
    private func failure(_ status: SyncStatus, _ exitCode: Int32) -> CommandFailure {
        let code = status.phase.failure?.kind ?? status.phase.word
        let arguments = [
            "pending": "\(status.pending)", "error": StatusText(output).linkFault(code),
        ]
        let message: String
        var hint = Phrase.syncLaterHint
        switch status.phase {
        case .waiting:
            let phrase: Phrase = status.pending == 0 ? .phaseGaveUpEmpty : .phaseGaveUp
            (message, hint) = (output.text(phrase, arguments), .phaseGaveUpHint)
        case .stuck: (message, hint) = (output.text(.phaseStuckOnce, arguments), .phaseGaveUpHint)
        default: message = StatusText(output).phase(status)
        }
        return CommandFailure(
            code: code, exitCode: exitCode, message: message, hint: output.text(hint))
    }

    private struct SyncObject: Encodable {
        var error: String?
        var pending: Int
        var phase: String
        var quarantined: Int
        /// Only of a trial: the change ids that wait, in the order in which they would go.
        var wouldSend: [String]?
    }
}

extension SyncStatus.Phase {
    /// The word of `--json`.
    var word: String {
        switch self {
        case .idle: "idle"
        case .syncing: "syncing"
        case .waiting: "waiting"
        case .needsToken: "needs_token"
        case .refused: "refused"
        case .recovering(let recovery): recovery.code
        case .stuck: "stuck"
        case .differs: "differs"
        case .storeFailed: "store_failed"
        case .paused: "paused"
        }
    }

    var failure: ExchangeFailure? {
        switch self {
        case .waiting(let failure), .refused(let failure): failure
        default: nil
        }
    }
}
