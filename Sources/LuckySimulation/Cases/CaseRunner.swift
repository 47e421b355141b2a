internal import Foundation
public import LuckyModel

/// What became of one case.
public struct CaseResult: Sendable, Hashable, Encodable {
    /// The words of `outcome`.
    public enum Outcome: String, Sendable, Hashable, Encodable, CaseIterable {
        /// Everything expected was seen, in every order.
        case pass
        /// Something else was seen.
        case fail
        /// No case, or one that expects nothing.
        case invalid
    }

    /// The case's id; of a file that is no case, its name without `.json`.
    public var id: String
    /// What became of it.
    public var outcome: Outcome
    /// How many orders of its messages were played, on each hub.
    public var orders: Int
    /// Where and what; empty for a pass.
    public var said: Phrase
    /// The same in English, as programs read it.
    public var reason: String { said.en }

    init(id: String) {
        self.id = id
        outcome = .invalid
        orders = 0
        said = Phrase(verbatim: "")
    }

    private enum Keys: String, CodingKey {
        case id, outcome, orders, reason
    }

    /// Writes `id`, `orders`, `outcome`, `reason`.
    public func encode(to encoder: any Encoder) throws {
        var object = encoder.container(keyedBy: Keys.self)
        try object.encode(id, forKey: .id)
        try object.encode(outcome, forKey: .outcome)
        try object.encode(orders, forKey: .orders)
        try object.encode(reason, forKey: .reason)
    }
}

/// Plays case files.
public enum CaseRunner {
    /// The files of a call: of a folder, every `.json` below it, sorted by path.
    public static func files(_ paths: [String]) -> [String] {
        paths.flatMap { path -> [String] in
            var isFolder: ObjCBool = false
            let exists = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            guard exists, isFolder.boolValue else { return [path] }
            let below = FileManager.default.enumerator(atPath: path)?.allObjects ?? []
            return below.compactMap { $0 as? String }.filter { $0.hasSuffix(".json") }
                .sorted { Identifier($0) < Identifier($1) }.map { path + "/" + $0 }
        }
    }

    /// The JSON Schema of the format, as `Schemas/lucky-case-1.schema.json` keeps it.
    public static var schema: String { CaseKinds.schemaText }

    /// Plays a case that is not in a file yet.
    static func run(text: String) -> CaseResult {
        var result = CaseResult(id: "")
        do {
            let file = try CaseFile(Array(text.utf8), name: nil)
            result.id = file.id
            result.outcome = .pass
            try play(try file.player(), orders: 1, &result)
        } catch {
            result.said = Phrase(error)
            result.outcome = error is CaseError ? .invalid : .fail
        }
        return result
    }

    /// Plays one file.
    /// - Parameter orders: how many orders of its messages, where there are more.
    public static func run(_ path: String, orders: Int) -> CaseResult {
        let name = ((path as NSString).lastPathComponent as NSString).deletingPathExtension
        var result = CaseResult(id: name)
        do {
            let file = try read(path)
            result.id = file.id
            let player = try file.player()
            result.outcome = .pass
            try play(player, orders: orders, &result)
        } catch {
            result.said = Phrase(error)
            result.outcome = error is CaseError ? .invalid : .fail
        }
        return result
    }

    /// Reads and checks one file.
    /// - Throws: ``CaseError``.
    package static func read(_ path: String) throws(CaseError) -> CaseFile {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw CaseError("", .faultUnreadable)
        }
        let name = (path as NSString).lastPathComponent
        return try CaseFile(
            [UInt8](data),
            name: name.hasSuffix(".json")
                ? String(name.dropLast(5)) : nil)
    }

    private static func play(
        _ player: any CasePlayer, orders: Int, _ result: inout CaseResult
    ) throws {
        var found = result
        try player.play(orders: max(1, orders)) { sighting in
            found.orders = max(found.orders, sighting.order)
            let difference =
                sighting.broken.first
                ?? Comparison.difference(player.expected, sighting.value, player.expectation)
            guard let difference else { return true }
            found.outcome = .fail
            found.said = .faultAt.with(["place": sighting.label, "reason": difference])
            return false
        }
        result = found
    }
}
