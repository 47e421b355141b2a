public import LuckyModel
internal import LuckyStore

// What somebody has to look at before it hurts.
extension Driver {
    /// How full the disk is that this phone's taps are on; nil where the system does not say.
    public func diskUse() async throws(DeliveryError) -> DiskUse? {
        try await read { store throws(StoreError) in store.diskUse() }
    }

    /// Since when each stop's oldest photo or signature waits on this phone to get to the depot, by its
    /// clock, Unix milliseconds; past ``Bounds/proofOverdueMilliseconds`` somebody has to look.
    public func waitingProofs() async throws(DeliveryError) -> [EntityID: Int64] {
        try await read { store throws(StoreError) in try store.waitingProofs() }
    }

    /// How many photos and signatures of each stop this phone took and does not have any more, or not
    /// whole.
    public func missingPhotos() async throws(DeliveryError) -> [EntityID: Int] {
        try await read { store throws(StoreError) in try store.missingPhotos() }
    }

    /// An own record as it was sealed: the bytes that travel, such as those of one that the depot did
    /// not accept. Nil where no own record of this phone has this change id.
    public func bytes(of change: ChangeID) async throws(DeliveryError) -> [UInt8]? {
        try await read { store throws(StoreError) in try store.bytes(of: change) }
    }
}
