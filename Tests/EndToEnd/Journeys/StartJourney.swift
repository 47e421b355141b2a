#if os(Linux)
    import Foundation
    import TestSupport
    import Testing

    extension Journeys {
        @Test("What only reads the phone starts without libcurl and its libraries; a sync loads it")
        func loads() async throws {
            let depot = try await Depot()
            let phone = try await depot.phone("drv-1")
            for (verb, isSent) in [
                (["status"], false), (["today"], false), (["sync", "once"], true),
            ] {
                // The loader says on stderr which files it opens.
                let run = try await Command.run(
                    Repository.program("lucky").path, verb + ["--db", phone.db],
                    environment: ["LD_DEBUG": "files"])
                #expect(run.status == 0)
                #expect(run.errors.contains("libc.so"))
                #expect(run.errors.contains("file=libcurl") == isSent, "\(verb)")
            }
        }
    }
#endif
