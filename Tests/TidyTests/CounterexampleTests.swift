import Foundation
import TestSupport
import Testing

/// Each history from which a law of causality or sync was learned is played by a named test or a
/// case; this says by which, and that they are there.
struct CounterexampleTests {
    /// What plays a history: the function of a test, or the id of a case.
    struct Proof: Sendable, CustomTestStringConvertible {
        var history: String
        /// Below `Tests`, without its ending; or the folder of a case, from `Schemas` on.
        var path: String
        var name: String
        var testDescription: String { "\(history): \(name)" }
    }

    /// A 1 to 17: what a law as first worded lost, doubled or let diverge.
    private static let broken: [(Int, String, [String])] = [
        (1, "LuckyHubTests/HistoryTests", ["counterexample1_aBackupBeginsAnotherHistory"]),
        (
            1, "LuckyHubTests/ContinuityTests",
            ["counterexample1_anOlderCopyFromTheSameRunBeginsAnotherHistory"]
        ),
        (
            2, "LuckyHubTests/AcceptTests",
            ["counterexample2_aRestoredPhonesTapBelowTheHeadIsAFork"]
        ),
        (2, "LuckySimulationTests/ForkTests", ["restoredPhone"]),
        (3, "LuckyHubTests/AcceptTests", ["counterexample3_aCopyWithAnotherHeadGetsNoPage"]),
        (
            3, "LuckySimulationTests/ForkTests",
            ["copyNoticedByTheHead", "tapBetweenRequestAndAnswer"]
        ),
        (
            4, "LuckySimulationTests/ForkTests",
            ["reissueRenamesContexts", "siblingsOfPlanSeeTheRenamedDot"]
        ),
        (4, "LuckyStoreTests/RenamingTests", ["whoSawWhatStays", "commutesWithMerging"]),
        (5, "LuckyHubTests/QuarantineTests", ["counterexample5_aQuarantinedWriteLeavesNoTrace"]),
        (5, "LuckyStoreTests/HardTimesTests", ["restated"]),
        (5, "LuckyStoreTests/PropertyTests", ["day"]),
        (6, "LuckyWireTests/ReleaseTests", ["isTheFactItLetsIn"]),
        (6, "LuckyHubTests/DecisionTests", ["counterexample6_aReleaseIsAChangesetOfTheHub"]),
        (
            7, "LuckyCausalityTests/EntityStateTests",
            [
                "cover_aContextOfOneFieldDoesNotEatAnother",
                "cover_whatWasOverwrittenDoesNotComeBack", "cover_alsoWhenMerging",
            ]
        ),
        (
            7, "LuckyHubTests/RebaselineTests",
            [
                "counterexample7a_aLostPlanWriteIsListedAndNotJoined",
                "counterexample7b_whatACoverKnowsIsNotListed",
            ]
        ),
        (
            8, "LuckyHubTests/RebaselineTests",
            ["counterexample8_aFactThatOnlyAnotherDeviceHoldsComesBack"]
        ),
        (8, "LuckySimulationTests/HistoryRecoveryTests", ["onlyOthersHold"]),
        (
            9, "LuckyHubTests/RebaselineTests",
            ["counterexample9_aGapThatNobodyFillsDoesNotBlock"]
        ),
        (9, "LuckyStoreTests/ArchiveTests", ["hubTimeOnly"]),
        (10, "LuckyCausalityTests/ReviewRulesTests", ["overwritingTakesTheFindingAway"]),
        (
            10, "LuckyHubTests/ReviewTests",
            ["aCancelledStopThatWasDeliveredStaysDelivered"]
        ),
        (11, "LuckyCausalityTests/EntityStateTests", ["mergingHasNoCap"]),
        (
            11, "LuckyHubTests/QuarantineTests",
            ["counterexample11_theSeventeenthSiblingIsRefused"]
        ),
        (
            12, "LuckyCausalityTests/EntityStateTests",
            ["aDeliveryThatTheDeleteHadNotSeenShows", "theShownSiblingDecides"]
        ),
        (12, "LuckyHubTests/DecisionTests", ["counterexample12_aPurgedStopIsAStubForEver"]),
        (12, "LuckyHubTests/BookDateTests", ["counterexample12_aPurgeTakesNothingFromTheBooks"]),
        (13, "LuckyHubTests/ScopeTests", ["counterexample13_projectionsMeetAgain", "leftAndBack"]),
        (
            13, "LuckyHubTests/BigEntityTests",
            ["counterexample13_factsComeAheadAndTheVectorWithTheLastPart"]
        ),
        (13, "LuckySimulationTests/HistoryRecoveryTests", ["scopeIsReplaced"]),
        (14, "LuckyHubTests/PageTests", ["counterexample14_aPageIsClosedOverItsChangesets"]),
        (15, "LuckySimulationTests/ForgetfulHubTests", ["headBelowAReceipt"]),
        (
            15, "LuckyHubTests/RebaselineTests",
            ["counterexample15_anUnknownCheckpointIsAnAlarmAndMayOffer"]
        ),
        (
            15, "LuckyHubTests/RolledBackTests",
            ["counterexample15_aKnownTagBeyondTheLogEndsTheHistory", "anInventedTagMintsNothing"]
        ),
        (16, "LuckyWireTests/DigestTests", ["hubReplicaGolden"]),
        (16, "LuckyHubTests/HistoryTests", ["anotherDepotsFile"]),
        (17, "LuckyHubTests/AcceptTests", ["theSameDotAgainIsTheSameReceipt"]),
        (17, "LuckyHubTests/ScopeTests", ["theOldDriversDeliveryIsAClaimAndOpensAReview"]),
    ]

    /// B: examined and found sound. C is what must be persisted. D: what no wording mends.
    private static let others: [(String, String, [String])] = [
        ("B projections", "LuckyHubTests/ScopeTests", ["counterexample13_projectionsMeetAgain"]),
        (
            "B two devices", "Schemas/cases/domain",
            ["13-phone-and-tablet-agree", "13-phone-and-tablet-differ", "13-replaced-phone"]
        ),
        ("B epochs", "LuckySimulationTests/ForkTests", ["manyForks"]),
        ("B offers", "LuckySimulationTests/HistoryRecoveryTests", ["randomHistories"]),
        ("B stale pages", "LuckyHubTests/RandomHistoryTests", ["everyBaseEndsAsTheHubsState"]),
        ("B chain", "LuckyHubTests/AcceptTests", ["anotherPreviousHashIsAskedForOneEarlier"]),
        (
            "B contexts within the vector",
            "LuckySimulationTests/Interleaving/EngineInterleavingTests",
            ["everyFaultAtEveryPlace"]
        ),
        ("D copy and restored hub", "LuckySimulationTests/HistoryRecoveryTests", ["bothAtOnce"]),
        ("D vectors grow", "LuckyStoreTests/RenamingTests", ["whoSawWhatStays"]),
        (
            "D shown by halves", "LuckyHubTests/RebaselineTests",
            ["counterexample8_aFactThatOnlyAnotherDeviceHoldsComesBack"]
        ),
        ("D second lock", "LuckyHubTests/AcceptTests", ["aTapUnderAnotherDotIsAlreadyThere"]),
        (
            "D an old screen", "LuckyCausalityTests/EntityStateTests",
            ["cover_aContextOfOneFieldDoesNotEatAnother"]
        ),
    ]

    /// What no hub of ours can be brought to, and the test that shows why not.
    private static let impossible: [(String, String, [String])] = [
        // A move between two depots' logs, and a depot read again after the lock: a hub keeps the
        // log of one depot, refuses another's file, and has one lock.
        ("A13 move_reenter, depot_recheck", "LuckyHubTests/HistoryTests", ["anotherDepotsFile"]),
        // One counter between two depots: the hub's replica is of its one depot and its history.
        ("A16 two depots' logs", "LuckyHubTests/HistoryTests", ["anotherDepotsFile"]),
    ]

    static let proofs: [Proof] =
        broken.flatMap { number, path, names in
            names.map { Proof(history: "A\(number)", path: path, name: $0) }
        }
        + (others + impossible).flatMap { history, path, names in
            names.map { Proof(history: history, path: path, name: $0) }
        }

    @Test("Every numbered history has a test")
    func everyNumber() {
        #expect(Set(Self.broken.map(\.0)) == Set(1...17))
    }

    @Test("The test or the case is there", arguments: proofs)
    func isThere(_ proof: Proof) throws {
        if proof.path.hasPrefix("Schemas/") {
            let lines = try Tree.lines("\(proof.path)/\(proof.name).json")
            #expect(lines.contains { $0.contains("\"id\": \"\(proof.name)\"") })
            return
        }
        let lines = try Tree.lines("Tests/\(proof.path).swift")
        let index = try #require(
            lines.firstIndex { $0.contains("func \(proof.name)(") }, "\(proof.path)")
        let attributes = lines[max(0, index - 2)...index]
        #expect(attributes.contains { $0.contains("@Test") })
    }
}
