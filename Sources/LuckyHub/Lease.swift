internal import Foundation
internal import Synchronization

/// One process at a time per hub file: a lock on a file beside it, given back by the system when
/// the process ends, however it ends.
final class Lease: Sendable {
    /// Nil once it is given back.
    private let descriptor: Mutex<Int32?>

    /// - Throws: ``HubOpenError/inUse`` where another process, or another hub of this one, has it.
    init(beside path: String) throws {
        let descriptor = open(path + ".lease", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw HubOpenError.unusable("\(path).lease: \(String(cString: strerror(errno)))")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw HubOpenError.inUse
        }
        self.descriptor = Mutex(descriptor)
    }

    func release() {
        descriptor.withLock { held in
            if let held { close(held) }
            held = nil
        }
    }

    deinit { release() }
}
