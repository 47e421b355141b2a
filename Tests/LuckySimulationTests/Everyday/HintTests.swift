import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckyStore
import Testing

/// Whoever is refused is told what is safe, and what to do next.
struct HintTests {
    private static let stop = EntityID(.stop, madeBy: ChangeID(high: 0, low: 1))
    private static let shift = EntityID(.shift, madeBy: ChangeID(high: 0, low: 1))

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
            .alreadySaid,
            .onDuty, .offDuty, .severalShifts(2), .nothingHandedOver,
        ].map { (refusal: StopRefusal) in StoreError.refused(refusal) }

    /// What a call or a rule names by itself.
    private static let plain: [StoreError] =
        [
            .notFound(path: "p"), .notAStore(path: "p"), .olderFormat(1), .closed,
            .idOfAnotherTap(ChangeID(high: 0, low: 1)), .outOfBounds("x"),
            .failed(code: 1, "x"),
        ]
        + [.outOfRange, .controlCharacter, .textTooLong].map {
            (refusal: StopRefusal) in StoreError.refused(refusal)
        }

    @Test("Every failure comes with a hint, in both languages")
    func remedy() {
        let all = Self.remedies + Self.plain
        for cause in all {
            let error = DeliveryError(cause)
            for language in Language.allCases {
                let words = error.hint.text(
                    in: language, ["stop": "3", "path": error.hintPath])
                #expect(!words.isEmpty && !words.contains("{"), "\(cause): \(words)")
            }
        }
        // Every word that there is; a stop and a shift that are not here, and two sorts of closed
        // stops, share one.
        #expect(Set(all.map(\.code)).count == all.count - 2)
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

    @Test("What the system says of a file is said in Chinese, too")
    func systemWords() {
        let said = "replica.sqlite.lease: Permission denied"
        let error = DeliveryError(.failed(code: 14, said))
        #expect(error.message(in: .en).contains(said))
        #expect(error.message(in: .zhHant).contains("replica.sqlite.lease: 沒有權限"))
        let damaged = DeliveryError(.damaged("database disk image is malformed"))
        #expect(!damaged.message(in: .zhHant).contains("malformed"))
        // What nobody put into words comes as it is.
        #expect(Phrase.system("Stale file handle", in: .zhHant) == "Stale file handle")
    }
}
