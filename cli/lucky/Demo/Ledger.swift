import Foundation
import Synchronization

/// One line of a ledger. A tap stands there before the store is called, and again when the call
/// has returned: in between its outcome is unknown.
struct LedgerLine: Codable, Sendable {
    var tap: Tap?
    /// A change id: the call returned, the tap must be at the hub in the end.
    var saved: String?
    /// A change id: the phone refused it, nothing may be there.
    var refused: String?
    /// An office edit, by the id of its request.
    var edit: String?
    /// The change ids with which the hub answered it.
    var changes: [String]?
}

/// A ledger being written: JSON lines, each on the disk before the call returns.
final class LedgerFile: Sendable {
    private let descriptor: Mutex<Int32>

    init(_ path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failed(code: errno) }
        descriptor = Mutex(file)
    }

    deinit { _ = descriptor.withLock { close($0) } }

    struct Failed: Error { var code: Int32 }

    func append(_ line: LedgerLine) throws {
        let bytes = Array(try DemoJSON.encode(line)) + [UInt8(ascii: "\n")]
        try descriptor.withLock { file in
            guard write(file, bytes, bytes.count) == bytes.count, fsync(file) == 0 else {
                throw Failed(code: errno)
            }
        }
    }
}

/// Ledgers read back.
struct Ledger: Sendable {
    enum State: Sendable { case acknowledged, unknown, refused }

    /// In the order of each driver's taps.
    private(set) var taps: [Tap] = []
    private(set) var states: [String: State] = [:]
    /// Change ids that the hub gave the dispatcher as an answer.
    private(set) var officeChanges: [String] = []

    init() {}

    /// - Throws: where there is no such file, or a line is not one. A last line without its end was
    ///   cut off by a kill before its tap began.
    mutating func read(_ path: String) throws {
        let text = String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            let line = try DemoJSON.decode(LedgerLine.self, from: Data(line.utf8))
            if let tap = line.tap {
                taps.append(tap)
                states[tap.change] = .unknown
            }
            if let change = line.saved { states[change] = .acknowledged }
            if let change = line.refused { states[change] = .refused }
            officeChanges += line.changes ?? []
        }
    }
}

/// How the demo's files and messages are written.
enum DemoJSON {
    static func encode(_ value: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return try encoder.encode(value)
    }

    static func decode<Value: Decodable>(_ type: Value.Type, from data: Data) throws -> Value {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: data)
    }
}
