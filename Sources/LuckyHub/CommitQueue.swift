internal import Foundation
internal import Synchronization

/// Transactions that wait for their turn. While one commit is synced, whoever comes next queues
/// here, and the first of them that gets the turn commits for all: one sync of the disk for many
/// pushes (DESIGN §6).
final class CommitQueue: Sendable {
    private let waiting = Mutex<[Job]>([])
    /// How many transactions were committed since the open.
    let transactions = Atomic<Int>(0)
    /// Of how many callers those were.
    let callers = Atomic<Int>(0)

    /// One caller's part of a transaction. Only who holds ``Hub/committing`` looks into it, once it
    /// is queued; its caller waits meanwhile.
    final class Job: @unchecked Sendable {
        /// It shares its transaction with nobody.
        let isAlone: Bool
        fileprivate var body: ((any HubTransaction) throws -> () -> Void)?
        private var stands: (() -> Void)?
        fileprivate(set) var outcome: Result<Void, any Error>?

        fileprivate init(
            isAlone: Bool, _ body: @escaping (any HubTransaction) throws -> () -> Void
        ) {
            self.isAlone = isAlone
            self.body = body
        }

        /// Runs the part; what it throws is its caller's.
        func run(in rows: any HubTransaction) throws { stands = try body?(rows) }

        /// Nothing can undo the part any more but the end of the whole transaction.
        func stand() {
            stands?()
            stands = nil
        }

        /// What was decided first stands.
        func end(_ result: Result<Void, any Error>) { outcome = outcome ?? result }
    }

    var count: Int { waiting.withLock { $0.count } }

    /// Queues a part, for as long as `wait` runs.
    /// - Parameter body: what it returns is done once the part stands.
    func queue(
        isAlone: Bool, _ body: (any HubTransaction) throws -> () -> Void,
        _ wait: (Job) throws -> Void
    ) throws {
        try withoutActuallyEscaping(body) { body in
            let job = Job(isAlone: isAlone, body)
            // Whoever ran it has let go of it.
            defer { job.body = nil }
            waiting.withLock { $0.append(job) }
            try wait(job)
        }
    }

    /// All that wait, in the order in which they came.
    func take() -> [Job] {
        waiting.withLock { jobs in
            defer { jobs = [] }
            return jobs
        }
    }
}

/// A part ended without a result: it was never run.
private struct NotRun: Error {}

/// Undoes a transaction that was only to be tried.
private struct TrialEnded: Error {}

extension Hub {
    /// One transaction that may lengthen the log; with others that wait, if there are any.
    /// - Parameters:
    ///   - isAlone: with nobody else: what may end the process, or takes long.
    ///   - isTrial: to see what would come of it: nothing of the transaction is left.
    func append<T>(
        _ now: Int64, isAlone: Bool = false, isTrial: Bool = false,
        _ body: (inout LogWriter) throws -> T
    ) throws -> T {
        var value: T?
        func part(_ rows: any HubTransaction) throws -> () -> Void {
            var writer = try LogWriter(rows, of: self, now: now)
            let result = try body(&writer)
            if isTrial {
                value = result
                throw TrialEnded()
            }
            try writer.countReceipts()
            if writer.owesScrub { owesScrub.store(true, ordering: .releasing) }
            value = result
            // Whoever comes next in this transaction finds it so; where it is not committed, all
            // is forgotten.
            return { [recent, loaded = writer.loaded, forgotten = writer.forgotten] in
                recent.keep(loaded, without: forgotten)
            }
        }
        do {
            try queue.queue(isAlone: isAlone || isTrial, part) { job in
                committing.lock()
                defer { committing.unlock() }
                if job.outcome == nil { commitAll(queue.take()) }
                if case .failure(let error) = job.outcome { throw error }
            }
        } catch is TrialEnded {}
        guard let value else { throw NotRun() }
        return value
    }

    /// Whatever ends the process, or takes long, comes behind those that do not.
    private func commitAll(_ jobs: [CommitQueue.Job]) {
        let together = jobs.filter { !$0.isAlone }
        if !together.isEmpty { commit(together) }
        for job in jobs where job.isAlone { commit([job]) }
        scrub()
    }

    /// Commits these together, each undone by itself where it is refused. Where it is not known
    /// whether the whole was committed, the rows decide what is.
    private func commit(_ jobs: [CommitQueue.Job]) {
        var isBegun = false
        do {
            try requireTrust()
            let mark = try storage.write { rows in
                for job in jobs {
                    if jobs.count == 1 {
                        try job.run(in: rows)
                        job.stand()
                    } else {
                        try run(job, undoablyIn: rows)
                    }
                    isBegun = true
                }
                return try Continuity.Mark(rows)
            }
            queue.transactions.add(1, ordering: .relaxed)
            queue.callers.add(jobs.count, ordering: .relaxed)
            try continuity?.mark(mark)
            lastSequence.max(mark.sequence, ordering: .acquiringAndReleasing)
            for job in jobs { job.end(.success(())) }
        } catch is TransactionGone {
            // Nothing of it is left, and who ended it knows: the others go by themselves.
            recent.clear()
            for job in jobs where job.outcome == nil { commit([job]) }
        } catch {
            if isBegun { recent.clear() }
            for job in jobs { job.end(.failure(error)) }
        }
    }

    private func run(_ job: CommitQueue.Job, undoablyIn rows: any HubTransaction) throws {
        do {
            try rows.undoable { try job.run(in: rows) }
            job.stand()
        } catch let gone as TransactionGone {
            job.end(.failure(gone.reason))
            throw gone
        } catch {
            job.end(.failure(error))
        }
    }
}
