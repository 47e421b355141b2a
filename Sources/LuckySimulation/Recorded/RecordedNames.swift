internal import Foundation
internal import LuckyCausality
internal import LuckyModel
internal import LuckyStore
internal import LuckyWire

/// New names for what people named themselves: drivers and office people, cylinders, stops, routes,
/// trucks. Whatever can be typed can be somebody's name or telephone number.
///
/// The same name is the same new one wherever it stands, and new ones of a kind sort as the old ones
/// did: so the rules, which compare names as bytes, come to the same.
struct RecordedNames {
    enum Kind: String, CaseIterable {
        case person = "d"
        case serial = "c"
        /// Of a stop, a route, a truck …
        case code = "n"
    }

    /// From an old name to the new one.
    fileprivate struct Naming {
        /// Also what nobody can look into: of a newer build's fact only the kind remains.
        var cutsUnknown = false
        var new: (Kind, Identifier) -> Identifier

        func callAsFunction(_ kind: Kind, _ old: Identifier) -> Identifier { new(kind, old) }
    }

    private let names: [Kind: [Identifier: Identifier]]
    private let all: Bool

    /// For everything that stands in what is held.
    /// - Parameter all: also those that read as a code, which is all that they are in the office's own
    ///   plans: without, the bytes of changes that name nothing else stay, and so do their digests.
    init(of held: [HeldEntity], driver: Identifier, all: Bool) throws(WireError) {
        self.all = all
        var found: [Kind: Set<Identifier>] = [.person: [driver]]
        for part in held.flatMap({ [$0.base, $0.own].compactMap { $0 } }) {
            let naming = Naming { kind, name in
                found[kind, default: []].insert(name)
                return name
            }
            _ = try part.named(naming)
        }
        names = found.reduce(into: [:]) { names, kind in
            names[kind.key] = Self.sorted(kind.value, as: kind.key, all)
        }
    }

    /// Each behind the last code before it that stays, and before the next: `!` sorts before whatever
    /// a code is made of.
    private static func sorted(
        _ old: Set<Identifier>, as kind: Kind, _ all: Bool
    ) -> [Identifier: Identifier] {
        let digits = String(old.count).count
        var (last, number) = ("", 0)
        return old.sorted().reduce(into: [:]) { names, name in
            // Nobody, and no route, stay so.
            if name.text.isEmpty || !all && name.isCode {
                (last, names[name]) = (name.text, name)
                return
            }
            number += 1
            let text = String(number)
            let zeros = String(repeating: "0", count: digits - text.count)
            names[name] = Identifier((all ? "" : last + "!") + kind.rawValue + zeros + text)
        }
    }

    /// Empty for a name that did not stand there.
    func new(_ kind: Kind, _ old: Identifier) -> Identifier { names[kind]?[old] ?? "" }

    /// The same with new names, and without anything personal but its hash.
    func renamed(_ part: EntityPart) throws(WireError) -> EntityPart {
        try part.named(Naming(cutsUnknown: all, new: new))
    }
}

extension Identifier {
    /// Letters, and too few digits to be a telephone number: `drv-01`, `S1`; or an invoice's number,
    /// 統一發票: `AB-12345678`.
    fileprivate var isCode: Bool {
        if text.wholeMatch(of: /[A-Z]{2}-?[0-9]{8}/) != nil { return true }
        let bytes = text.utf8
        func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
        return bytes.count <= 16 && bytes.count(where: isDigit) <= 5
            && bytes.allSatisfy { isDigit($0) || (65...90).contains($0 & 0xDF) || $0 == 45 }
    }
}

extension EntityPart {
    fileprivate func named(_ name: RecordedNames.Naming) throws(WireError) -> EntityPart {
        var part = EntityPart(entity: entity, membership: membership, vector: vector)
        for field in fields {
            part.fields.append(
                FieldPart(
                    field: field.field, cover: field.cover,
                    siblings: try Self.named(field.siblings, name)))
        }
        part.facts = try Self.named(facts, name)
        return part
    }

    private static func named(
        _ changes: [PageChange], _ name: RecordedNames.Naming
    ) throws(WireError) -> [PageChange] {
        var all: [PageChange] = []
        for var change in changes {
            change.encoded = EncodedChange(
                core: try ChangeCodec.named(change.encoded, name),
                redacted: change.encoded.personalHash)
            change.stamp.author = name(.person, change.stamp.author)
            change.stamp.carriedBy = change.stamp.carriedBy.map { name(.person, $0) }
            all.append(change)
        }
        return all
    }
}

extension ChangeCodec {
    fileprivate static func named(
        _ core: [UInt8], _ name: RecordedNames.Naming
    ) throws(WireError) -> [UInt8] {
        try named(EncodedChange(core: core, personal: nil), name)
    }

    /// A core with new names; the same bytes where none is in it.
    fileprivate static func named(
        _ encoded: EncodedChange, _ name: RecordedNames.Naming
    ) throws(WireError) -> [UInt8] {
        var change = try decode(encoded)
        let before = encode(change) { [] }.core
        switch change.body {
        case .plan(let field, let value): change.body = .plan(field, value.named(field, name))
        case .fact(let fact): change.body = .fact(try fact.named(name))
        }
        let core = encode(change) { [] }.core
        // What a newer build added to what this one knows goes, too.
        guard name.cutsUnknown else { return core == before ? encoded.core : core }
        guard case .fact(.unknown(let kind)) = change.body, kind > 0 else { return core }
        // An empty message under its number.
        var tag = kind << 3 | 2
        var bytes: [UInt8] = []
        while tag >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: tag) | 0x80)
            tag >>= 7
        }
        return core + bytes + [UInt8(tag), 0]
    }
}

extension PlanValue {
    fileprivate func named(_ field: PlanField, _ name: RecordedNames.Naming) -> PlanValue {
        switch self {
        case _ where field.isPersonal: self
        case .name(let value) where field == .payment: .name(value.payment(name))
        case .name(let value): .name(name(field == .driver ? .person : .code, value))
        case .text(let value): .text(name(.code, Identifier(value)).text)
        case .quantities(let value): .quantities(value.named(name))
        default: self
        }
    }
}

extension Identifier {
    /// A word of the project's own stays.
    fileprivate func payment(_ name: RecordedNames.Naming) -> Identifier {
        PaymentMethod.allCases.contains { $0.code == self } ? self : name(.code, self)
    }
}

extension Product {
    /// What the price list has stays.
    fileprivate func named(_ name: RecordedNames.Naming) -> Product {
        info == nil ? Product(name(.code, code)) : self
    }
}

extension Quantities {
    fileprivate func named(_ name: RecordedNames.Naming) -> Quantities {
        Quantities(pairs.map { ($0.product.named(name), $0.count) }) ?? self
    }
}

extension HandedOver {
    fileprivate func named(_ name: RecordedNames.Naming) -> HandedOver {
        HandedOver(
            Handover(
                delivered: handover.delivered.named(name),
                collected: handover.collected.named(name), residualGrams: handover.residualGrams),
            attempt: attempt, quoted: quoted, quotedBy: quotedBy,
            serials: serials.map { name(.serial, $0) },
            collectedSerials: collectedSerials.map { name(.serial, $0) })
    }
}

extension Fact {
    fileprivate func named(_ name: RecordedNames.Naming) throws(WireError) -> Fact {
        switch self {
        case .handedOver(let value): return .handedOver(value.named(name))
        case .corrected(var value):
            if case .handedOver(let new) = value.replacement {
                value.replacement = .handedOver(new.named(name))
            }
            return .corrected(value)
        case .meterRead(var value):
            value.product = value.product?.named(name)
            return .meterRead(value)
        case .stopAdded(var value):
            value.code = value.code.map { name(.code, $0) }
            value.payment = value.payment?.payment(name)
            return .stopAdded(value)
        case .reviewOpened(var value):
            for index in value.cores.indices {
                value.cores[index] = try ChangeCodec.named(value.cores[index], name)
            }
            for index in value.writers.indices {
                value.writers[index].author = name(.person, value.writers[index].author)
            }
            if let base = value.base {
                value.base?.core = try ChangeCodec.named(base.core, name)
            }
            return .reviewOpened(value)
        case .released(var value):
            value.author = name(.person, value.author)
            value.core = try ChangeCodec.named(value.core, name)
            return .released(value)
        default: return self
        }
    }
}
