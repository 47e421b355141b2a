#if os(Linux)
    import Foundation
    import TestSupport
    import Testing

    /// Power cuts and failing disks under the built programs; Tests/CrashMatrix says how.
    struct CrashMatrixTests {
        @Test("Nothing acknowledged is lost, whatever the disk does")
        func matrix() async throws {
            let budget = try Budget.current("crash-matrix")
            let seconds = Int(budget.duration / .seconds(1))
            let started = ContinuousClock.now
            let result = try await Command.run(
                Repository.folder.appending(path: "Tests/crash-matrix").path,
                [
                    "--images", "\(budget.amount)", "--seconds", "\(max(1, seconds))",
                    "--seed", "\(Seed.current % 1_000_000)",
                    "--programs", Repository.program("lucky").deletingLastPathComponent().path,
                ], deadline: .seconds(seconds + 600))
            print(result.output)
            #expect(result.status == 0, "\(result.output)\(result.errors)")
            let last = result.output.split(separator: "\n").last { $0.hasPrefix("images ") }
            let images = last?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
            Budget.record(
                layer: "crash-matrix", amount: try #require(images),
                seconds: started.duration(to: .now) / .seconds(1))
            #expect(try #require(images) >= budget.minimum)
        }
    }
#endif
