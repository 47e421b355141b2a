internal import Foundation
internal import LuckyFiles
internal import Synchronization

/// One process at a time per hub file: a lock on a file beside it, given back by the system when
/// the process ends, however it ends.
final class Lease: Sendable {
    /// Nil once it is given back.
    private let descriptor: Mutex<Int32?>
    private let files: any FileCalls

    /// - Throws: ``HubOpenError/inUse`` where another process, or another hub of this one, has it.
    init(beside path: String, _ files: any FileCalls) throws {
        let lease = path + ".lease"
        let descriptor = files.open(lease, O_RDWR | O_CREAT)
        guard descriptor >= 0 else { throw HubOpenError(files.failure(lease)) }
        guard files.lock(descriptor) else {
            files.close(descriptor)
            throw HubOpenError.inUse
        }
        self.files = files
        self.descriptor = Mutex(descriptor)
    }

    func release() {
        descriptor.withLock { held in
            if let held { files.close(held) }
            held = nil
        }
    }

    deinit { release() }
}
