internal import LuckyFiles
public import LuckyModel

extension ReplicaStore {
    /// How full the disk is that this store is on; nil where the system does not say.
    public func diskUse() -> DiskUse? {
        files.calls.room(at: path).map { DiskUse(bytes: $0.bytes, free: $0.free) }
    }
}
