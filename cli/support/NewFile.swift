internal import Foundation
internal import LuckyModel

/// A file that a command was told to make: private, and never over another.
public enum NewFile {
    /// In a trial nothing is written; what would be refused is refused all the same.
    /// - Throws: ``CommandFailure`` where there is one of that name, or it cannot be written.
    public static func create(
        _ path: String, _ bytes: some Sequence<UInt8>, _ output: Output
    ) throws(CommandFailure) {
        if output.isDryRun { return try checkIsNew(path, output) }
        do throws(PrivateFile.Failure) {
            try PrivateFile.create(path, bytes)
        } catch {
            throw failure(error == .exists, path, output)
        }
    }

    /// Says so before the work is done whose result could not be written.
    /// - Throws: ``CommandFailure`` where there is one of that name, or no folder for it.
    public static func checkIsNew(_ path: String, _ output: Output) throws(CommandFailure) {
        if PrivateFile.exists(path) { throw failure(true, path, output) }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        if access(folder, W_OK | X_OK) != 0 { throw failure(false, path, output) }
    }

    private static func failure(
        _ exists: Bool, _ path: String, _ output: Output
    ) -> CommandFailure {
        CommandFailure(
            code: exists ? "file_exists" : "not_written",
            exitCode: exists ? ExitStatus.refused : ExitStatus.checkFailed,
            message: output.text(exists ? .exportExists : .exportNotWritten, ["path": path]),
            hint: output.text(exists ? .fileExistsHint : .notWrittenHint))
    }
}
