import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyDriver

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: Phrase.helpStatus.spoken)

    @OptionGroup var common: CommonOptions

    func run() async throws {
        try await Session.run(common) { session in
            let position = try await session.driver.status()
            let routes = try await session.driver.routes(on: common.day)
            let now = Int64(Date().timeIntervalSince1970 * 1_000)
            let attention = Attention(
                disk: try await session.driver.diskUse(),
                proofs: try await session.driver.waitingProofs(), now: now)
            let gone = try await session.driver.missingPhotos()
            let reviews = try await session.driver.reviews().count { $0.review.state.needsDecision }
            let object = StatusObject(
                session.identity, position, routes, attention,
                gone: gone.values.reduce(0, +), reviews: reviews, now: now)
            session.output.result(
                object,
                StatusText(session.output).lines(
                    session.identity, position, routes, date: session.driver.date(of: common.day),
                    gone: gone, now: now) + attention.lines(session.output))
        }
    }
}

/// What somebody has to look at before it hurts.
private struct Attention {
    var disk: DiskUse?
    /// How long each overdue photo or signature waits, milliseconds.
    var overdue: [Int64]

    init(disk: DiskUse?, proofs: [EntityID: Int64], now: Int64) {
        self.disk = disk
        overdue = proofs.values.map { now - $0 }.filter { $0 > Bounds.proofOverdueMilliseconds }
    }

    func lines(_ output: Output) -> [String] {
        var lines: [String] = []
        if let longest = overdue.max() {
            lines.append(
                output.text(
                    .statusProofsOverdue,
                    [
                        "count": "\(overdue.count)",
                        "age": Formats.duration(milliseconds: longest, in: output.language),
                    ]))
        }
        guard let disk else { return lines }
        let percent = ["percent": "\(disk.percent)"]
        switch disk.level {
        case .enough: break
        case .low: lines.append(output.text(.statusDiskLow, percent))
        case .critical: lines.append(output.text(.statusDiskCritical, percent))
        }
        return lines
    }
}

private struct StatusObject: Encodable {
    struct Outbox: Encodable {
        var oldestS: Int64?
        var pending: Int
        var quarantined: Int
    }

    struct Hub: Encodable {
        var attempts: Int
        var depot: String?
        var history: String?
        var lastError: String?
        var lastPageMs: Int64?
        var lastReceiptMs: Int64?
        var nextTryMs: Int64?
        var recovery: String?
        var sequence: UInt64
        var url: String?
    }

    var closedStops: Int
    var differing: Int
    /// `enough`, `low` or `critical`; absent where the system does not say.
    var disk: String?
    var diskUsedPercent: Int?
    var driver: String
    var hub: Hub
    var outbox: Outbox
    var parked: Int
    /// Photos and signatures that are gone from this phone.
    var proofGone: Int
    /// Stops whose photo or signature waits for over 24 hours.
    var proofOverdue: Int
    var proofPending: Int
    var replica: String
    var reviews: Int
    var stops: Int
    var unconfirmed: Int

    init(
        _ identity: ReplicaIdentity, _ position: SyncPosition, _ routes: [StoredRoute],
        _ attention: Attention, gone: Int, reviews: Int, now: Int64
    ) {
        let all = routes.flatMap(\.stops)
        closedStops = all.filter(\.stop.status.isClosed).count
        differing = position.differingCount
        disk = attention.disk?.level.rawValue
        diskUsedPercent = attention.disk?.percent
        driver = identity.driver.text
        hub = Hub(
            attempts: position.retry.attempts, depot: position.depot?.text,
            history: position.history?.hex, lastError: position.retry.lastError,
            lastPageMs: position.lastPageAt, lastReceiptMs: position.lastReceiptAt,
            nextTryMs: position.retry.nextTryAt, recovery: position.recovery?.code,
            sequence: position.checkpoint?.sequence ?? 0, url: identity.hub)
        outbox = Outbox(
            oldestS: position.oldestPendingWrittenAt.map { max(0, now - $0) / 1_000 },
            pending: position.pendingCount, quarantined: position.quarantinedCount)
        parked = position.parkedCount
        proofGone = gone
        proofOverdue = attention.overdue.count
        proofPending = all.filter { $0.stop.proof == .pending }.count
        replica = position.replica.description
        self.reviews = reviews
        stops = all.count
        unconfirmed = position.unconfirmedCount
    }
}

/// A status as words.
struct StatusText {
    let output: Output

    init(_ output: Output) { self.output = output }

    func lines(
        _ identity: ReplicaIdentity, _ position: SyncPosition, _ routes: [StoredRoute],
        date: CivilDate?, gone: [EntityID: Int], now: Int64
    ) -> [String] {
        let replica = String(position.replica.description.prefix(4))
        var lines = [
            output.text(.statusDriver, ["driver": identity.driver.text, "replica": replica])
        ]
        lines += routes.map { route in
            let closed = route.stops.filter(\.stop.status.isClosed).count
            return output.text(
                .statusRoute,
                [
                    "date": date?.text(output.dates) ?? "", "route": route.spokenName(output),
                    "closed": "\(closed)",
                    "total": "\(route.stops.count)",
                ])
        }
        if position.unconfirmedCount > 0 {
            lines.append(
                output.text(.statusUnconfirmed, ["count": "\(position.unconfirmedCount)"]))
        }
        lines += outbox(position, now: now).map { output.text(.statusOutbox, ["text": $0]) }
        let proofs = routes.flatMap(\.stops).filter {
            $0.stop.proof == .pending && gone[$0.stop.id] == nil
        }.count
        if proofs > 0 { lines.append(output.text(.statusProofs, ["count": "\(proofs)"])) }
        let lost = gone.values.reduce(0, +)
        if lost > 0 { lines.append(output.text(.statusProofsGone, ["count": "\(lost)"])) }
        let hub = [self.hub(position), identity.hub].compactMap(\.self).joined(separator: " · ")
        lines.append(output.text(.statusHub, ["text": hub]))
        return lines
    }

    private func outbox(_ position: SyncPosition, now: Int64) -> [String] {
        var lines: [String] = []
        if position.pendingCount > 0, let oldest = position.oldestPendingWrittenAt {
            let age = Formats.duration(milliseconds: max(0, now - oldest), in: output.language)
            lines.append(
                output.text(
                    .outboxWaiting, ["pending": "\(position.pendingCount)", "age": age]))
        } else if position.quarantinedCount == 0 {
            let isKnown = position.lastPageAt != nil
            lines.append(output.text(isKnown ? .outboxEmpty : .outboxNothing))
        }
        if position.quarantinedCount > 0 {
            lines.append(
                output.text(.outboxRefused, ["count": "\(position.quarantinedCount)"]))
        }
        if position.parkedCount > 0 {
            lines.append(output.text(.outboxParked, ["count": "\(position.parkedCount)"]))
        }
        if position.differingCount > 0 {
            lines.append(output.text(.statusDiffers, ["count": "\(position.differingCount)"]))
        }
        return lines
    }

    private func hub(_ position: SyncPosition) -> String {
        if let recovery = position.recovery { return output.text(.recovery(code: recovery.code)) }
        if position.retry.lastError == "other_depot", position.pendingCount > 0 {
            return output.text(
                .otherDepotAnswered,
                ["count": "\(position.pendingCount)", "depot": position.depot?.text ?? ""])
        }
        if let error = position.retry.lastError, position.retry.attempts > 0,
            let advice = Phrase.doorAdvice(error)
        {
            return output.text(advice)
        }
        if let next = position.retry.nextTryAt, position.retry.attempts > 0 {
            return output.text(
                .hubWaiting,
                [
                    "error": linkFault(position.retry.lastError ?? "–"),
                    "time": Formats.timeOfDay(next),
                ])
        }
        guard let at = position.lastPageAt else { return output.text(.hubNever) }
        return output.text(.hubHeard, ["time": Formats.moment(at, output.dates)])
    }

    /// Why the depot was not reached, in the caller's words.
    func linkFault(_ kind: String) -> String {
        Phrase.linkFault(kind).map { output.text($0) } ?? kind
    }

    /// How old what is shown may be (L15).
    /// - Parameter heardAt: the hub's time at the last page, Unix milliseconds.
    func asOf(_ heardAt: Int64?) -> String {
        guard let heardAt else { return output.text(.routeNeverHeard) }
        return output.text(.routeAsOf, ["time": Formats.moment(heardAt, output.dates)])
    }

    /// A hub's refusal in the caller's language, with its code for whoever is asked for help.
    private func said(_ failure: ExchangeFailure) -> String {
        if case .otherDepot(_, let waiting, let depot) = failure {
            return output.text(.otherDepotAnswered, ["count": "\(waiting)", "depot": depot])
        }
        guard case .refused(_, let code, let message) = failure else { return failure.description }
        let detail = Phrase.badRequest(message, in: output.language)
        return output.text(.hubRefusal(code), ["detail": detail]) + " · " + code
    }

    /// The sync's phase as one line.
    func phase(_ status: SyncStatus) -> String {
        let pending = ["pending": "\(status.pending)"]
        switch status.phase {
        case .idle: return output.text(.phaseIdle)
        case .syncing: return output.text(.phaseSyncing, pending)
        case .waiting(let failure):
            return output.text(
                .phaseWaiting,
                pending.merging(
                    ["error": linkFault(failure.kind), "attempts": "\(status.attempts)"]
                ) { a, _ in a })
        case .needsToken: return output.text(.phaseNeedsToken, pending)
        case .refused(let failure):
            return output.text(
                .phaseRefused, pending.merging(["error": said(failure)]) { a, _ in a })
        case .recovering(let recovery): return output.text(.recovery(code: recovery.code))
        case .stuck: return output.text(.phaseStuck, pending)
        case .differs: return output.text(.phaseDiffers)
        case .storeFailed("disk_full"): return output.text(.syncDiskFull)
        case .storeFailed(let code): return output.text(.storeFailed, ["error": code])
        case .paused: return output.text(.phasePaused, pending)
        }
    }
}
