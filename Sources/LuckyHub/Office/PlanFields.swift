internal import LuckyCausality
internal import LuckyModel
internal import LuckyWire

// From a plan file's row to plan fields.
extension PlanRow {
    var stopID: EntityID { EntityID.planned(.stop, [depot, Identifier(date.text), stop]) }
    var routeID: EntityID { EntityID.planned(.route, [depot, Identifier(date.text), route]) }

    /// Every field a row states of its stop; `.none` where it says there is nothing. `holds` is an
    /// optional column: an empty one states nothing.
    var stopFields: [PlanWrite.Field] {
        var fields: [PlanWrite.Field] = [
            .init(.code, .name(stop)), .init(.driver, .name(driver)),
            .init(.route, .entity(routeID)), .init(.sequence, .integer(Int64(sequence))),
            .init(.window, window.map(PlanValue.window) ?? .none),
            .init(.items, .counts(quantities)),
            .init(.price, price.map(PlanValue.money) ?? .none),
            .init(.payment, payment.map(PlanValue.name) ?? .none),
            .init(.coordinate, coordinate.map(PlanValue.coordinate) ?? .none),
            .init(.date, .integer(Int64(date.yyyymmdd))),
            .init(.customerName, .words(customer)), .init(.phone, .words(phone)),
            .init(.address, .words(address)), .init(.officeNote, .words(note)),
        ]
        if !holding.isEmpty { fields.append(.init(.holds, .counts(holding))) }
        return fields
    }
}

/// Plan fields, and facts of the office's, to be written to one stop or route by one changeset.
struct PlanWrite: Hashable, Sendable {
    struct Field: Hashable, Sendable {
        var field: PlanField
        var value: PlanValue

        init(_ field: PlanField, _ value: PlanValue) {
            self.field = field
            self.value = value
        }
    }

    var entity: EntityID
    var fields: [Field]
    /// What its writer had seen of the entity.
    var context: VersionVector
    /// What the office records along with it.
    var facts: [Fact] = []

    var isEmpty: Bool { fields.isEmpty && facts.isEmpty }
    var changes: [Change] {
        fields.map { Change(entity, .plan($0.field, $0.value)) }
            + facts.map { Change(entity, .fact($0)) }
    }
    /// Sorted by field; `field-N` for one without a word.
    var words: [String] { fields.map(\.field).sorted().map(\.name) }

    /// Only what `state` does not show already, and what it shows among several.
    func differing(from state: EntityState?) -> PlanWrite {
        var write = self
        write.fields = fields.filter { wanted in
            let field = state?.fields[wanted.field]
            return (field?.siblings.count ?? 0) > 1
                || !(state?.shown(wanted.field) ?? .none).isSame(as: wanted.value)
        }
        return write
    }
}

extension PlanField {
    var name: String { word ?? "field-\(rawValue)" }
}

extension PlanValue {
    /// No order is no value.
    static func counts(_ value: Quantities) -> PlanValue {
        value.isEmpty ? .none : .quantities(value)
    }

    /// An empty text is no value: it is stored and read as one.
    static func words(_ text: String) -> PlanValue { text.isEmpty ? .none : .text(text) }

    /// Texts compare as bytes (L10).
    func isSame(as other: PlanValue) -> Bool {
        if case .text(let mine) = self, case .text(let theirs) = other {
            return mine.utf8.elementsEqual(theirs.utf8)
        }
        return self == other
    }
}
