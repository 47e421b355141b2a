#if os(Linux)
    import Foundation
    import TestSupport
    import Testing

    /// Power cuts and failing disks under the built programs; Tests/CrashMatrix says how.
    struct CrashMatrixTests {
        /// Images of an ordinary run, and of a deep one.
        private static let ordinary = 5_000
        private static let deep = 100_000

        @Test("Nothing acknowledged is lost, whatever the disk does")
        func matrix() async throws {
            let budget = try Budget.current("crash-matrix")
            // It has the time for all its images, unless it is late.
            let isDeep = budget.amount > Self.ordinary && budget.duration > .zero
            let seconds = Int(budget.duration / .seconds(1))
            let started = ContinuousClock.now
            let result = try await Command.run(
                Repository.folder.appending(path: "Tests/crash-matrix").path,
                (isDeep ? ["--deep"] : ["--images", "\(min(budget.amount, Self.ordinary))"]) + [
                    "--seconds", "\(max(1, seconds))", "--seed", "\(Seed.current % 1_000_000)",
                    "--programs", Repository.program("lucky").deletingLastPathComponent().path,
                ], deadline: .seconds(seconds + 600))
            print(result.output)
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            let images = try Self.number(after: "images", in: result.output)
            Budget.record(
                layer: "crash-matrix", amount: images,
                seconds: started.duration(to: .now) / .seconds(1))
            // Whoever had the time did all that was asked for; a deep run has it.
            let isShort = try Self.number(after: "short", in: result.output) > 0
            #expect(images >= (isShort ? budget.minimum : min(budget.amount, Self.ordinary)))
            if isDeep { #expect(images >= Self.deep) }
        }

        /// The second word of the last line that begins so.
        private static func number(after word: String, in text: String) throws -> Int {
            let line = text.split(separator: "\n").last { $0.hasPrefix(word + " ") }
            return try #require(
                line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }, "\(text)")
        }
    }
#endif
