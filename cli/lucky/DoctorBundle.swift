import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver
import LuckySimulation

/// What a driver hands to support: what doctor found, how the data and the sync stand, and the whole
/// day as a case that plays again. Without anybody's name, number, address, words or token.
struct DoctorBundle {
    /// The names in the archive, all in one folder.
    private static let folder = "lucky-doctor/"
    private static let caseName = "case"

    /// What doctor's `--json` says.
    let doctor: DoctorObject
    /// The store's file.
    let store: String
    /// Nil where the store does not open.
    var seen: Seen?

    /// What was looked at in a store that opens.
    struct Seen {
        var schema: StoreSchema
        var position: SyncPosition
        var outbox: [OutboxEntry]
        var now: Int64
    }

    /// What became of it: part of doctor's `--json`.
    struct Written: Encodable {
        var bytes: Int
        /// Why there is no case to replay; absent where there is one.
        var caseError: String?
        var files: [String]
    }

    /// Writes a new file, for its owner only; nothing in a trial.
    /// - Throws: where there is one of that name, or the disk does not take it.
    func write(to path: String, _ output: Output) throws -> Written {
        var files = [("doctor.json", Output.json(doctor) + "\n")]
        var caseError: String?
        if let seen {
            files.append(("store.json", Output.json(StoreObject(seen)) + "\n"))
            do throws(CaseExport.Failure) {
                let exported = try CaseExport.text(
                    of: .store, at: store, name: Self.caseName, renamesAll: true)
                files.append((Self.caseName + ".json", exported.text))
            } catch {
                caseError = Self.word(error)
            }
        } else {
            caseError = "damaged"
        }
        let bytes = TarArchive.bytes(
            files.map { (Self.folder + $0.0, Array($0.1.utf8)) },
            at: Int64(Date().timeIntervalSince1970))
        try NewFile.create(path, bytes, output)
        return Written(bytes: bytes.count, caseError: caseError, files: files.map(\.0))
    }

    /// A stable word; what was played and came to something else names only entities.
    private static func word(_ failure: CaseExport.Failure) -> String {
        switch failure {
        case .unknown: "empty"
        case .store(let error): error.code
        case .differs: "differs"
        }
    }

    /// Such a word for a person; a store's own stays as it is.
    static func said(_ word: String) -> Phrase {
        switch word {
        case "empty": .bundleEmpty
        case "differs": .bundleDiffers
        case "damaged": .bundleDamaged
        default: Phrase(verbatim: word)
        }
    }

    /// Versions, sizes, and how sending stands; ages instead of moments.
    private struct StoreObject: Encodable {
        struct Retry: Encodable {
            var attempts: Int
            /// So many failures in a row that the hub is only probed now and then.
            var isResting: Bool
            var lastError: String?
            var nextTryInS: Int64?
        }

        struct Change: Encodable {
            var ageS: Int64
            var counter: UInt64
            var kinds: [String]
            /// The hub's word.
            var reason: String?
            var replica: String
            var state: String
        }

        var depot: String?
        var differing: Int
        var history: String?
        var lastPageAgeS: Int64?
        var lastReceiptAgeS: Int64?
        var parked: Int
        var pending: Int
        var quarantined: Int
        var recovery: String?
        var replica: String
        var retry: Retry
        var schema: SchemaObject
        var sequence: UInt64
        var unconfirmed: Int
        var waiting: [Change]

        init(_ seen: Seen) {
            func seconds(_ milliseconds: Int64?) -> Int64? {
                milliseconds.map { $0.subtractingReportingOverflow(seen.now) }.flatMap {
                    $0.overflow ? nil : $0.partialValue / 1_000
                }
            }
            func age(_ milliseconds: Int64?) -> Int64? { seconds(milliseconds).map { 0 - $0 } }
            let position = seen.position
            depot = position.depot?.text
            differing = position.differingCount
            history = position.history?.hex
            lastPageAgeS = age(position.lastPageAt)
            lastReceiptAgeS = age(position.lastReceiptAt)
            parked = position.parkedCount
            pending = position.pendingCount
            quarantined = position.quarantinedCount
            recovery = position.recovery?.code
            replica = position.replica.description
            retry = Retry(
                attempts: position.retry.attempts,
                isResting: position.retry.attempts >= SyncOptions().breakerFailures,
                lastError: position.retry.lastError,
                nextTryInS: seconds(position.retry.nextTryAt))
            schema = SchemaObject(seen.schema)
            sequence = position.checkpoint?.sequence ?? 0
            unconfirmed = position.unconfirmedCount
            waiting = seen.outbox.map { entry in
                Change(
                    ageS: age(entry.writtenAt) ?? 0, counter: entry.dot.counter,
                    kinds: entry.kinds,
                    reason: entry.reason.flatMap {
                        $0.wholeMatch(of: /[a-z0-9_]+/) == nil ? nil : $0
                    },
                    replica: entry.dot.replica.description, state: entry.state.rawValue)
            }
        }
    }
}
