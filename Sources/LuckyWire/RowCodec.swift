internal import Foundation
public import LuckyCausality
public import LuckyModel
internal import SwiftProtobuf

// How stores and hubs keep what travelled: the same bytes as on the wire.

extension PageChange {
    /// The change as one row's bytes: its own, its dot, stamp and context.
    public func rowBytes() -> [UInt8] {
        unknown.isEmpty && unknownStamp.isEmpty
            ? plainBytes() : serialized(PBRecordedChange(self))
    }

    /// What is sent of ``context``: all of it.
    var sentContext: VersionVector { Mutant.isOn(.contextNotSent) ? VersionVector() : context }

    /// Where nothing came of a newer hub: the same bytes, by ``PlainWriter``.
    func plainBytes() -> [UInt8] {
        var writer = PlainWriter(
            capacity: 192 + encoded.core.count + (encoded.personal?.count ?? 0))
        writer.bytes(1, ref.change.bytes)
        writer.number(2, UInt64(UInt32(clamping: ref.index)))
        writer.bytes(3, dot.replica.bytes)
        writer.number(4, dot.counter)
        writer.bytes(5, encoded.core)
        if let personal = encoded.personal {
            writer.bytes(6, personal)
        } else if encoded.personalHash != .zero {
            writer.bytes(7, encoded.personalHash.bytes)
        }
        writer.message(8) { $0.stamp(stamp) }
        writer.vector(9, sentContext)
        if let witnessedBy { writer.bytes(10, witnessedBy.bytes) }
        return writer.bytes
    }

    /// Reads what ``rowBytes()`` wrote; throws where a value is out of its range.
    public init(rowBytes: [UInt8]) throws(WireError) {
        if let change = PageChange(plain: rowBytes) {
            self = change
            return
        }
        try self.init(try parsed(PBRecordedChange.self, rowBytes))
    }
}

extension EntityPart {
    /// A part as received, for parking it with its bytes (L14).
    public func rowBytes() -> [UInt8] {
        unread?.bytes ?? laid?.bytes ?? serialized(PBEntityPart(self))
    }

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

extension EntityPart {
    /// A part's bytes without some changes' personal ones, also where this build cannot read what
    /// the part says; nil where nothing of it is there.
    /// - Parameter isDropped: asked for each change that has such bytes.
    public static func redacting(
        _ rowBytes: [UInt8], _ isDropped: (FactRef) -> Bool
    ) throws(WireError) -> [UInt8]? {
        var message = try parsed(PBEntityPart.self, rowBytes)
        var isChanged = false
        func redact(_ changes: inout [PBRecordedChange]) {
            for (index, change) in changes.enumerated() where !change.personal.isEmpty {
                guard let id = ChangeID(bytes: change.changeID),
                    isDropped(FactRef(change: id, index: Int(change.index)))
                else { continue }
                changes[index].personalHash = Data(
                    Hash256.sha256([UInt8](change.personal)).bytes)
                changes[index].personal = Data()
                isChanged = true
            }
        }
        redact(&message.facts)
        for index in message.fields.indices { redact(&message.fields[index].siblings) }
        return isChanged ? serialized(message) : nil
    }
}

extension VersionVector {
    /// Replica (12 bytes) and counter (UInt64 little-endian), entry after entry.
    public var rowBytes: [UInt8] {
        [UInt8](unsafeUninitializedCapacity: entries.count * 20) { buffer, count in
            let raw = UnsafeMutableRawBufferPointer(buffer)
            for entry in entries {
                let replica = entry.replica
                raw.storeBytes(
                    of: replica.install.bigEndian, toByteOffset: count, as: UInt64.self)
                raw.storeBytes(
                    of: replica.epoch.bigEndian, toByteOffset: count + 8, as: UInt32.self)
                raw.storeBytes(
                    of: entry.counter.littleEndian, toByteOffset: count + 12, as: UInt64.self)
                count += 20
            }
        }
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
    public func rowBytes() -> [UInt8] {
        unknown.isEmpty ? plainBytes() : serialized(PBReceipt(self))
    }

    /// Reads what ``rowBytes()`` wrote.
    public init(rowBytes: [UInt8]) throws(WireError) {
        try self.init(try parsed(PBReceipt.self, rowBytes))
    }
}
