#if os(Linux)
    import Foundation
    import TestSupport
    import Testing

    /// Power cuts and failing disks under the built programs; Tests/CrashMatrix says how.
    struct CrashMatrixTests {
        /// Images of an ordinary run, and of a deep one.
        private static let ordinary = 5_000
        private static let deep = 100_000
        /// A deep run does all its images: minutes on a machine of its own, hours on a busy one.
        private static let deepest = Duration.seconds(6 * 3_600)

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
                ], deadline: isDeep ? Self.deepest : .seconds(seconds + 600))
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

        /// `brings`: the images of the recording of seed 7, and of those after it.
        @Test(
            "What one recording has too few images for comes of the next seeds, while they bring any",
            arguments: [
                ([200, 40], "[] 200"), ([100, 60, 40, 9], "[8, 9] 200"),
                ([100, 60, 60, 9], "[8, 9] 220"), ([100, 60, 0, 60], "[8, 9] 160"),
            ])
        func refill(brings: [Int], outcome: String) async throws {
            let code = """
                import sys, types
                sys.path.insert(0, "Tests/CrashMatrix")
                sys.dont_write_bytecode = True
                import cell
                brings, seeds = \(brings), []
                outcome = types.SimpleNamespace(images=brings[0])
                def play(seed):
                    seeds.append(seed)
                    outcome.images += brings[seed - 7]
                cell.refill(outcome, 200, 7, play)
                print(seeds, outcome.images)
                """
            let result = try await Command.run(
                "python3", ["-c", code], in: Repository.folder)
            #expect(result.output == outcome + "\n", "\(result.errors)")
        }

        /// The second word of the last line that begins so.
        private static func number(after word: String, in text: String) throws -> Int {
            let line = text.split(separator: "\n").last { $0.hasPrefix(word + " ") }
            return try #require(
                line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }, "\(text)")
        }
    }
#endif
