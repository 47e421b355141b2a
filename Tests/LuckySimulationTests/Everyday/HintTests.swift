import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckyStore
import Testing

/// Whoever is refused is told what is safe, and what to do next.
struct HintTests {
    private static let stop = EntityID(.stop, madeBy: ChangeID(high: 0, low: 1))
    private static let shift = EntityID(.shift, madeBy: ChangeID(high: 0, low: 1))

    /// What a person can do something about.
    private static let remedies: [StoreError] =
        [
            .alreadyExists(path: "p"), .notAFile(path: "p/"), .newerFormat(9),
            .readableByOthers(path: "p"), .otherDriver("drv-2"), .leaseHeld, .pumpRunning,
            .notInBackup(2), .readOnly, .unknownEntity(stop), .unknownEntity(shift), .diskFull,
            .notDurable("x"), .unknownOutcome("x"), .damaged("x"),
        ]
        + [
            .alreadyClosed(.cancelled), .alreadyClosed(.failed), .alreadyArrived,
            .nothingToCorrect, .codeTaken("X1"), .handedOver, .proofMissing, .stopsOpen(2),
            .onDuty, .offDuty, .severalShifts(2),
        ].map { (refusal: StopRefusal) in StoreError.refused(refusal) }

    /// Where the sentence itself says what to write instead, or nobody at the phone can help.
    private static let plain: [StoreError] =
        [
            .notFound(path: "p"), .notAStore(path: "p"), .olderFormat(1), .closed,
            .idOfAnotherTap(ChangeID(high: 0, low: 1)), .outOfBounds("x"),
            .failed(code: 1, "x"),
        ]
        + [.outOfRange, .controlCharacter, .textTooLong, .nothingHandedOver].map {
            (refusal: StopRefusal) in StoreError.refused(refusal)
        }

    @Test("What a person can mend comes with a hint, in both languages")
    func remedy() {
        for cause in Self.remedies {
            let error = DeliveryError(cause)
            for language in Language.allCases {
                let words = error.hint?.text(
                    in: language, ["stop": "3", "path": error.hintPath])
                #expect(words?.isEmpty == false, "\(cause)")
                #expect(words?.contains("{") == false, "\(cause): \(words ?? "")")
            }
        }
        #expect(Self.plain.allSatisfy { DeliveryError($0).hint == nil })
        let codes = Set((Self.remedies + Self.plain).map(\.code))
        // Every word that there is, and no hint for what is not one of them.
        #expect(codes.count == Self.remedies.count + Self.plain.count - 2)
    }

    @Test("A sentence names what it is about: a stop only where one was named")
    func causes() {
        func said(_ cause: StoreError, stop: String = "") -> String {
            DeliveryError(cause).message(in: .zhHant, stop: stop)
        }
        #expect(said(.unknownEntity(Self.stop), stop: "3").contains("第 3 站"))
        #expect(!said(.unknownEntity(Self.stop)).contains("站"))
        #expect(!said(.unknownEntity(Self.shift), stop: "3").contains("站"))
        #expect(said(.outOfBounds("photo of 9 bytes")).contains("照片"))
        #expect(!said(.outOfBounds("changeset")).contains("照片"))
        #expect(!said(.notAStore(path: "p")).contains("損壞"))
    }
}
