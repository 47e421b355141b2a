public import Foundation

/// How requests and replies of office verbs become JSON, the same at both ends.
public enum OfficeJSON {
    /// Snake_case keys, sorted; slashes as they are.
    public static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(value)
    }

    /// An empty body reads as `{}`. Keys that this build does not know are ignored.
    public static func decode<Value: Decodable>(
        _ type: Value.Type, from data: Data
    ) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: data.isEmpty ? Data("{}".utf8) : data)
    }

    /// For the hub's door: what cannot be read is a 400 that names the key.
    static func request<Value: Decodable>(
        _ type: Value.Type, _ data: Data
    ) throws(HubRefusal) -> Value {
        do {
            return try decode(type, from: data)
        } catch let error as DecodingError {
            throw .badRequest(Self.words(for: error))
        } catch {
            throw .badRequest("The body is not JSON.")
        }
    }

    static func reply(_ value: some Encodable) throws(HubRefusal) -> Data {
        do { return try encode(value) } catch {
            throw HubRefusal(
                status: 500, code: "unwritable_reply", message: "The reply cannot be written.")
        }
    }

    private static func words(for error: DecodingError) -> String {
        let (key, path): (String?, [any CodingKey]) =
            switch error {
            case .keyNotFound(let key, let context): (key.stringValue, context.codingPath)
            case .typeMismatch(_, let context), .valueNotFound(_, let context),
                .dataCorrupted(let context):
                (nil, context.codingPath)
            @unknown default: (nil, [])
            }
        let place =
            (path.map { $0.intValue.map(String.init) ?? $0.stringValue } + [key].compactMap(\.self))
            .joined(separator: ".")
        switch error {
        case .keyNotFound: return "The key \(place) is missing."
        case .dataCorrupted where place.isEmpty: return "The body is not JSON."
        default: return "The value of \(place.isEmpty ? "the body" : place) cannot be read."
        }
    }
}
