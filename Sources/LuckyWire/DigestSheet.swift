internal import Crypto
public import LuckyCausality
public import LuckyModel

/// What the digest of an entity is made of, but for its name and vector: whoever keeps it adds one
/// fact without looking at the others.
public struct DigestSheet: Sendable {
    /// Of each field its number, its cover, and its siblings' names, each behind its length.
    private var fields: [UInt8]
    /// The names of the facts, sorted.
    private var facts: [UInt8]
    /// Whether some field covers more than the vector: that is less once the vector grows.
    public let hasCovers: Bool

    /// Of all that a state holds.
    public init(_ state: EntityState) {
        fields = Self.fields(of: state)
        hasCovers = state.fields.values.contains { !$0.cover.isEmpty }
        var names = state.facts.values.map(ChangeName.init)
        names.sort()
        facts = [UInt8](unsafeUninitializedCapacity: names.count * ChangeName.size) { room, count in
            var sheet = Sheet(room: UnsafeMutableRawBufferPointer(room))
            for name in names { sheet.write(name) }
            count = sheet.count
        }
    }

    /// - Precondition: there is no fact of this name yet.
    public mutating func add(_ fact: Recorded) {
        let name = ChangeName(fact)
        let place = facts.withUnsafeBytes { bytes in
            var (low, high) = (0, bytes.count / ChangeName.size)
            while low < high {
                let middle = (low + high) / 2
                if ChangeName.ref(in: bytes, at: middle * ChangeName.size) < name.ref {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return low * ChangeName.size
        }
        withUnsafeTemporaryAllocation(byteCount: ChangeName.size, alignment: 8) { room in
            var sheet = Sheet(room: room)
            sheet.write(name)
            facts.insert(contentsOf: room, at: place)
        }
    }

    /// Of the entity of this name that has merged so much.
    public func digest(of id: EntityID, _ vector: VersionVector) -> Hash256 {
        let (id, vector) = (id.bytes, vector.rowBytes)
        let head = 3 * 8 + Self.entityName.count + id.count + vector.count
        var hasher = SHA256()
        withUnsafeTemporaryAllocation(byteCount: head, alignment: 8) { room in
            var sheet = Sheet(room: room)
            for part in [Self.entityName, id, vector] { sheet.write(part: part) }
            hasher.update(bufferPointer: UnsafeRawBufferPointer(room))
        }
        fields.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        withUnsafeBytes(of: UInt64(facts.count).littleEndian) { hasher.update(bufferPointer: $0) }
        facts.withUnsafeBytes { hasher.update(bufferPointer: $0) }
        return Hash256(hasher.finalize())
    }

    private static let entityName = Array("lucky-entity/1".utf8)

    private static func fields(of state: EntityState) -> [UInt8] {
        // By place: looking a field up, or taking a change out, costs more than all the rest.
        let fields = state.fields
        let places = fields.indices.map { (field: fields.keys[$0], place: $0) }
            .sorted { $0.field < $1.field }
        var room = 0
        var covers: [[UInt8]] = []
        covers.reserveCapacity(places.count)
        for (_, place) in places {
            let value = fields.values[place]
            let cover = value.cover.rowBytes
            room += 3 * 8 + 4 + cover.count + value.siblings.count * ChangeName.size
            covers.append(cover)
        }
        var names: [ChangeName] = []
        return [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
            var sheet = Sheet(room: UnsafeMutableRawBufferPointer(buffer))
            for ((field, place), cover) in zip(places, covers) {
                let value = fields.values[place]
                guard !value.siblings.isEmpty || !value.cover.isEmpty else { continue }
                sheet.write(UInt64(4))
                sheet.write(field.rawValue)
                sheet.write(part: cover)
                names.removeAll(keepingCapacity: true)
                for sibling in value.siblings { names.append(ChangeName(sibling)) }
                if names.count > 1 { names.sort() }
                sheet.write(UInt64(names.count * ChangeName.size))
                for name in names { sheet.write(name) }
            }
            count = sheet.count
        }
    }
}

/// Parts behind their lengths, as ``Hash256/sha256(lengthPrefixed:)`` has them, in room that is there.
private struct Sheet {
    let room: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(room: UnsafeMutableRawBufferPointer) { self.room = room }

    /// Least significant byte first.
    mutating func write(_ value: some FixedWidthInteger) {
        let size = MemoryLayout.size(ofValue: value)
        precondition(count + size <= room.count)
        room.storeBytes(of: value.littleEndian, toByteOffset: count, as: type(of: value))
        count += size
    }

    mutating func write(part bytes: [UInt8]) {
        write(UInt64(bytes.count))
        precondition(count + bytes.count <= room.count)
        UnsafeMutableRawBufferPointer(rebasing: room[count...]).copyBytes(from: bytes)
        count += bytes.count
    }

    mutating func write(_ name: ChangeName) {
        write(bigEndian: name.ref.change)
        write(UInt32(name.ref.index))
        write(bigEndian: name.hash.first)
        write(bigEndian: name.hash.second)
    }

    private mutating func write<Purpose>(bigEndian bits: Bits128<Purpose>) {
        write(bits.high.byteSwapped)
        write(bits.low.byteSwapped)
    }
}

/// What a digest says of a change: a fraction of what a ``Recorded`` is.
private struct ChangeName: Comparable {
    /// In bytes: the change id, its index, its hash.
    static let size = 16 + 4 + 32

    var ref: FactRef
    var hash: Hash256

    init(_ change: borrowing Recorded) {
        ref = change.ref
        hash = change.hash
    }

    static func < (a: Self, b: Self) -> Bool { (a.ref, a.hash) < (b.ref, b.hash) }

    /// The name that begins at a place.
    static func ref(in bytes: UnsafeRawBufferPointer, at place: Int) -> FactRef {
        func number<Number: FixedWidthInteger>(_ offset: Int) -> Number {
            bytes.loadUnaligned(fromByteOffset: place + offset, as: Number.self)
        }
        return FactRef(
            change: ChangeID(high: UInt64(bigEndian: number(0)), low: UInt64(bigEndian: number(8))),
            index: Int(UInt32(littleEndian: number(16))))
    }
}
