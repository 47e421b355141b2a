internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire
internal import Synchronization

/// What devices were told lately that said nothing new: while nothing is written, who asks the same
/// again is told the same, and no snapshot is read for it.
///
/// An answer is a function of the request, of who brings it and of what the rows say. It is kept for
/// one state of the rows (``HubStorage/state``), all of it or nothing, so that it never mixes two;
/// the next transaction ends them all. What shows anything of an entity is not kept.
final class RecentAnswers: Sendable {
    private let kept = Mutex(Kept())
    private let limit: Int

    /// A request, but for its changesets, whose receipts are kept for themselves, and for what is
    /// only echoed.
    struct Question: Hashable, Sendable {
        private var request: SyncRequest
        private var credential: Credential

        init(_ request: SyncRequest, as credential: Credential) {
            self.request = request
            self.request.changesets = []
            self.request.nonce = 0
            self.credential = credential
        }
    }

    private struct Kept {
        /// Of the rows.
        var state: UInt64?
        /// The last of each replica.
        var answers: [ReplicaID: (question: Question, read: Hub.ReadPage)] = [:]
    }

    /// - Parameter answers: how many it holds at most.
    init(answers: Int = Bounds.recentAnswers) { limit = answers }

    /// - Parameter state: of the rows now; nil while it may be changing.
    func answer(to question: Question, of replica: ReplicaID, in state: UInt64?) -> Hub.ReadPage? {
        guard let state else { return nil }
        return kept.withLock { kept in
            guard kept.state == state, let known = kept.answers[replica],
                known.question == question
            else { return nil }
            return known.read
        }
    }

    /// - Parameters:
    ///   - state: of the rows before they were read.
    ///   - after: since then.
    func keep(
        _ read: Hub.ReadPage, to question: Question, of replica: ReplicaID, in state: UInt64?,
        after: UInt64?
    ) {
        guard let state, state == after, !read.isNoted,
            read.snapshot.page?.parts.isEmpty ?? true
        else { return }
        kept.withLock { kept in
            // A later state may have been kept meanwhile; of an earlier one nothing is asked.
            guard kept.state.map({ $0 <= state }) ?? true else { return }
            if kept.state != state || kept.answers.count >= limit {
                kept = Kept(state: state)
            }
            kept.answers[replica] = (question, read)
        }
    }

    func clear() { kept.withLock { $0 = Kept() } }
}

extension Hub {
    /// The answer where the same was asked in this state of the rows, and everything that comes with
    /// it got its receipt before; nil: the rows are to be asked.
    /// - Parameter known: what it carries.
    func toldAgain(
        _ request: SyncRequest, _ known: RecentMessages.Entry, as credential: Credential
    ) -> (push: PushResult, read: ReadPage)? {
        let question = RecentAnswers.Question(request, as: credential)
        guard
            let read = recentAnswers.answer(
                to: question, of: request.replica, in: storage.state),
            known.sequence <= read.reach
        else { return nil }
        var push = PushResult(receipts: known.receipts)
        guard let first = known.receipts.first else { return (push, read) }
        // It asks the file system.
        let mark = backups?.mark(of: request.replica) ?? 0
        if first.backupMark != mark {
            for index in push.receipts.indices { push.receipts[index].backupMark = mark }
        }
        return (push, read)
    }
}
