import Foundation
import LuckyCausality
import LuckyDriver
import LuckyModel
import LuckyStore
import LuckySync
import LuckyWire

/// Bytes that a field update costs on the way to the hub: 200 stops, five taps each, one tap in ten
/// with personal text, one backlog; identity, dots, contexts, three times, salts and frames in it.
struct WireRow: BenchRow {
    let isCompressed: Bool

    var name: String { isCompressed ? "wire_zstd" : "wire_raw" }
    let unit = "bytes"
    let better = Better.lower
    let referenceName = "entity, kind and value"
    let isShort = true

    private static let stops = 200
    private static let taps = 1_000

    /// The same day in each round; its times and salts are others.
    func measure(_ workplace: Workplace) async throws -> Measurement {
        let day = try TaitungDay()
        var result = Measurement()
        for round in 0..<workplace.rounds {
            let folder = try workplace.folder("wire-\(round)", on: .tmpfs)
            let store = try await Self.tapped(day, folder)
            defer { store.close() }
            let plain = try Exchange.request(from: store)
            let body = try Exchange.request(from: store, packed: true)
            let content = try Self.content(of: store)
            result.rounds.append(.init(ours: size(body), reference: size(content)))
            result.note =
                isCompressed
                ? "gzip over columns; over a frame for each, without columns: \(size(plain).short)"
                : try Self.breakdown(of: store, plain: plain)
            result.note += """
                . What was tried and what is left: PackedForm, beside the wire's sources
                """
        }
        return result
    }

    /// Of an update.
    private func size(_ body: Data) -> Double {
        Double(isCompressed ? Gzip.compress(body).count : body.count) / Double(Self.taps)
    }

    /// A store in which all taps wait.
    private static func tapped(_ day: TaitungDay, _ folder: String) async throws -> ReplicaStore {
        var depot = Depot(day, perRoute: 40)
        let path = try depot.makeStore(in: folder, stops: 0..<stops)
        let driver = try await Driver.open(
            at: path, as: Depot.driver, hub: .none, marks: folder)
        var taps = Taps(driver, day, stops: stops)
        try await taps.tap(Self.taps)
        await driver.close()
        return try ReplicaStore.open(
            at: path, as: Depot.driver, leaseWaitMilliseconds: 2_000, marks: folder)
    }

    /// Where the bytes of an update go.
    private static func breakdown(of store: ReplicaStore, plain: Data) throws -> String {
        let kept = try store.envelopes(from: nil, count: .max, bytes: .max).map(\.bytes)
        func each(_ bytes: Int) -> String { (Double(bytes) / Double(max(1, kept.count))).short }
        let sizes = PackedChangesets.sizes(of: kept)
            .map { "\($0.subject) \(each($0.bytes))" }.joined(separator: ", ")
        return """
            of each, in columns: \(sizes); each in a frame of its own, as a hub gets it that does \
            not read columns: \(each(plain.count))
            """
    }

    /// What was said, and nothing that makes it safe: entity, kind, and the words or the number.
    private static func content(of store: ReplicaStore) throws -> Data {
        var content = Data()
        for envelope in try store.envelopes(from: nil, count: .max, bytes: .max) {
            let changeset = try Changeset(reading: envelope.bytes)
            for encoded in changeset.changes {
                let change = try ChangeCodec.decode(encoded)
                content += change.entity.bytes
                guard case .fact(let fact) = change.body else { continue }
                content.append(UInt8(truncatingIfNeeded: fact.kind.rawValue))
                switch fact {
                case .noteAdded(let note): content += Array((note.text ?? "").utf8)
                case .meterRead(let reading):
                    content += UInt64(bitPattern: reading.milli).bytes.prefix(4)
                    content += reading.product?.code.utf8 ?? []
                default: content.append(1)
                }
            }
        }
        return content
    }
}

/// Requests and answers without a network between.
enum Exchange {
    static var time: DeviceTime {
        DeviceTime(
            wallMilliseconds: Depot.now, monotonicMilliseconds: 1_000, boot: BootID(high: 1, low: 1)
        )
    }

    static func prepared(
        from store: ReplicaStore, packed: Bool = false, using random: inout SplitMix
    ) throws -> Prepared {
        var options = PrepareOptions(
            fromCounter: nil, pushBytes: Bounds.requestBytes, pageBytes: Bounds.responseBytes,
            wantsDigest: false)
        options.packs = packed ? true : nil
        for event in perform(.prepare(options), on: store, at: time, using: &random) {
            if case .prepared(let prepared) = event { return prepared }
        }
        throw BenchError("no request was made")
    }

    /// One request with all that waits.
    static func request(from store: ReplicaStore, packed: Bool = false) throws -> Data {
        var random = SplitMix(state: 5)
        return try prepared(from: store, packed: packed, using: &random).body
    }
}
