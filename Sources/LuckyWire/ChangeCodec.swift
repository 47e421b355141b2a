internal import Foundation
public import LuckyModel
internal import SwiftProtobuf

/// A change as two byte strings: what it says (`core`), and what names or describes a person
/// (`personal`, behind 16 random bytes of salt), so that one can be redacted and the other proven.
public struct EncodedChange: Hashable, Sendable {
    /// A protobuf `Core`, without anything personal.
    public var core: [UInt8]
    /// Nil where the change has nothing personal, or where it was redacted.
    public var personal: [UInt8]?
    /// SHA-256 of the personal bytes as first written; zeros where there were none (L18).
    public var personalHash: Hash256

    /// From bytes as written; hashes the personal ones.
    public init(core: [UInt8], personal: [UInt8]?) {
        self.core = core
        self.personal = personal
        personalHash = personal.map { Hash256.sha256($0) } ?? .zero
    }

    /// After a redaction: the hash remains, the bytes are gone.
    public init(core: [UInt8], redacted personalHash: Hash256) {
        self.core = core
        personal = nil
        self.personalHash = personalHash
    }

    /// Personal bytes were there once: they were redacted, or erased on a phone (L18, L23).
    public var lacksPersonal: Bool { personal == nil && personalHash != .zero }

    /// The same without its personal bytes: its hash stays.
    public var redacted: EncodedChange { EncodedChange(core: core, redacted: personalHash) }

    /// SHA-256(0x01 ‖ P ‖ core).
    public var hash: Hash256 {
        var hashed: [UInt8] = [1]
        hashed.reserveCapacity(33 + core.count)
        hashed += personalHash.bytes
        hashed += core
        return Hash256.sha256(hashed)
    }
}

/// Between a ``Change`` and its bytes. Bytes are kept as they came; nothing is ever encoded twice.
public enum ChangeCodec {
    /// How many random bytes stand before the personal message.
    public static let saltBytes = 16

    /// An empty text of a fact counts as none. What this build does not know (`.unknown`) cannot be
    /// encoded again: pass its bytes on instead.
    /// - Parameter salt: 16 random bytes, used only where the change has something personal.
    public static func encode(_ change: Change, salt: () -> [UInt8]) -> EncodedChange {
        var core = PBCore()
        var personal = PBPersonal()
        core.entity = Data(change.entity.bytes)
        switch change.body {
        case .plan(let field, let value):
            core.plan.field = field.rawValue
            if value == .none { break }
            if field.isPersonal {
                personal.value = PBValue(value)
            } else {
                core.plan.value = PBValue(value)
            }
        case .fact(let fact):
            core.body = factBody(fact, &personal)
        }
        let bytes = serialized(personal)
        return EncodedChange(
            core: serialized(core),
            personal: bytes.isEmpty ? nil : salt() + bytes)
    }

    /// Decodes a change; checks every number's range (L2).
    /// - Returns: with `.unknown` inside where a newer build wrote it.
    public static func decode(_ encoded: EncodedChange) throws(WireError) -> Change {
        if let write = Change(plainPlan: encoded) { return write }
        if let fact = Change(plainFact: encoded) { return fact }
        return try decodeGenerated(encoded)
    }

    /// As ``decode(_:)``, by the generated code.
    static func decodeGenerated(_ encoded: EncodedChange) throws(WireError) -> Change {
        let core = try parsed(PBCore.self, encoded.core)
        var personal = PBPersonal()
        if let bytes = encoded.personal {
            guard bytes.count >= saltBytes else { throw .invalid("personal without salt") }
            personal = try parsed(PBPersonal.self, Array(bytes.dropFirst(saltBytes)))
        }
        let entity = try EntityID(message: core.entity)
        if case .plan(let write) = core.body {
            guard write.field > 0 else { throw .invalid("plan field 0") }
            let field = PlanField(rawValue: write.field)
            let isThere = field.isPersonal ? personal.hasValue : write.hasValue
            let value = field.isPersonal ? personal.value : write.value
            return Change(entity, .plan(field, isThere ? try PlanValue(value) : .none))
        }
        if core.body == nil {
            return Change(entity, .fact(.unknown(kind: firstFieldNumber(core.unknownFields.data))))
        }
        let fact = try fact(core, personal)
        guard !Knowledge.current.unknownKinds.contains(fact.kind) else {
            return Change(entity, .fact(.unknown(kind: fact.kind.rawValue)))
        }
        return Change(entity, .fact(fact))
    }

    /// The number of the first field in protobuf bytes; 0 where there is none.
    private static func firstFieldNumber(_ bytes: Data) -> UInt32 {
        var tag: UInt64 = 0
        for (index, byte) in bytes.prefix(5).enumerated() {
            tag |= UInt64(byte & 0x7F) << (7 * UInt64(index))
            if byte < 0x80 { return UInt32(clamping: tag >> 3) }
        }
        return 0
    }

    static func text(_ value: String) throws(WireError) -> String {
        guard value.utf8.count <= Bounds.textBytes else { throw .invalid("text too long") }
        return value
    }
}
