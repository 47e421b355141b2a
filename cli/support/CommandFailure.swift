internal import ArgumentParser
internal import LuckyModel

/// Why a command stops: with its exit code, in the caller's language.
public struct CommandFailure: Error {
    /// A stable word for machines.
    public var code: String
    /// One of ``ExitStatus``.
    public var exitCode: Int32
    /// One sentence.
    public var message: String
    /// What is safe, and what to do next.
    public var hint: String

    /// As it is said.
    public init(code: String, exitCode: Int32, message: String, hint: String) {
        self.code = code
        self.exitCode = exitCode
        self.message = message
        self.hint = hint
    }
}

/// The documented exit codes; 0 is done.
public enum ExitStatus {
    /// A check failed, or the work could not be done: rows rejected, disk full …
    public static let checkFailed: Int32 = 1
    /// Refused: by a rule, by the hub's door, or since another has the file open.
    public static let refused: Int32 = 3
    /// The hub could not be reached, is busy, or is no hub: try again.
    public static let offline: Int32 = 4
    /// A store's file, or the hub's storage, cannot be trusted.
    public static let damaged: Int32 = 5
    /// The call itself was wrong, as `EX_USAGE`.
    public static let usage: Int32 = 64

    /// For the `discussion` of a program's help.
    public static var help: String { Phrase.helpExitCodes.spoken }
}

extension Output {
    /// Runs a command's work; a failure goes to standard error and becomes the exit code.
    public func guarded(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let failure as CommandFailure {
            self.failure(failure)
            throw ExitCode(failure.exitCode)
        }
    }
}
