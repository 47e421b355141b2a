internal import LuckyFiles
public import LuckyModel

extension ReplicaStore {
    /// For simulated disks: whether the file can grow. A write that would need to is refused with
    /// ``StoreError/diskFull``, as SQLite refuses it on a disk that is full.
    package func set(hasRoom: Bool) throws(StoreError) {
        try connection.write { db in
            let pages = try db.count("PRAGMA page_count")
            _ = try db.count("PRAGMA max_page_count = \(hasRoom ? Int(Int32.max) - 1 : pages)")
        }
    }

    /// How full the disk is that this store is on; nil where the system does not say.
    public func diskUse() -> DiskUse? {
        files.calls.room(at: path).map { DiskUse(bytes: $0.bytes, free: $0.free) }
    }
}
