internal import Foundation
internal import LuckyModel

extension EntityDigest {
    init(_ message: PBEntityDigest) throws(WireError) {
        self.init(
            entity: try EntityID(message: message.entity),
            digest: try Hash256(message: message.digest))
    }

    static func list(_ messages: [PBEntityDigest]) throws(WireError) -> [EntityDigest] {
        var list: [EntityDigest] = []
        for message in messages { list.append(try EntityDigest(message)) }
        return list
    }
}

extension PBEntityDigest {
    init(_ value: EntityDigest) {
        self.init()
        entity = Data(value.entity.bytes)
        digest = Data(value.digest.bytes)
    }
}

extension Wanted {
    init(_ message: PBWanted) throws(WireError) {
        self.init(entities: try EntityID.list(message.entity), isDone: message.done)
    }
}

extension PBWanted {
    init(_ value: Wanted) {
        self.init()
        entity = value.entities.map { Data($0.bytes) }
        done = value.isDone
    }
}

extension EntityID {
    static func list(_ messages: [Data]) throws(WireError) -> [EntityID] {
        var list: [EntityID] = []
        for message in messages { list.append(try EntityID(message: message)) }
        return list
    }
}

// MARK: The frames of a request

extension SyncRequest {
    /// The frames between the changesets and the end.
    var offerFrames: [Frame] {
        var digests = PBOfferedDigests()
        digests.entries = offeredDigests.map(PBEntityDigest.init)
        return (offeredDigests.isEmpty ? [] : [Frame(.offeredDigests, serialized(digests))])
            + offeredEntities.map { Frame(.offeredEntity, $0.rowBytes()) }
    }

    /// Takes what stands in a frame between the first and the last.
    mutating func take(_ frame: Frame) throws(WireError) {
        switch FrameKind(rawValue: frame.kind) {
        case .changeset where offeredDigests.isEmpty && offeredEntities.isEmpty:
            changesets.append(frame.payload)
        case .packed
        where changesets.isEmpty && offeredDigests.isEmpty && offeredEntities.isEmpty:
            changesets = try PackedChangesets.unpack(frame.payload)
        case .offeredDigests where offeredDigests.isEmpty && offeredEntities.isEmpty:
            offeredDigests = try EntityDigest.list(
                try parsed(PBOfferedDigests.self, frame.payload).entries)
        case .offeredEntity:
            offeredEntities.append(try EntityPart(rowBytes: frame.payload))
        default: throw .invalid("frame out of place")
        }
    }

    /// Whether as much came as the end frame announced, within the bounds.
    func check(_ end: RequestCounts) throws(WireError) {
        guard end.changesets == changesets.count, changesets.count <= Bounds.changesetsPerRequest
        else { throw .invalid("\(changesets.count) changesets, \(end.changesets) announced") }
        guard end.offeredDigests == offeredDigests.count,
            end.offeredEntities == offeredEntities.count,
            offeredDigests.count <= Bounds.offersPerRequest,
            offeredEntities.count <= Bounds.offersPerRequest
        else {
            throw .invalid("\(offeredDigests.count) and \(offeredEntities.count) offers")
        }
        guard repair.count <= Bounds.repairsPerRequest, buckets.count <= Digest.bucketCount,
            buckets.allSatisfy({ (0..<Digest.bucketCount).contains($0) })
        else { throw .invalid("repairs or buckets") }
    }
}

// MARK: The frames of a response

extension SyncResponse {
    /// The frames between the page and the end.
    var extraFrames: [Frame] {
        var frames: [Frame] = []
        if let wanted { frames.append(Frame(.wanted, serialized(PBWanted(wanted)))) }
        if let buckets {
            var message = PBBuckets()
            message.digest = buckets.map { Data($0.bytes) }
            frames.append(Frame(.buckets, serialized(message)))
        }
        if let bucketDigests {
            var message = PBBucketDigests()
            message.entries = bucketDigests.map(PBEntityDigest.init)
            frames.append(Frame(.bucketDigests, serialized(message)))
        }
        return frames
    }

    /// - Returns: false for a frame of another kind.
    mutating func takeExtra(_ frame: Frame) throws(WireError) -> Bool {
        switch FrameKind(rawValue: frame.kind) {
        case .wanted: wanted = try Wanted(try parsed(PBWanted.self, frame.payload))
        case .buckets:
            var digests: [Hash256] = []
            for digest in try parsed(PBBuckets.self, frame.payload).digest {
                digests.append(try Hash256(message: digest))
            }
            guard digests.count == Digest.bucketCount else {
                throw .invalid("\(digests.count) buckets")
            }
            buckets = digests
        case .bucketDigests:
            bucketDigests = try EntityDigest.list(
                try parsed(PBBucketDigests.self, frame.payload).entries)
        default: return false
        }
        return true
    }
}
