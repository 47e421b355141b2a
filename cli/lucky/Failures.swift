import LuckyCommandLine
import LuckyDriver

extension CommandFailure {
    /// From whatever the driver or the store said.
    init(_ error: DeliveryError, _ output: Output, stop: String = "") {
        self.init(
            code: error.code.rawValue, exitCode: Self.exitCode(for: error.cause),
            message: error.message(in: output.language, stop: stop),
            hint: Self.hint(for: error.cause).map {
                output.text($0, ["stop": stop, "path": Self.path(of: error.cause)])
            })
    }

    /// Without the slash that a shell puts behind a folder's name.
    private static func path(of error: StoreError) -> String {
        guard case .notAFile(let path) = error else { return "" }
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }

    private static func exitCode(for error: StoreError) -> Int32 {
        switch error {
        case .notAStore, .newerFormat, .damaged, .notDurable: ExitStatus.damaged
        case .notFound, .notAFile: ExitStatus.usage
        case .readOnly, .closed, .diskFull, .unknownOutcome, .failed: ExitStatus.checkFailed
        default: ExitStatus.refused
        }
    }

    private static func hint(for error: StoreError) -> Phrase? {
        switch error {
        case .refused(.alreadyClosed(.cancelled)): .cancelledStopHint
        case .refused(.alreadyClosed): .refusedClosedHint
        case .refused(.handedOver): .handedOverHint
        case .notInBackup: .restoreWouldLoseHint
        case .refused(.onDuty): .refusedOnDutyHint
        case .refused(.offDuty): .refusedOffDutyHint
        case .refused(.severalShifts): .refusedSeveralShiftsHint
        case .notAFile: .notAFileHint
        case .unknownEntity: .unknownStopHint
        case .unknownOutcome: .commitUnknownHint
        default: nil
        }
    }
}
