import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: Phrase.helpBackupWhat.spoken,
        discussion: Phrase.helpBackupMore.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpBackupFile.help, completion: .file())
    var file: String

    @OptionGroup var trial: DryRunOption

    func run() async throws {
        var output = common.output
        output.isDryRun = trial.dryRun
        try await Session.guarded(output) { [output] in
            do {
                let copy = try copy(output)
                output.result(
                    BackedUp(
                        bytes: copy.bytes, driver: copy.driver.text, pending: copy.pending,
                        photos: copy.photos, photosLeftOut: copy.photosLeftOut),
                    [
                        output.text(
                            .backupMade,
                            [
                                "path": file, "bytes": "\(copy.bytes)",
                                "pending": "\(copy.pending)", "photos": "\(copy.photos)",
                            ])
                    ])
                if copy.photosLeftOut > 0 {
                    output.warning(
                        output.text(.backupLeftOut, ["count": "\(copy.photosLeftOut)"]))
                }
                if !trial.dryRun { output.remark(output.text(.backupCare)) }
            } catch let error as DeliveryError
                where error.cause == .alreadyExists(path: file)
            {
                throw CommandFailure(
                    code: "file_exists", exitCode: ExitStatus.refused,
                    message: output.text(.exportExists, ["path": file]),
                    hint: output.text(.fileExistsHint))
            } catch let error as DeliveryError where error.cause == .diskFull {
                // No record was to be saved.
                throw CommandFailure(
                    code: error.cause.code, exitCode: ExitStatus.checkFailed,
                    message: output.text(.backupDiskFull, ["path": file]),
                    hint: output.text(.backupDiskFullHint))
            }
        }
    }

    /// In a dry run one beside the file, read back as for real, which goes away again.
    private func copy(_ output: Output) throws -> StoreBackup {
        try NewFile.checkIsNew(file, output)
        guard trial.dryRun else { return try Driver.backUp(common.path, to: file) }
        let folder = try TrialFolder(beside: file, output)
        defer { folder.end() }
        return try Driver.backUp(common.path, to: folder.path + "/replica.sqlite")
    }

    private struct BackedUp: Encodable {
        var bytes: Int
        var driver: String
        var pending: Int
        var photos: Int
        var photosLeftOut: Int
    }
}

struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: Phrase.helpRestoreWhat.spoken,
        discussion: Phrase.helpRestoreMore.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpRestoreFile.help, completion: .file())
    var file: String

    @OptionGroup var trial: DryRunOption

    /// A store that is damaged itself is no reason not to restore.
    private static func isOfBackup(_ error: DeliveryError, _ file: String) -> Bool {
        switch CommandFailure.named(error).cause {
        case .damaged: true
        case .notAStore(let path): path == file
        default: false
        }
    }

    func run() async throws {
        var output = common.output
        output.isDryRun = trial.dryRun
        try await Session.guarded(output) { [output] in
            let restored: StoreRestore
            do {
                restored = try self.restored(output)
            } catch let error as DeliveryError where error.cause == .notFound(path: file) {
                throw CommandFailure(
                    code: error.code.rawValue, exitCode: ExitStatus.usage,
                    message: output.text(.backupMissing, ["path": file]),
                    hint: output.text(.backupMissingHint))
            } catch let error as DeliveryError where Self.isOfBackup(error, file) {
                let failure = CommandFailure(error, output)
                throw CommandFailure(
                    code: failure.code, exitCode: failure.exitCode,
                    message: output.text(.backupDamaged, ["path": file]),
                    hint: output.text(.backupDamagedHint))
            }
            output.result(
                Restored(
                    driver: restored.driver.text, isOldUnreadable: restored.isOldUnreadable,
                    isReplaced: restored.replaced != nil, kept: restored.kept,
                    left: restored.left, pending: restored.pending, photos: restored.photos),
                [
                    output.text(
                        .restoreMade,
                        [
                            "driver": restored.driver.text, "pending": "\(restored.pending)",
                            "photos": "\(restored.photos)",
                        ])
                ])
            if trial.dryRun {
                if restored.replaced != nil { output.remark(output.text(.restoreWouldMove)) }
            } else if let aside = restored.replaced {
                output.remark(output.text(.restoreAside, ["path": aside]))
            }
            if restored.kept > 0 {
                output.remark(output.text(.restoreKept, ["count": "\(restored.kept)"]))
            }
            if restored.left > 0 {
                output.remark(output.text(.restoreLeft, ["count": "\(restored.left)"]))
            }
            if restored.isOldUnreadable { output.warning(output.text(.restoreUnread)) }
            if !trial.dryRun { output.remark(output.text(.restoreNext)) }
        }
    }

    private func restored(_ output: Output) throws -> StoreRestore {
        guard trial.dryRun else {
            return try Driver.restore(
                file, to: common.path, now: Int64(Date().timeIntervalSince1970 * 1_000))
        }
        let folder = try TrialFolder(beside: common.path, output)
        defer { folder.end() }
        return try Driver.rehearseRestore(file, to: common.path, in: folder.path)
    }

    private struct Restored: Encodable {
        var driver: String
        var isOldUnreadable: Bool
        var isReplaced: Bool
        var kept: Int
        var left: Int
        var pending: Int
        var photos: Int
    }
}
