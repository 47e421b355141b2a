import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copy this phone's data to a new file, also while it syncs; needs no network.",
        discussion: """
            The copy is read back whole before it gets its name, and is for your eyes only (0600); a \
            file that exists is never overwritten. Photos and signatures lie in FILE-blobs beside it. \
            Your sign-in (the token) is not in it.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The copy.")
    var file: String

    func run() async throws {
        let output = common.output
        try await Session.guarded(output) {
            do {
                let copy = try Driver.backUp(common.path, to: file)
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
                output.remark(output.text(.backupCare))
            } catch let error as DeliveryError
                where error.cause == .alreadyExists(path: file)
            {
                throw CommandFailure(
                    code: "file_exists", exitCode: ExitStatus.refused,
                    message: output.text(.exportExists, ["path": file]))
            }
        }
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
        abstract: "Put a backup in the place of this phone's data; then sync.",
        discussion: """
            What is there is moved aside, never deleted, and nothing is done where it has taps that \
            neither the depot nor the backup has. The phone goes on under a new name, and the next sync \
            fetches what came after the backup. On another phone, sign in afterwards: lucky login.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "The backup; it stays as it is.")
    var file: String

    func run() async throws {
        let output = common.output
        try await Session.guarded(output) {
            let restored = try Driver.restore(
                file, to: common.path, now: Int64(Date().timeIntervalSince1970 * 1_000))
            output.result(
                Restored(
                    driver: restored.driver.text, isOldUnreadable: restored.isOldUnreadable,
                    isReplaced: restored.replaced != nil, pending: restored.pending, photos: restored.photos),
                [
                    output.text(
                        .restoreMade,
                        [
                            "driver": restored.driver.text, "pending": "\(restored.pending)",
                            "photos": "\(restored.photos)",
                        ])
                ])
            if let aside = restored.replaced {
                output.remark(output.text(.restoreAside, ["path": aside]))
            }
            if restored.isOldUnreadable { output.warning(output.text(.restoreUnread)) }
            output.remark(output.text(.restoreNext))
        }
    }

    private struct Restored: Encodable {
        var driver: String
        var isOldUnreadable: Bool
        var isReplaced: Bool
        var pending: Int
        var photos: Int
    }
}
