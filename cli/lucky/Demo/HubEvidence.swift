import Foundation
import LuckyCausality
import LuckyDriver
import LuckyHub
import LuckyWire

/// What the copy of the hub's file says, read from a copy of its own: judging changes nothing.
struct HubEvidence: Sendable {
    /// A doorstep fact that a driver recorded.
    struct DoorstepFact: Sendable {
        var said: Said
        var author: Identifier
        var stop: String
        var entity: EntityID
    }

    private(set) var checkpoint: Checkpoint?
    private(set) var findings: [AuditFinding] = []
    private(set) var facts: [FactRef: DoorstepFact] = [:]
    /// Driver → the digest of the scope as the hub keeps it, and as its records give it.
    private(set) var digests: [String: (kept: Hash256, computed: Hash256)] = [:]
    private(set) var sums: [String: Sums] = [:]
    /// The same figures as the hub's own day report tells them.
    private(set) var reported: [String: Sums] = [:]
    private(set) var stops = 0
    private(set) var proofPending = 0
    /// Open reviews in plain words.
    private(set) var reviews: [String] = []
    /// Contradictions that nobody opened a review for.
    private(set) var unopened = 0
    /// Changes of the office that the hub answered for and does not have.
    private(set) var missingChanges: [String] = []
    /// What could not be read at all, in English.
    private(set) var unreadable: [String] = []

    init(
        _ folder: DemoFolder, date: String, officeChanges: [String], in language: Language
    ) throws(DemoFailure) {
        let files = FileManager.default
        let copy = files.temporaryDirectory.appending(path: "lucky-judge-\(UUID().uuidString)")
        defer { try? files.removeItem(at: copy) }
        do {
            try files.createDirectory(
                at: copy, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let path = copy.appending(path: "hub.sqlite").path
            try files.copyItem(atPath: folder.hubCopy, toPath: path)
            // Somebody may have had the file open since.
            if files.fileExists(atPath: folder.hubCopy + "-wal") {
                try files.copyItem(atPath: folder.hubCopy + "-wal", toPath: path + "-wal")
            }
            let hub = try Hub.open(
                at: path, depot: nil, random: SystemRandomNumberGenerator())
            try hub.read { try take($0, officeChanges) }
            ask(hub, date: date, in: language)
            try hub.close()
        } catch {
            throw DemoFailure(
                .demoNotReadable, ["path": folder.hubCopy, "error": "\(error)"])
        }
    }

    private mutating func take(_ reader: HubReader, _ officeChanges: [String]) throws {
        checkpoint = try reader.checkpoint()
        findings = try reader.audit()
        for entity in try reader.entities(.stop) {
            do throws(HubRefusal) {
                if let state = try reader.state(entity) { take(state) }
            } catch {
                unreadable.append("\(entity): \(error.message)")
            }
        }
        for driver in DemoFolder.drivers {
            var computed: [(id: EntityID, digest: Hash256)] = []
            for entity in try reader.scope(of: driver) {
                guard let state = try? reader.state(entity) else { continue }
                computed.append((entity, Digest.of(state)))
            }
            digests[driver.text] = (
                try reader.scopeDigest(of: driver).digest, Digest.ofScope(computed)
            )
        }
        for change in officeChanges {
            let info = try ChangeID(hex: change).flatMap { try reader.changeInfo($0) }
            if info == nil { missingChanges.append(change) }
        }
    }

    private mutating func take(_ state: EntityState) {
        let stop = state.stop
        if !state.isHidden { stops += 1 }
        if stop.proof == .pending { proofPending += 1 }
        Sums.add(state.factRecords, to: &sums)
        var opened: Set<ChangeID> = []
        for record in state.factRecords {
            if case .reviewOpened = record.fact { opened.insert(record.ref.change) }
            guard record.fact.isDoorstep else { continue }
            facts[record.ref] = DoorstepFact(
                said: Said(record.fact), author: record.author, stop: stop.code.text,
                entity: state.id)
        }
        unopened += ReviewRules.findings(in: state).count { !opened.contains($0.id) }
    }

    /// What the hub itself tells an office person.
    private mutating func ask(_ hub: Hub, date: String, in language: Language) {
        let office = Credential(
            person: DemoFolder.dispatcher, depot: DemoFolder.depot, role: .office)
        let now = Int64(Date().timeIntervalSince1970 * 1_000)
        do {
            let request = try OfficeJSON.encode(DayRequest(date: date, lang: language.rawValue))
            let answer = try hub.office(
                OfficeVerb.reportDay.rawValue, request, as: office, now: now)
            let report = try OfficeJSON.decode(DayReportReply.self, from: answer)
            reviews = report.reviews.map(\.text)
            for driver in report.drivers {
                var sums = Sums()
                for product in driver.figures.products {
                    sums.add(
                        delivered: [product.product: product.delivered],
                        collected: [product.product: product.collected])
                }
                sums.add(cashCents: driver.figures.cashCents)
                reported[driver.driver] = sums
            }
        } catch {
            unreadable.append("report-day: \(error)")
        }
    }
}
