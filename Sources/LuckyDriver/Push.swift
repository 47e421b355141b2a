internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore
internal import LuckySync
internal import LuckyWire

/// The changesets of one request, and their packed form where that is smaller.
struct Push {
    var changesets: [[UInt8]]
    var packed: [UInt8]?
}

extension ReplicaStore {
    /// As many changesets as the request may have bytes: plain ones, or packed where the hub reads
    /// them so. One at least, where one waits.
    func push(of replica: ReplicaID, _ options: PrepareOptions) throws(StoreError) -> Push {
        func changesets(_ bytes: Int) throws(StoreError) -> [[UInt8]] {
            try envelopes(
                of: replica, from: options.fromCounter, count: Bounds.changesetsPerRequest,
                bytes: bytes
            ).map(\.bytes)
        }
        if options.packs == true {
            let (ahead, isOver) = options.pushBytes.multipliedReportingOverflow(
                by: Bounds.packedReadAhead)
            let most = Bounds.requestBytes / 2
            let candidates = try changesets(isOver ? most : min(ahead, most))
            if let push = Push(packing: candidates, into: options.pushBytes) { return push }
        }
        return Push(changesets: try changesets(options.pushBytes))
    }
}

extension Push {
    /// The first of these changesets, as many as fit packed; one, where not even that fits.
    /// - Returns: nil where there is none, or where packing them gains nothing.
    init?(packing changesets: [[UInt8]], into bytes: Int) {
        var changesets = changesets
        while let packed = changesets.isEmpty ? nil : PackedChangesets.pack(changesets) {
            guard packed.count > bytes, changesets.count > 1 else {
                let plain = changesets.reduce(0) { $0 + $1.count + Frame.headerBytes }
                guard packed.count + Frame.headerBytes < plain else { return nil }
                self.init(changesets: changesets, packed: packed)
                return
            }
            // The first of a row costs more than its share, so it may take some rounds.
            let share = changesets.count * max(bytes, 0) / packed.count
            changesets = Array(changesets.prefix(max(1, min(share, changesets.count - 1))))
        }
        return nil
    }
}
