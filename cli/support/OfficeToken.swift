internal import Foundation
internal import LuckyModel

/// The token of an office person, never on a command line.
public enum OfficeToken {
    /// The environment's name for it.
    public static let variable = "LUCKY_TOKEN"

    /// - Parameter path: a file, or - for standard input; nil: the environment.
    /// - Throws: ``CommandFailure`` where there is none.
    public static func read(_ path: String?, _ output: Output) throws -> String {
        if let path {
            let data =
                path == "-"
                ? FileHandle.standardInput.readDataToEndOfFile()
                : FileManager.default.contents(atPath: path)
            guard let data, !data.isEmpty else {
                throw CommandFailure(
                    code: "bad_token_file", exitCode: ExitStatus.usage,
                    message: output.text(.hubTokenFileMissing, ["path": path]),
                    hint: output.text(.officeTokenHint))
            }
            return String(decoding: data, as: UTF8.self)
        }
        let token = ProcessInfo.processInfo.environment[variable] ?? ""
        guard !token.isEmpty else {
            throw CommandFailure(
                code: "no_token", exitCode: ExitStatus.usage,
                message: output.text(.hubTokenMissing, ["name": variable]),
                hint: output.text(.officeTokenHint))
        }
        return token
    }
}
