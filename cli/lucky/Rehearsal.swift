import LuckyCommandLine
import LuckyDriver

/// A copy of a replica beside it, for trying what would come of a tap: the same rules, rows and
/// bounds, and nothing of it lasts.
struct Rehearsal {
    private let trial: TrialFolder
    /// For its owner only.
    var folder: String { trial.path }
    /// The copy.
    var path: String { trial.path + "/replica.sqlite" }

    init(of replica: String, _ output: Output) throws {
        trial = try TrialFolder(beside: replica, output)
        do {
            _ = try Driver.backUp(replica, to: path)
        } catch {
            end()
            throw error
        }
    }

    func end() { trial.end() }
}
