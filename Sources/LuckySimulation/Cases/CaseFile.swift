package import LuckyModel

/// A case as read and checked: `lucky-case/1`, of one of the kinds of ``CaseKinds``.
package struct CaseFile: Sendable {
    /// What the key `schema` says.
    package static let schema = "lucky-case/1"

    /// Unique among all cases; the file's name without `.json`.
    package var id: String
    package var kind: String
    /// One line for a list.
    package var title: String
    /// Ids of the shared cases that it comes from.
    package var origins: [String]
    /// The whole file.
    package var body: CaseValue

    /// Reads and checks a file's bytes.
    /// - Parameter name: the file's name without `.json`; nil where there is none to compare.
    /// - Throws: what makes it invalid, and where.
    package init(_ bytes: [UInt8], name: String?) throws(CaseError) {
        let body = try CaseValue(json: bytes)
        guard body["schema"]?.text == Self.schema else {
            throw .expected(.faultQuoted.with(["text": Self.schema]), at: "schema")
        }
        try CaseKinds.shape.check(body, at: "")
        id = body["id"]?.text ?? ""
        kind = body["kind"]?.text ?? ""
        title = body["title"]?.text ?? ""
        origins = body["origin"]?.list?.compactMap(\.text) ?? []
        self.body = body
        if let name, !name.utf8.elementsEqual(id.utf8) {
            throw CaseError("id", .faultFileName, ["name": name])
        }
    }

    /// Who plays it.
    package func player() throws(CaseError) -> any CasePlayer {
        for type in CaseKinds.all where type.kind == kind { return try type.init(self) }
        throw CaseError("kind", .faultUnknown, ["name": kind])
    }

    /// The keys that every case has.
    static let keys: [Shape.Key] = [
        .init("schema", .word([schema]), required: true, "The format and its version."),
        .init("id", .text(.code), required: true, "The file's name without .json."),
        .init("title", .anyText, required: true, "One line: what contradicts what."),
        .init(
            "origin", .list(.code, atLeast: 1),
            "Ids of shared cases, or of laws and histories, that it stands for."),
        .init("about", .anyText, "Why it is there, in as many words as it needs."),
    ]
}

/// What plays the cases of one kind: reads them, plays them, says what they expect.
///
/// Playing and judging are apart: a player reports what it saw, ``Comparison`` holds that against
/// the expectations. So a played run can be compared many times.
package protocol CasePlayer {
    /// The word of the key `kind`.
    static var kind: String { get }
    /// One sentence for the schema.
    static var about: String { get }
    /// The keys of this kind, `expect` among them.
    static var keys: [Shape.Key] { get }

    /// Reads what the shapes can't express, such as names that must exist.
    init(_ file: CaseFile) throws(CaseError)

    /// What the case expects.
    var expected: CaseValue { get }
    /// What ``expected`` looks like.
    var expectation: Shape { get }

    /// Plays the case, in several orders where it has messages in flight.
    /// - Parameters:
    ///   - orders: how many, where there are more.
    ///   - take: gets what was seen each time; false: enough.
    func play(orders: Int, _ take: (Sighting) -> Bool) throws
}

/// What one played run looked like.
package struct Sighting: Sendable {
    /// Such as `order 3 of 6, hub on SQLite`.
    package var label: Phrase
    /// Which order of messages, from 1.
    package var order: Int
    /// Held against the expectations.
    package var value: CaseValue
    /// What must hold in every case and did not; empty in ordinary life.
    package var broken: [Phrase]

    package init(_ label: Phrase, order: Int = 1, _ value: CaseValue, broken: [Phrase] = []) {
        self.label = label
        self.order = order
        self.value = value
        self.broken = broken
    }
}

/// The kinds of cases. A new kind is one more line here.
package enum CaseKinds {
    package static var all: [any CasePlayer.Type] {
        [
            ScenarioPlayer.self, AlgebraPlayer.self, CodecPlayer.self, RequestPlayer.self,
            SwarmPlayer.self,
        ]
    }

    /// A whole case of any kind.
    package static let shape = Shape.tagged(
        by: "kind",
        all.map { Shape.Variant($0.kind, $0.about, CaseFile.keys + $0.keys) })

    /// The text of `Schemas/lucky-case-1.schema.json`.
    package static var schemaText: String {
        var members: [CaseMember] = [
            CaseMember(
                key: "$schema", value: .text("https://json-schema.org/draft/2020-12/schema")),
            CaseMember(key: "title", value: .text(CaseFile.schema)),
        ]
        members += shape.schema.members ?? []
        members.append(CaseMember(key: "$defs", value: .object(shape.definitions)))
        return CaseValue.object(members).lines() + "\n"
    }
}
