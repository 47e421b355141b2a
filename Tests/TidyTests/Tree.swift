import Foundation
import TestSupport

/// The files of this repository, as git knows them.
enum Tree {
    /// Tracked paths from the top, sorted; files deleted but still tracked are left out.
    static func tracked() async throws -> [String] {
        // In CI the checkout may belong to another user; git says no unless told.
        let git = try await Command.run(
            "git", ["-c", "safe.directory=*", "ls-files", "-z"], in: Repository.folder)
        guard git.status == 0 else { throw NoGit(errors: git.errors) }
        return git.output.split(separator: "\0").map(String.init).sorted().filter {
            FileManager.default.fileExists(atPath: url($0).path)
        }
    }

    static func url(_ path: String) -> URL { Repository.folder.appending(path: path) }

    /// The lines of a text file. Lines of files that are not text are no one's business: none.
    static func lines(_ path: String) throws -> [Substring] {
        guard let text = String(data: try Data(contentsOf: url(path)), encoding: .utf8) else {
            return []
        }
        return text.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// A line of Swift up to its `//` comment.
    static func code(_ line: Substring) -> Substring {
        var inString = false
        var last: Character = " "
        for (index, character) in zip(line.indices, line) {
            if character == "\"" && last != "\\" { inString.toggle() }
            if character == "/" && last == "/" && !inString {
                return line[..<line.index(before: index)]
            }
            last = character
        }
        return line
    }

    struct NoGit: Error { let errors: String }
}

/// Where in the repository something is wrong; prints as `path:line: text`.
struct Finding: Hashable, CustomStringConvertible {
    let path: String
    let line: Int
    let text: String
    var description: String { "\(path):\(line): \(text)" }
}
