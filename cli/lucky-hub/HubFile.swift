import Foundation
import LuckyCommandLine
import LuckyHub
import LuckyModel

/// A hub's own file, opened by this process.
enum HubFile {
    /// - Parameter depot: nil where the file must exist.
    static func open(_ path: String, depot: String?, _ output: Output) throws -> Hub {
        try CommandFailure.refuse(folder: path, output)
        guard depot != nil || FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure(missing: path, output, hint: .hubNewFileHint)
        }
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder) else {
            throw CommandFailure(missing: folder, output)
        }
        do throws(HubOpenError) {
            return try Hub.open(
                at: path, depot: depot.map { Identifier($0) },
                random: SystemRandomNumberGenerator())
        } catch {
            throw CommandFailure(error, opening: path, output)
        }
    }
}

extension CommandFailure {
    /// Throws where a folder stands in the place of a file.
    static func refuse(folder path: String, _ output: Output) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
            isFolder.boolValue
        else { return }
        throw CommandFailure(
            code: "file_is_folder", exitCode: ExitStatus.usage,
            message: output.text(.hubFileIsFolder, ["path": path]),
            hint: output.text(.hubFileMissingHint))
    }

    init(missing path: String, _ output: Output, hint: Phrase = .hubFileMissingHint) {
        self.init(
            code: "file_missing", exitCode: ExitStatus.usage,
            message: output.text(.hubFileMissing, ["path": path]),
            hint: output.text(hint))
    }

    init(_ error: HubOpenError, opening path: String, _ output: Output) {
        func say(_ phrase: Phrase, _ detail: String = "") -> String {
            output.text(phrase, ["path": path, "detail": detail, "depot": detail])
        }
        switch error {
        case .inUse:
            self.init(
                code: "in_use", exitCode: ExitStatus.refused, message: say(.hubInUse),
                hint: say(.hubInUseHint))
        case .notDurable:
            self.init(
                code: "not_durable", exitCode: ExitStatus.damaged, message: say(.hubNotDurable),
                hint: say(.hubNotDurableHint))
        case .otherDepot(let depot):
            self.init(
                code: "other_depot", exitCode: ExitStatus.refused,
                message: say(.hubOtherDepot, depot.text), hint: say(.hubOtherFileHint))
        case .depotMissing:
            self.init(
                code: "depot_missing", exitCode: ExitStatus.usage,
                message: say(.hubDepotMissing), hint: say(.hubNewFileHint))
        case .simulated:
            self.init(
                code: "simulated_depot", exitCode: ExitStatus.refused,
                message: say(.hubSimulated, Identifier.simulation.text),
                hint: say(.hubOtherFileHint))
        case .notAHub:
            self.init(
                code: "not_a_hub_file", exitCode: ExitStatus.damaged, message: say(.hubFileIsNone),
                hint: say(.hubFileMissingHint))
        case .newer(let version):
            self.init(
                code: "newer_file", exitCode: ExitStatus.damaged,
                message: output.text(.hubNewerFile, ["path": path, "version": "\(version)"]),
                hint: say(.hubNewerFileHint))
        case .diskFull:
            self.init(
                code: "disk_full", exitCode: ExitStatus.checkFailed, message: say(.hubDiskFull),
                hint: say(.hubDiskFullHint))
        case .unusable(let detail):
            self.init(
                code: "unusable", exitCode: ExitStatus.damaged,
                message: say(.hubFileUnusable, detail), hint: say(.hubDamagedHint))
        }
    }
}
