import Foundation
import LuckyModel

/// As many threads as a hub's work pool has, each with its share of what is to be done.
final class WorkLanes: @unchecked Sendable {
    static let count = HTTPLimits().workers

    // Who runs sets the work before the lanes begin, and reads failures once all are done.
    private var work: (Int) throws -> Void = { _ in }
    private var failures: [(any Error)?] = Array(repeating: nil, count: count)
    private let begins = (0..<count).map { _ in DispatchSemaphore(value: 0) }
    private let isDone = DispatchSemaphore(value: 0)
    private var isOver = false

    init() {
        for lane in 0..<Self.count {
            Thread { [self] in
                while true {
                    begins[lane].wait()
                    if isOver { return }
                    do { try work(lane) } catch { fail(lane, error) }
                    isDone.signal()
                }
            }.start()
        }
    }

    private let lock = NSLock()
    private func fail(_ lane: Int, _ error: any Error) {
        lock.withLock { failures[lane] = error }
    }

    /// Runs `body` once for each number below `count`, lane by lane in turn.
    func run(_ count: Int, _ body: (Int) throws -> Void) throws {
        withoutActuallyEscaping(body) { body in
            work = { lane in
                for number in stride(from: lane, to: count, by: Self.count) { try body(number) }
            }
            defer { work = { _ in } }
            for lane in begins { lane.signal() }
            for _ in begins { isDone.wait() }
        }
        if let failure = failures.compactMap({ $0 }).first { throw failure }
    }

    /// Ends the threads.
    func close() {
        isOver = true
        for lane in begins { lane.signal() }
    }
}
