internal import LuckyModel
import CCurl
import Foundation
import LuckySync
import Synchronization

/// Runs transfers on one background thread, which sleeps in `curl_multi_poll` whenever nothing
/// moves. The thread starts with the first transfer and ends after ``close()``.
final class CurlLoop: Sendable {
    /// A request on its way, and who waits for it.
    final class Job: Sendable {
        let request: HTTPRequest
        let isCancelled = Atomic(false)
        private let waiter = Mutex<CheckedContinuation<ExchangeOutcome, Never>?>(nil)

        init(_ request: HTTPRequest) { self.request = request }

        func await(_ continuation: CheckedContinuation<ExchangeOutcome, Never>) {
            waiter.withLock { $0 = continuation }
        }

        /// Only the first call counts.
        func end(_ outcome: ExchangeOutcome) {
            waiter.withLock { $0.take() }?.resume(returning: outcome)
        }
    }

    private struct Inbox {
        var jobs: [Job] = []
        var isRunning = false
        var isClosing = false
        /// Set before the handle goes away: nobody may wake it from then on.
        var isClosed = false
    }

    private let limits: TransportLimits
    private let inbox = Mutex(Inbox())
    /// Used by the loop's thread; `curl_multi_wakeup` alone by others, under the inbox's lock. Nil
    /// where there is no libcurl.
    private nonisolated(unsafe) let multi: UnsafeMutableRawPointer?

    private static let curlIsReady: Bool = lucky_curl_global_init() == CURLE_OK

    init(limits: TransportLimits) {
        self.limits = limits
        multi = Self.curlIsReady ? lucky_curl_multi_init() : nil
        guard let multi else { return }
        lucky_curl_multi_setopt_long(multi, CURLMOPT_MAXCONNECTS, limits.idleConnections)
    }

    /// Runs one request. Cancelling the task ends it at once.
    func run(_ request: HTTPRequest) async -> ExchangeOutcome {
        let job = Job(request)
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                job.await(continuation)
                submit(job)
            }
        } onCancel: {
            job.isCancelled.store(true, ordering: .releasing)
            wake()
        }
    }

    /// No request may follow.
    func close() {
        let mustFree = inbox.withLock { inbox in
            inbox.isClosing = true
            if inbox.isRunning { return false }
            inbox.isClosed = true
            return true
        }
        if mustFree { free() } else { wake() }
    }

    private func free() {
        if let multi { lucky_curl_multi_cleanup(multi) }
    }

    private func submit(_ job: Job) {
        guard multi != nil else {
            return job.end(.failed(.offline("libcurl is missing, or cannot start")))
        }
        let mustStart = inbox.withLock { inbox in
            inbox.jobs.append(job)
            defer { inbox.isRunning = true }
            return !inbox.isRunning
        }
        if mustStart {
            let thread = Thread { self.work() }
            thread.name = "lucky-http"
            thread.start()
        } else {
            wake()
        }
    }

    private func wake() {
        inbox.withLock { inbox in
            guard inbox.isRunning, !inbox.isClosed else { return }
            _ = lucky_curl_multi_wakeup(multi)
        }
    }

    // MARK: On the thread

    private func work() {
        blockBrokenPipeSignal()
        var transfers: [CurlTransfer] = []
        while true {
            let (jobs, isClosing) = inbox.withLock { inbox in
                defer { inbox.jobs = [] }
                return (inbox.jobs, inbox.isClosing)
            }
            for job in jobs { begin(job, &transfers) }
            end(&transfers) { isClosing || $0.job.isCancelled.load(ordering: .acquiring) }
                with: { _ in .failed(.cancelled) }
            if isClosing { break }
            var running: Int32 = 0
            lucky_curl_multi_perform(multi, &running)
            collect(&transfers)
            let now = ContinuousClock.now
            end(&transfers) { $0.isStalled(now: now) } with: { _ in .failed(.timedOut) }
            lucky_curl_multi_poll(multi, patience(transfers))
        }
        inbox.withLock { $0.isClosed = true }
        free()
    }

    private func begin(_ job: Job, _ transfers: inout [CurlTransfer]) {
        guard let transfer = CurlTransfer(job, limits: limits),
            lucky_curl_multi_add_handle(multi, transfer.handle) == CURLM_OK
        else { return job.end(.failed(.offline("curl cannot start"))) }
        transfers.append(transfer)
    }

    private func collect(_ transfers: inout [CurlTransfer]) {
        var left: Int32 = 0
        while let message = lucky_curl_multi_info_read(multi, &left)?.pointee {
            guard message.msg == CURLMSG_DONE else { continue }
            let (handle, code) = (message.easy_handle, message.data.result)
            end(&transfers) { $0.handle == handle } with: { $0.outcome(code) }
        }
    }

    /// The waiter hears first, then the handle goes.
    private func end(
        _ transfers: inout [CurlTransfer], where isOver: (CurlTransfer) -> Bool,
        with outcome: (CurlTransfer) -> ExchangeOutcome
    ) {
        transfers.removeAll { transfer in
            guard isOver(transfer) else { return false }
            transfer.job.end(outcome(transfer))
            lucky_curl_multi_remove_handle(multi, transfer.handle)
            return true
        }
    }

    /// Milliseconds until a transfer wants a look; curl wakes by itself for its own timers.
    private func patience(_ transfers: [CurlTransfer]) -> Int32 {
        guard let next = transfers.map(\.nextLook).min() else { return 3_600_000 }
        let left = (next - .now).components
        let milliseconds = left.seconds * 1000 + left.attoseconds / 1_000_000_000_000_000 + 1
        return Int32(min(max(milliseconds, 1), 60_000))
    }

    /// TLS may write to a closed socket; the signal would end the process.
    private func blockBrokenPipeSignal() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGPIPE)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }
}
