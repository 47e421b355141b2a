internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import SwiftProtobuf

// The small values of both sides, checked where they enter.

/// Serialisation of our own messages cannot fail: they have no required fields and no Any.
func serialized(_ message: some SwiftProtobuf.Message) -> [UInt8] {
    (try? message.serializedBytes() as [UInt8]) ?? []
}

func parsed<M: SwiftProtobuf.Message>(
    _ type: M.Type, _ bytes: [UInt8]
) throws(WireError) -> M {
    do {
        var options = BinaryDecodingOptions()
        options.messageDepthLimit = 16
        return try M(serializedBytes: bytes, options: options)
    } catch {
        // Not `truncated`: the frame around it was whole.
        throw .corrupt("\(M.protoMessageName): \(error)")
    }
}

/// An integer that every language reads exactly: |value| < 2⁵³ (L2).
func exact(_ value: Int64, _ what: String) throws(WireError) -> Int64 {
    guard value.magnitude < Dot.counterLimit else { throw .invalid("\(what) \(value)") }
    return value
}

func exact(_ value: UInt64, _ what: String) throws(WireError) -> UInt64 {
    guard value < Dot.counterLimit else { throw .invalid("\(what) \(value)") }
    return value
}

extension Bits128 {
    init(message: Data) throws(WireError) {
        guard let value = Self(bytes: message) else {
            throw .invalid("id of \(message.count) bytes")
        }
        self = value
    }
}

extension Hash256 {
    init(message: Data) throws(WireError) {
        guard let value = Hash256(bytes: message) else {
            throw .invalid("hash of \(message.count) bytes")
        }
        self = value
    }
}

extension EntityID {
    init(message: Data) throws(WireError) {
        guard let value = EntityID(bytes: message) else {
            throw .invalid("entity id of \(message.count) bytes")
        }
        self = value
    }
}

extension Identifier {
    init(message: Data) throws(WireError) {
        guard message.count <= Bounds.nameBytes else {
            throw .invalid("name of \(message.count) bytes")
        }
        self.init(utf8: message)
    }
}

extension ReplicaID {
    init(message: Data) throws(WireError) {
        guard let value = ReplicaID(bytes: message) else {
            throw .invalid("replica id of \(message.count) bytes")
        }
        self = value
    }
}

extension Dot {
    init(replica: Data, counter: UInt64) throws(WireError) {
        guard counter > 0, counter < Dot.counterLimit else { throw .invalid("counter \(counter)") }
        self.init(try ReplicaID(message: replica), counter)
    }
}

extension VersionVector {
    init(messages: [PBVectorEntry]) throws(WireError) {
        guard messages.count <= Bounds.vectorEntries else { throw .invalid("vector too long") }
        var entries: [Entry] = []
        for message in messages {
            entries.append(
                Entry(replica: try ReplicaID(message: message.replica), counter: message.counter))
        }
        guard let vector = VersionVector(canonical: entries) else {
            throw .invalid("vector not canonical")
        }
        self = vector
    }

    /// What of it is written down: all.
    var written: ArraySlice<Entry> {
        entries.prefix(Mutant.isOn(.vectorCutShort) ? 2 : entries.count)
    }

    var messages: [PBVectorEntry] {
        written.map {
            var message = PBVectorEntry()
            message.replica = Data($0.replica.bytes)
            message.counter = $0.counter
            return message
        }
    }
}

extension HLC {
    init(_ message: PBHlc) throws(WireError) {
        guard message.ms >= 0 else { throw .invalid("HLC before 1970") }
        self.init(milliseconds: try exact(message.ms, "HLC"), logical: message.logical)
    }
}

extension PBHlc {
    init(_ value: HLC) {
        self.init()
        ms = value.milliseconds
        logical = value.logical
    }
}

extension Checkpoint {
    init(_ message: PBCheckpoint) throws(WireError) {
        self.init(
            history: try HistoryID(message: message.history),
            depot: try Identifier(message: message.depot),
            sequence: try exact(message.sequence, "sequence"), tag: Self.read(message.tag))
    }

    static func read(_ tag: UInt64) -> UInt64 { Mutant.isOn(.tagNotRead) ? 0 : tag }
}

extension PBCheckpoint {
    init(_ value: Checkpoint) {
        self.init()
        history = Data(value.history.bytes)
        depot = Data(value.depot.utf8)
        sequence = value.sequence
        tag = value.tag
    }
}
