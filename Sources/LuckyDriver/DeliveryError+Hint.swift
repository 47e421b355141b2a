public import LuckyModel
internal import LuckyStore

extension DeliveryError {
    /// What is safe, and what to do next. Blanks: `stop` as in ``message(in:stop:)``, and ``hintPath``.
    public var hint: Phrase {
        switch cause {
        case .refused(let refusal): Self.hint(for: refusal)
        case .notInBackup: .restoreWouldLoseHint
        case .notAFile: .notAFileHint
        case .unknownEntity(let id): id.kind == .stop ? .unknownStopHint : .entityNotHereHint
        case .unknownOutcome: .commitUnknownHint
        case .diskFull: .diskFullHint
        case .leaseHeld: .leaseHeldHint
        case .pumpRunning: .pumpHint
        case .damaged, .notDurable: .damagedHint
        case .newerFormat: .newerFormatHint
        case .otherDriver: .otherDriverHint
        case .readableByOthers: .readableHint
        case .readOnly: .readOnlyHint
        case .alreadyExists: .existsHint
        case .notFound: .storeMissingHint
        case .notAStore: .notAStoreHint
        case .idOfAnotherTap: .otherTapHint
        case .outOfBounds: .notRecordedHint
        case .olderFormat, .closed, .failed: .storeFailedHint
        }
    }

    /// What `{path}` of a hint stands for; without the slash that a shell puts behind a folder's name.
    public var hintPath: String {
        switch cause {
        case .notAFile(let path), .readableByOthers(let path):
            path.hasSuffix("/") ? String(path.dropLast()) : path
        default: ""
        }
    }

    private static func hint(for refusal: StopRefusal) -> Phrase {
        switch refusal {
        case .alreadyClosed(.cancelled): .cancelledStopHint
        case .alreadyClosed: .refusedClosedHint
        case .alreadyArrived: .arrivedHint
        case .nothingToCorrect: .nothingToCorrectHint
        case .handedOver: .handedOverHint
        case .proofMissing: .proofMissingHint
        case .stopsOpen: .stopsOpenHint
        case .alreadySaid: .alreadySaidHint
        case .onDuty: .refusedOnDutyHint
        case .offDuty: .refusedOffDutyHint
        case .severalShifts: .refusedSeveralShiftsHint
        case .codeTaken: .codeTakenHint
        case .tooMuchCash: .tooMuchCashHint
        case .noSuchDrop: .noSuchDropHint
        case .outOfRange, .controlCharacter, .textTooLong: .notRecordedHint
        case .nothingHandedOver: .nothingHandedOverHint
        }
    }
}
