public import LuckyModel
public import LuckyStore

/// Why something that the driver asked for was not done. Nothing was written, unless the code says
/// that the outcome is unknown.
public struct DeliveryError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What went wrong. Open: new codes may come.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The store's stable word, such as `disk_full`; or a stop rule's.
        public let rawValue: String
        /// Any word; one that this build does not know is kept as it is.
        public init(rawValue: String) { self.rawValue = rawValue }
    }

    /// ``StoreError/code`` of ``cause``.
    public let code: Code
    /// Where the store said no.
    public let cause: StoreError
    /// Whether the same call may succeed later with nothing changed by a person.
    public var isRetryable: Bool { cause.isRetryable }

    /// Takes its code from the cause.
    public init(_ cause: StoreError) {
        self.cause = cause
        code = Code(rawValue: cause.code)
    }

    /// The rule that refused the tap; nil for any other cause.
    public var refusal: StopRefusal? {
        if case .refused(let refusal) = cause { refusal } else { nil }
    }

    /// The code's word; for a person, see ``message(in:stop:)``.
    public var description: String { code.rawValue }
}

extension DeliveryError {
    /// One sentence for the driver.
    /// - Parameter stop: how the screen names the stop, such as its number.
    public func message(in language: Language, stop: String = "") -> String {
        let (phrase, arguments): (Phrase, [String: String]) =
            switch cause {
            case .refused(.alreadyClosed(let status)):
                (
                    .refusedClosed,
                    ["stop": stop, "status": Phrase.status(status).text(in: language)]
                )
            case .refused(.codeTaken(let code)): (.refusedCodeTaken, ["stop": code.text])
            case .refused(.tooMuchCash):
                (.refusedTooMuchCash, ["most": Money(cents: Bounds.boxCents)?.text ?? ""])
            case .refused(let refusal): (.refusal(refusal), ["stop": stop])
            case .unknownEntity(let id):
                (
                    id.kind == .stop && !stop.isEmpty ? .refusedNotOnRoute : .entityNotHere,
                    ["stop": stop]
                )
            case .idOfAnotherTap(let id): (.idOfAnotherTap, ["id": id.hex])
            case .notFound(let path): (.storeMissing, ["path": path])
            case .notAFile(let path): (.notAFile, ["path": path])
            case .alreadyExists(let path): (.storeExists, ["path": path])
            case .otherDriver(let owner): (.storeOtherDriver, ["driver": owner.text])
            case .readableByOthers(let path): (.storeReadable, ["path": path])
            case .leaseHeld: (.storeBusy, [:])
            case .pumpRunning: (.syncSecondPump, [:])
            case .notInBackup(let count): (.restoreWouldLose, ["count": "\(count)"])
            case .diskFull: (.diskFull, [:])
            case .newerFormat: (.storeNewer, [:])
            case .notAStore(let path): (.notAStore, ["path": path])
            case .notDurable(let detail), .damaged(let detail):
                (.storeDamaged, ["error": Phrase.system(detail, in: language)])
            case .unknownOutcome(let detail):
                (.commitUnknown, ["error": Phrase.system(detail, in: language)])
            case .outOfBounds(let what):
                (what.hasPrefix("photo") ? .tapTooLarge : .tapTooLong, [:])
            case .failed(_, let detail):
                (.storeFailed, ["error": Phrase.system(detail, in: language)])
            case .readOnly, .closed, .olderFormat: (.storeFailed, ["error": cause.code])
            }
        return phrase.text(in: language, arguments)
    }
}
