internal import LuckyCausality
internal import LuckyModel

/// How algebra cases write what the laws are about: a replica by a short name, whose bytes are its
/// id's, so that names and replicas have one order; `D1:3` for a dot; `D1:4 H:9` for a vector.
enum CaseNames {
    static let nameBytes = 1...12

    static func replica(_ name: some StringProtocol, at place: String) throws(CaseError)
        -> ReplicaID
    {
        let bytes = Array(name.utf8)
        let isPlain = bytes.allSatisfy { (0x30...0x39).contains($0) || (0x41...0x7A).contains($0) }
        let padded = bytes + [UInt8](repeating: 0, count: max(0, 12 - bytes.count))
        guard nameBytes.contains(bytes.count), isPlain, let id = ReplicaID(bytes: padded) else {
            throw CaseError(place, .faultReplica, ["name": String(name)])
        }
        return id
    }

    static func name(_ replica: ReplicaID) -> String {
        String(decoding: replica.bytes.prefix { $0 != 0 }, as: UTF8.self)
    }

    static func dot(_ text: some StringProtocol, at place: String) throws(CaseError) -> Dot {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let counter = UInt64(parts[1]) else {
            throw CaseError(place, .faultDot, ["text": String(text)])
        }
        return Dot(try replica(parts[0], at: place), counter)
    }

    static func text(_ dot: Dot) -> String { "\(name(dot.replica)):\(dot.counter)" }

    /// In the order written; nothing is checked but the writing.
    static func entries(
        _ text: String, at place: String
    ) throws(CaseError) -> [VersionVector.Entry] {
        var entries: [VersionVector.Entry] = []
        for word in text.split(separator: " ") {
            let dot = try dot(word, at: place)
            entries.append(VersionVector.Entry(replica: dot.replica, counter: dot.counter))
        }
        return entries
    }

    static func vector(_ text: String, at place: String) throws(CaseError) -> VersionVector {
        var vector = VersionVector()
        for entry in try entries(text, at: place) { vector.raise(entry.replica, to: entry.counter) }
        return vector
    }

    static func text(_ vector: VersionVector) -> String {
        vector.entries.map { "\(name($0.replica)):\($0.counter)" }.joined(separator: " ")
    }
}

extension VersionVector.Order {
    var word: String {
        switch self {
        case .equal: "equal"
        case .before: "before"
        case .after: "after"
        case .concurrent: "concurrent"
        }
    }
}
