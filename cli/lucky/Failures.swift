import Foundation
import LuckyCommandLine
import LuckyDriver

extension CommandFailure {
    /// From whatever the driver or the store said.
    init(_ found: DeliveryError, _ output: Output, stop: String = "") {
        let error = Self.named(found)
        // Where no stop is named there is none yet that could have failed.
        let isNowhere = stop.isEmpty && error.cause == .refused(.nothingHandedOver)
        self.init(
            code: error.code.rawValue, exitCode: Self.exitCode(for: error.cause),
            message: isNowhere
                ? output.text(.refusedNothingAdded)
                : error.message(in: output.language, stop: stop),
            hint: output.text(
                isNowhere ? .notRecordedHint : error.hint, ["stop": stop, "path": error.hintPath]))
    }

    /// The same, but a file that was never a store is called that, whoever can read it.
    static func named(_ error: DeliveryError) -> DeliveryError {
        guard case .readableByOthers(let path) = error.cause,
            let file = FileHandle(forReadingAtPath: path)
        else { return error }
        defer { try? file.close() }
        let head = (try? file.read(upToCount: 16)) ?? Data()
        return head == Data("SQLite format 3\0".utf8)
            ? error : DeliveryError(.notAStore(path: path))
    }

    private static func exitCode(for error: StoreError) -> Int32 {
        switch error {
        case .notAStore, .newerFormat, .damaged, .notDurable: ExitStatus.damaged
        case .notFound, .notAFile: ExitStatus.usage
        case .readOnly, .closed, .diskFull, .unknownOutcome, .failed: ExitStatus.checkFailed
        default: ExitStatus.refused
        }
    }
}
