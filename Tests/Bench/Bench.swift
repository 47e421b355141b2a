import Foundation

/// Measures what the project is to be fast at, each row beside a floor that was measured in the
/// same rounds: on another machine the ratios should be much the same.
@main
enum Bench {
    static func main() async {
        do {
            let arguments = Array(CommandLine.arguments.dropFirst())
            if arguments.first == "child" {
                return try await Child.run(Array(arguments.dropFirst()))
            }
            exit(try await run(Options(arguments)))
        } catch let error as BenchError {
            say("bench: \(error.text)")
            exit(error.isUsage ? 64 : 1)
        } catch {
            say("bench: \(error)")
            exit(1)
        }
    }

    static let rows: [any BenchRow] = [
        TapRow(place: .disk), TapRow(place: .tmpfs), WireRow(isCompressed: false),
        WireRow(isCompressed: true), HubMergeRow(), HubDuplicatesRow(), OpenColdRow(),
        DayMemoryRow(), SyncScalingRow(), DrainSlowLinkRow(), StatusProcessRow(),
    ]

    private static func run(_ options: Options) async throws -> Int32 {
        let chosen = rows.filter { row in
            options.only.isEmpty ? !options.isShort || row.isShort : options.only.contains(row.name)
        }
        let unknown = options.only.subtracting(rows.map(\.name))
        if let name = unknown.min() {
            let names = rows.map(\.name).joined(separator: ", ")
            throw BenchError("no row is called \(name): there are \(names)", isUsage: true)
        }
        let machine = Machine()
        say(machine.text)
        for warning in machine.warnings { say("warning: \(warning)") }
        if options.isGrowth { return try await Growth.run(options) }
        let baseline = try Baseline(at: options.baseline)
        var results: [RowResult] = []
        var isWorse = false
        for row in chosen {
            var result = try await measure(row, options)
            if options.isShort, baseline.ratios[row.name] == nil {
                say("\(row.name): not in the baseline, nothing to compare it with")
                isWorse = true
            }
            if options.isShort, baseline.isWorse(result) {
                say("\(row.name): worse than the baseline; measured once more")
                result = try await measure(row, options)
                isWorse = isWorse || baseline.isWorse(result)
            }
            results.append(result)
            let line = options.isJSON ? result.json : result.line(baseline)
            FileHandle.standardOutput.write(Data((line + "\n").utf8))
        }
        if !options.writesBaseline.isEmpty {
            let file = options.writesBaseline
            try Baseline(results, over: Baseline(at: file)).write(to: file)
        }
        if isWorse {
            say("A ratio is worse than the baseline by more than a quarter, or not in it.")
        }
        return isWorse ? 1 : 0
    }

    private static func measure(
        _ row: any BenchRow, _ options: Options
    ) async throws -> RowResult {
        let workplace = try Workplace(options)
        defer { workplace.remove() }
        return RowResult(row, try await row.measure(workplace))
    }

    static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

struct BenchError: Error {
    var text: String
    var isUsage = false

    init(_ text: String, isUsage: Bool = false) {
        self.text = text
        self.isUsage = isUsage
    }
}

/// One row of the table.
protocol BenchRow: Sendable {
    var name: String { get }
    var unit: String { get }
    var better: Better { get }
    var referenceName: String { get }
    /// Quick enough for the short form.
    var isShort: Bool { get }
    func measure(_ workplace: Workplace) async throws -> Measurement
}

enum Better: String, Sendable { case lower, higher }

/// Rounds in which ours and the floor took turns.
struct Measurement: Sendable {
    var rounds: [Round] = []
    var note = ""

    struct Round: Sendable {
        var ours: Double
        var reference: Double
        /// The outbox made by hand, where it is not the reference.
        var byHand: Double?
    }
}
