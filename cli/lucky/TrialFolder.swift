import Foundation
import LuckyCommandLine
import LuckyModel

/// A folder beside a file, for its owner only, in which something is tried that goes away again.
struct TrialFolder {
    let path: String

    /// - Parameter file: need not be there yet; nor need its folder.
    /// - Throws: ``CommandFailure`` where nothing can be written there.
    init(beside file: String, _ output: Output) throws(CommandFailure) {
        let prefix = Self.existing(file) + ".dry-run-"
        Self.removeLeft(by: prefix)
        path = prefix + "\(getpid())"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o700])
        } catch {
            throw CommandFailure(
                code: "not_written", exitCode: ExitStatus.checkFailed,
                message: output.text(.exportNotWritten, ["path": file]),
                hint: output.text(.notWrittenHint))
        }
    }

    func end() { try? FileManager.default.removeItem(atPath: path) }

    /// The file, or the first folder above it that would have to be made.
    private static func existing(_ file: String) -> String {
        var url = URL(fileURLWithPath: file).standardizedFileURL
        while true {
            let parent = url.deletingLastPathComponent()
            if parent.path == url.path || FileManager.default.fileExists(atPath: parent.path) {
                return url.path
            }
            url = parent
        }
    }

    /// Of processes that were killed: people's names are in it.
    private static func removeLeft(by prefix: String) {
        let url = URL(fileURLWithPath: prefix)
        let parent = url.deletingLastPathComponent().path
        for name in (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? [] {
            guard name.hasPrefix(url.lastPathComponent),
                let process = pid_t(name.dropFirst(url.lastPathComponent.count)),
                kill(process, 0) != 0, errno == ESRCH
            else { continue }
            try? FileManager.default.removeItem(atPath: parent + "/" + name)
        }
    }
}
