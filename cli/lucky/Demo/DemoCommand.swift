import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct DemoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo",
        abstract: Phrase.helpDemo.spoken,
        subcommands: [DemoPlay.self, DemoJudge.self], defaultSubcommand: DemoPlay.self)
}

struct DemoPlay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "play",
        abstract: Phrase.helpDemoPlay.spoken,
        discussion: Phrase.helpDemoPlayMore.spoken)

    @OptionGroup var speech: SpeechOptions

    @Option(help: Phrase.helpDemoKeep.help(as: "dir"))
    var keep: String?

    @Option(help: Phrase.helpDemoSeed.help)
    var seed: UInt64?

    func run() async throws {
        let start = ContinuousClock.now
        signal(SIGPIPE, SIG_IGN)
        let output = speech.output
        let seed = seed ?? UInt64.random(in: 0...999_999)
        try await output.demo {
            let folder = try DemoFolder.make(at: keep)
            let interrupts = Interrupts(temporary: keep == nil ? folder : nil)
            defer { interrupts.end() }
            do {
                let day = try DemoDay(folder, seed: seed, output, start: start)
                try await day.play()
                var verdict = try Judge(folder).verdict(in: output.language)
                verdict.figures = try day.end()
                try verdict.report(output, day.display)
                if keep == nil { folder.remove() }
            } catch {
                Children.shared.killAll()
                // What went wrong can be looked at.
                output.warning(output.text(.demoKept, ["path": folder.path]))
                throw error
            }
        }
    }
}

struct DemoJudge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "judge",
        abstract: Phrase.helpDemoJudge.spoken)

    @OptionGroup var speech: SpeechOptions

    @Argument(help: Phrase.helpDemoFolder.help)
    var folder: String

    func run() async throws {
        let output = speech.output
        try await output.demo {
            let verdict = try Judge(DemoFolder(path: folder)).verdict(in: output.language)
            try verdict.report(output, DemoDisplay(output, since: .now))
        }
    }
}

extension Output {
    /// Says why there is no verdict, exit 1.
    fileprivate func demo(_ body: () async throws -> Void) async throws {
        try await guarded {
            do {
                try await body()
            } catch let failure as DemoFailure {
                throw CommandFailure(
                    code: "demo_failed", exitCode: ExitStatus.checkFailed,
                    message: text(failure.phrase, failure.arguments),
                    hint: text(.demoFailedHint))
            } catch let failure as CommandFailure {
                throw failure
            } catch let exit as ExitCode {
                throw exit
            } catch {
                throw CommandFailure(
                    code: "demo_failed", exitCode: ExitStatus.checkFailed,
                    message: text(.demoFailed, ["error": "\(error)"]),
                    hint: text(.demoFailedHint))
            }
        }
    }
}

/// Ctrl-C and SIGTERM end all processes of the demo first.
final class Interrupts {
    private let sources: [any DispatchSourceSignal]

    init(temporary folder: DemoFolder?) {
        sources = [SIGINT, SIGTERM, SIGHUP].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                Children.shared.killAll()
                folder?.remove()
                _exit(128 + number)
            }
            source.resume()
            return source
        }
    }

    func end() { for source in sources { source.cancel() } }
}
