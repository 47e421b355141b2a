internal import Foundation
public import LuckyCausality
internal import LuckyModel
internal import SwiftProtobuf

// How stores and hubs keep what travelled: the same bytes as on the wire.

extension PageChange {
    /// The change as one row's bytes: its own, its dot, stamp and context.
    public func rowBytes() -> [UInt8] { serialized(PBRecordedChange(self)) }

    /// Reads what ``rowBytes()`` wrote; throws where a value is out of its range.
    public init(rowBytes: [UInt8]) throws(WireError) {
        try self.init(try parsed(PBRecordedChange.self, rowBytes))
    }
}

extension EntityPart {
    /// A part as received, for parking it with its bytes (L14).
    public func rowBytes() -> [UInt8] { unread?.bytes ?? serialized(PBEntityPart(self)) }

    /// Reads what ``rowBytes()`` wrote, or what a hub sent. A part whose entity can be read, but
    /// not what it says, keeps its bytes; ``state()`` refuses it.
    public init(rowBytes: [UInt8]) throws(WireError) {
        let message = try parsed(PBEntityPart.self, rowBytes)
        do throws(WireError) {
            try self.init(message)
        } catch {
            self.init(
                entity: try EntityID(message: message.entity),
                membership: Membership(message.membership),
                cause: ChangeID(bytes: message.cause))
            unread = Unread(
                bytes: rowBytes, reason: error,
                changeCount: message.fields.reduce(message.facts.count) {
                    $0 + $1.siblings.count
                })
        }
    }
}

extension VersionVector {
    /// Replica (12 bytes) and counter (UInt64 little-endian), entry after entry.
    public var rowBytes: [UInt8] {
        entries.flatMap { $0.replica.bytes + $0.counter.littleEndianBytes }
    }

    /// Reads ``rowBytes``; throws where they are cut or the vector is not canonical.
    public init(rowBytes: [UInt8]) throws(WireError) {
        var reader = ByteReader(rowBytes)
        var entries: [Entry] = []
        while reader.remaining > 0 {
            guard let replica = ReplicaID(bytes: try reader.take(12)) else { throw .truncated }
            entries.append(Entry(replica: replica, counter: try reader.integer(UInt64.self)))
        }
        guard let vector = VersionVector(canonical: entries) else {
            throw .invalid("vector not canonical")
        }
        self = vector
    }
}

extension Receipt {
    /// One protobuf `Receipt`, without a frame.
    public func rowBytes() -> [UInt8] { serialized(PBReceipt(self)) }

    /// Reads what ``rowBytes()`` wrote.
    public init(rowBytes: [UInt8]) throws(WireError) {
        try self.init(try parsed(PBReceipt.self, rowBytes))
    }
}
