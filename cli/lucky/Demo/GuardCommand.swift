import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyModel

/// Outlives a demo that was killed itself, for a moment: ends its processes. Reads a process id a
/// line, with a minus when that one has ended, until standard input does.
struct GuardCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "demo-guard", abstract: Phrase.helpDemoGuard.spoken,
        shouldDisplay: false)

    func run() {
        signal(SIGINT, SIG_IGN)
        var running: Set<Int32> = []
        while let line = readLine() {
            guard let pid = Int32(line), pid.magnitude > 1 else { continue }
            if pid > 0 { running.insert(pid) } else { running.remove(-pid) }
        }
        for pid in running.sorted() { kill(pid, SIGKILL) }
    }
}
