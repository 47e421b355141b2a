internal import LuckyModel

extension PackedChangesets {
    /// Where the bytes of packed changesets go, for whoever measures: bytes by subject, most first.
    package static func sizes(of envelopes: [[UInt8]]) -> [(subject: String, bytes: Int)] {
        var packer = Packer()
        for envelope in envelopes { packer.add(envelope) }
        var sizes: [String: Int] = [:]
        for (field, bytes) in packer.columns.sizes where bytes > 0 {
            sizes[field.subject, default: 0] += bytes
        }
        return sizes.map { ($0.key, $0.value) }
            .sorted { ($0.bytes, $1.subject) > ($1.bytes, $0.subject) }
    }
}

extension PackedField {
    fileprivate var subject: String {
        switch self {
        case .name, .counter, .previous, .verbatim: return "first name and hash"
        case .headerShape, .coreShape, .personalShape, .personal, .changeCount, .raw: return "forms"
        case .salt: return "salts"
        case .contextEntity, .contextVector, .contextReplica, .contextCounter: return "contexts"
        case .wall, .monotonic, .clock, .logical: return "times"
        case .entity: return "entities"
        default: break
        }
        var root = key & (1 << 48 - 1)
        while root >> 7 > 0 { root >>= 7 }
        switch root {
        case Self.header.key: return "ids, author, boot, checkpoint"
        case Self.personal.key: return "people's words"
        default: return "values"
        }
    }
}
