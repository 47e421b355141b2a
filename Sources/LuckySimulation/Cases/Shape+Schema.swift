// From a shape to a JSON Schema (draft 2020-12).
extension Shape {
    /// This shape as a schema.
    package var schema: CaseValue {
        switch self {
        case .text(let form):
            var members: [CaseMember] = [CaseMember(key: "type", value: .text("string"))]
            if let pattern = form.pattern {
                members.append(CaseMember(key: "pattern", value: .text(pattern)))
            }
            return .object(members)
        case .word(let words): return .members(["enum": .texts(words)])
        case .integer(let range):
            return .members([
                "type": .text("integer"), "minimum": .integer(range.lowerBound),
                "maximum": .integer(range.upperBound),
            ])
        case .counter:
            return .members([
                "type": .text("integer"), "minimum": .integer(0), "maximum": .integer(UInt64.max),
            ])
        case .flag: return .members(["type": .text("boolean")])
        case .null: return .members(["type": .text("null")])
        case .list(let shape, let least):
            return .members([
                "type": .text("array"), "items": shape.schema, "minItems": .integer(least),
            ])
        case .object(let keys, let least):
            return Self.object(keys, tag: nil, atLeast: least)
        case .table(let shape, _, let least):
            return .members([
                "type": .text("object"),
                "propertyNames": Shape.text(.code).schema,
                "additionalProperties": shape.schema, "minProperties": .integer(least),
            ])
        case .tagged(let tag, let variants):
            return .members([
                "oneOf": .list(
                    variants.map { variant in
                        Self.object(
                            variant.keys, tag: (tag, variant.name, variant.about), atLeast: 0)
                    })
            ])
        case .named(let name, _): return .members(["$ref": .text("#/$defs/" + name)])
        case .either(let shapes): return .members(["anyOf": .list(shapes.map(\.schema))])
        }
    }

    /// Every shape with a name of its own in here, each once, sorted by name.
    package var definitions: [CaseMember] {
        var found: [String: CaseValue] = [:]
        collect(into: &found)
        return found.sorted { $0.key < $1.key }.map { CaseMember(key: $0.key, value: $0.value) }
    }

    private func collect(into found: inout [String: CaseValue]) {
        switch self {
        case .named(let name, let shape):
            guard found[name] == nil else { return }
            found[name] = shape.schema
            shape.collect(into: &found)
        case .list(let shape, _), .table(let shape, _, _): shape.collect(into: &found)
        case .object(let keys, _): for key in keys { key.shape.collect(into: &found) }
        case .tagged(_, let variants):
            for key in variants.flatMap(\.keys) { key.shape.collect(into: &found) }
        case .either(let shapes): for shape in shapes { shape.collect(into: &found) }
        case .text, .word, .integer, .counter, .flag, .null: break
        }
    }

    private static func object(
        _ keys: [Key], tag: (key: String, name: String, about: String)?, atLeast: Int
    ) -> CaseValue {
        var properties: [CaseMember] = []
        var required: [String] = []
        var members: [CaseMember] = []
        if let tag {
            members.append(CaseMember(key: "description", value: .text(tag.about)))
            properties.append(
                CaseMember(key: tag.key, value: .members(["const": .text(tag.name)])))
            required.append(tag.key)
        }
        for key in keys {
            var schema = key.shape.schema
            if !key.about.isEmpty, case .object(let inner) = schema {
                schema = .object(
                    [CaseMember(key: "description", value: .text(key.about))] + inner)
            }
            properties.append(CaseMember(key: key.name, value: schema))
            if key.isRequired { required.append(key.name) }
        }
        members += [
            CaseMember(key: "type", value: .text("object")),
            CaseMember(key: "properties", value: .object(properties)),
            CaseMember(key: "required", value: .texts(required)),
            CaseMember(key: "additionalProperties", value: .flag(false)),
        ]
        if atLeast > 0 {
            members.append(CaseMember(key: "minProperties", value: .integer(atLeast)))
        }
        return .object(members)
    }
}
