public import LuckyModel

/// Why a store did not do what it was asked. Unless said otherwise nothing was written.
public enum StoreError: Error, Hashable, Sendable {
    /// There is a file at the path already; a store is created once.
    case alreadyExists(path: String)
    /// There is no file at the path.
    case notFound(path: String)
    /// What is at the path is no file, but a folder or a device.
    case notAFile(path: String)
    /// The file is no replica of this project.
    case notAStore(path: String)
    /// A newer build wrote it.
    case newerFormat(Int)
    /// An older build wrote it, and it is open for reading only: the next open for writing brings it
    /// up to this version.
    case olderFormat(Int)
    /// Others than its owner may read or write the file (`mode & 077`).
    case readableByOthers(path: String)
    /// The replica belongs to this other driver.
    case otherDriver(Identifier)
    /// Another process (or another store object) writes to this replica now. Try again.
    case leaseHeld
    /// Another pump syncs this replica already.
    case pumpRunning
    /// Only of a restore: so many changes on this device are neither at the hub nor in the backup.
    case notInBackup(Int)
    /// The store was opened for reading.
    case readOnly
    /// ``ReplicaStore/close()`` was called before.
    case closed
    /// A rule refused the tap.
    case refused(StopRefusal)
    /// No such stop or route on this device.
    case unknownEntity(EntityID)
    /// The change id is that of an earlier tap which said something else: nothing of this one was
    /// written (L1).
    case idOfAnotherTap(ChangeID)
    /// What was to be written is outside the bounds of a changeset or a photo.
    case outOfBounds(String)
    /// The disk is full; room must be made first.
    case diskFull
    /// The database does not promise what a tap needs, so it is not used: `synchronous=FULL`, WAL,
    /// foreign keys, a new enough SQLite.
    case notDurable(String)
    /// The disk failed in the middle of a commit: it is on disk, or not. Ask again: a tap with the
    /// same change id, a page or receipts as they were.
    case unknownOutcome(String)
    /// Stored bytes do not read back as what was written.
    case damaged(String)
    /// SQLite or the file system failed otherwise: its code and words.
    case failed(code: Int32, String)

    /// A stable machine-readable word.
    public var code: String {
        switch self {
        case .alreadyExists: "store_exists"
        case .notFound: "store_not_found"
        case .notAFile: "not_a_file"
        case .notAStore: "not_a_store"
        case .newerFormat: "store_newer"
        case .olderFormat: "store_older"
        case .readableByOthers: "store_readable_by_others"
        case .otherDriver: "store_of_other_driver"
        case .leaseHeld: "store_in_use"
        case .pumpRunning: "already_syncing"
        case .notInBackup: "not_in_backup"
        case .readOnly: "store_read_only"
        case .closed: "store_closed"
        case .refused(let refusal): refusal.code
        case .unknownEntity: "unknown_stop"
        case .idOfAnotherTap: "id_of_another_tap"
        case .outOfBounds: "out_of_bounds"
        case .diskFull: "disk_full"
        case .notDurable: "store_not_durable"
        case .unknownOutcome: "commit_unknown"
        case .damaged: "store_damaged"
        case .failed: "store_failed"
        }
    }

    /// Whether the same call may succeed later with nothing changed by a person.
    public var isRetryable: Bool {
        switch self {
        case .leaseHeld, .unknownOutcome, .failed: true
        default: false
        }
    }
}
