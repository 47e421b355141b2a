package import LuckyModel

/// Holds expectations against what was seen. An expectation names what it is about: keys that it
/// does not name are free, except in tables that are whole (product counts); lists are whole.
package enum Comparison {
    /// The first difference, or nil.
    package static func difference(
        _ expected: CaseValue, _ seen: CaseValue?, _ shape: Shape, at place: String = ""
    ) -> Phrase? {
        switch (shape, expected) {
        case (.named(_, let shape), _): return difference(expected, seen, shape, at: place)
        case (.either(let shapes), _):
            guard let shape = shapes.first(where: { $0.isOfType(of: expected) }) else {
                return differs(expected, seen, place)
            }
            return difference(expected, seen, shape, at: place)
        case (_, .null):
            return seen?.isNull ?? true ? nil : differs(expected, seen, place)
        case (.table(let inner, let isWhole, _), .object(let members)):
            guard let there = seen?.members else { return differs(expected, seen, place) }
            if isWhole, members.count != there.count { return differs(expected, seen, place) }
            return first(members) {
                difference($0.value, seen?[$0.key], inner, at: Shape.place(place, $0.key))
            }
        case (.object(let keys, _), .object(let members)):
            guard seen?.members != nil else { return differs(expected, seen, place) }
            return first(members) { member in
                let key = keys.first { $0.name == member.key }
                return difference(
                    member.value, seen?[member.key], key?.shape ?? .null,
                    at: Shape.place(place, member.key))
            }
        case (.list(let inner, _), .list(let values)):
            guard let there = seen?.list, there.count == values.count else {
                return differs(expected, seen, place)
            }
            return first(Array(zip(values, there).enumerated())) { index, pair in
                difference(pair.0, pair.1, inner, at: "\(place)[\(index)]")
            }
        default:
            return expected == seen ?? .null ? nil : differs(expected, seen, place)
        }
    }

    private static func first<T>(_ items: [T], _ body: (T) -> Phrase?) -> Phrase? {
        for item in items { if let found = body(item) { return found } }
        return nil
    }

    private static func differs(
        _ expected: CaseValue, _ seen: CaseValue?, _ place: String
    ) -> Phrase {
        .sightedDifference.with([
            "place": Phrase(verbatim: place), "expected": Phrase(verbatim: "\(expected)"),
            "seen": seen.map { Phrase(verbatim: "\($0)") } ?? .sightedNothing,
        ])
    }

    /// The same expectations with one value changed, once for every value in them: each must
    /// differ from what fulfils the original.
    package static func perturbations(
        of expected: CaseValue, at place: String = ""
    ) -> [(place: String, value: CaseValue)] {
        switch expected {
        case .null: return [(place, .text("~"))]
        case .flag(let value): return [(place, .flag(!value))]
        case .number(let digits): return [(place, .number(digits == "0" ? "1" : "0"))]
        case .text(let text): return [(place, .text(text + "~"))]
        case .list(let values):
            var found: [(String, CaseValue)] = [(place, .list(values + [.text("~")]))]
            for (index, value) in values.enumerated() {
                for inner in perturbations(of: value, at: "\(place)[\(index)]") {
                    var copy = values
                    copy[index] = inner.value
                    found.append((inner.place, .list(copy)))
                }
            }
            return found
        case .object(let members):
            guard !members.isEmpty else {
                let more = CaseMember(key: "~", value: .text("~"))
                return [(place, .object([more]))]
            }
            var found: [(String, CaseValue)] = []
            for (index, member) in members.enumerated() {
                for inner in perturbations(
                    of: member.value, at: Shape.place(place, member.key))
                {
                    var copy = members
                    copy[index].value = inner.value
                    found.append((inner.place, .object(copy)))
                }
            }
            return found
        }
    }
}
