public import Foundation

/// The part of JSON Schema that `Schemas/cli` is written in: `type`, `properties`, `required`,
/// `additionalProperties`, `items`, `enum`, `pattern`, `minimum`, `$ref` into a file beside it. A
/// keyword that is not among these is a fault: nothing is read and not judged.
public struct JSONSchema {
    private let folder: URL
    private let root: [String: Any]

    /// - Throws: where the file is missing or no JSON object.
    public init(_ file: URL) throws {
        folder = file.deletingLastPathComponent()
        root = try Self.read(file)
    }

    /// What of an object is not as the schema says, each with its place; empty where all is.
    public func faults(in value: Any) -> [String] { judge(value, root, "$") }

    private static let known: Set = [
        "$schema", "$defs", "$ref", "title", "description", "type", "properties", "required",
        "additionalProperties", "items", "enum", "pattern", "minimum",
    ]

    private static func read(_ file: URL) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
        guard let object = object as? [String: Any] else { throw CocoaError(.fileReadCorruptFile) }
        return object
    }

    private func judge(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        var faults = schema.keys.filter { !Self.known.contains($0) }.sorted().map {
            "\(place): the schema's keyword \($0) is not known"
        }
        if let reference = schema["$ref"] as? String {
            guard let target = resolved(reference) else { return ["\(place): no \(reference)"] }
            faults += judge(value, target, place)
        }
        if let words = schema["enum"] as? [String] {
            let isOne = (value as? String).map(words.contains) ?? false
            if !isOne { faults.append("\(place): \(value) is none of \(words)") }
        }
        switch schema["type"] as? String {
        case "object": faults += object(value, schema, place)
        case "array": faults += array(value, schema, place)
        case "string": faults += string(value, schema, place)
        case "integer": faults += integer(value, schema, place)
        case "number":
            if !(value is NSNumber) || Self.isFlag(value) { faults.append("\(place): no number") }
        case "boolean": if !Self.isFlag(value) { faults.append("\(place): no boolean") }
        case nil: break
        case let other?: faults.append("\(place): the schema's type \(other) is not known")
        }
        return faults
    }

    private func object(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        guard let value = value as? [String: Any] else { return ["\(place): no object"] }
        let known = schema["properties"] as? [String: [String: Any]] ?? [:]
        var faults = (schema["required"] as? [String] ?? []).filter { value[$0] == nil }.map {
            "\(place).\($0): missing"
        }
        for (key, inner) in value.sorted(by: { $0.key < $1.key }) {
            if let property = known[key] {
                faults += judge(inner, property, place + "." + key)
            } else if let any = schema["additionalProperties"] as? [String: Any] {
                faults += judge(inner, any, place + "." + key)
            } else {
                faults.append("\(place).\(key): not in the schema")
            }
        }
        return faults
    }

    private func array(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        guard let value = value as? [Any] else { return ["\(place): no array"] }
        let items = schema["items"] as? [String: Any] ?? [:]
        return value.enumerated().flatMap { judge($0.element, items, "\(place)[\($0.offset)]") }
    }

    private func string(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        guard let value = value as? String else { return ["\(place): no string"] }
        guard let pattern = schema["pattern"] as? String else { return [] }
        let isMatch = value.range(of: pattern, options: .regularExpression) != nil
        return isMatch ? [] : ["\(place): \(value) does not match \(pattern)"]
    }

    private func integer(_ value: Any, _ schema: [String: Any], _ place: String) -> [String] {
        guard let value = value as? NSNumber, !Self.isFlag(value),
            value.doubleValue.rounded() == value.doubleValue
        else { return ["\(place): no integer"] }
        let least = (schema["minimum"] as? NSNumber)?.int64Value ?? .min
        return value.int64Value >= least ? [] : ["\(place): \(value) is below \(least)"]
    }

    private static func isFlag(_ value: Any) -> Bool {
        (value as? NSNumber).map { String(cString: $0.objCType) == flagType } ?? false
    }

    /// How Foundation marks a boolean among its numbers.
    private static let flagType = String(cString: NSNumber(value: true).objCType)

    /// `#/$defs/name`, also in a file beside this one.
    private func resolved(_ reference: String) -> [String: Any]? {
        let parts = reference.components(separatedBy: "#/$defs/")
        guard parts.count == 2 else { return nil }
        let file = parts[0].isEmpty ? root : try? Self.read(folder.appending(path: parts[0]))
        return (file?["$defs"] as? [String: Any])?[parts[1]] as? [String: Any]
    }
}
