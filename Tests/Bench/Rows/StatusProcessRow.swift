import Foundation

/// `lucky status` from start to end, as a process, beside one that does nothing.
struct StatusProcessRow: BenchRow {
    let name = "status_process"
    let unit = "ms"
    let better = Better.lower
    let referenceName = "/bin/true"
    let isShort = true

    func measure(_ workplace: Workplace) async throws -> Measurement {
        guard FileManager.default.isExecutableFile(atPath: workplace.lucky) else {
            throw BenchError("there is no \(workplace.lucky): ./cli/bench builds it")
        }
        let folder = try workplace.folder("status", on: .disk)
        var depot = Depot(try TaitungDay(), perRoute: 40)
        // Where the program looks for it.
        let marks = folder + "/lucky-driver"
        let path = try depot.makeStore(in: folder, marks: marks, stops: 0..<60)
        var result = Measurement()
        for _ in 0..<workplace.rounds {
            let runs = 10
            var ours = 0.0
            var empty = 0.0
            for _ in 0..<runs {
                empty += try Self.run(["/bin/true"], state: folder)
                ours += try Self.run(
                    [workplace.lucky, "status", "--db", path, "--json"], state: folder)
            }
            let each = 1_000 / Double(runs)
            result.rounds.append(.init(ours: ours * each, reference: empty * each))
        }
        result.note = """
            What was tried and what is left: DeviceSpeed, beside the store's sources
            """
        return result
    }

    /// Seconds from start to end.
    private static func run(_ words: [String], state: String) throws -> Double {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var environment: [UnsafeMutablePointer<CChar>?] = [
            strdup("XDG_STATE_HOME=\(state)"), strdup("PATH=/usr/bin:/bin"), nil,
        ]
        defer { for pointer in arguments + environment { free(pointer) } }
        var child = pid_t()
        var status: Int32 = 0
        let took = try seconds {
            guard posix_spawn(&child, words[0], &actions, nil, &arguments, &environment) == 0 else {
                throw BenchError("\(words[0]) does not start")
            }
            waitpid(child, &status, 0)
        }
        guard status == 0 else { throw BenchError("\(words.joined(separator: " ")) failed") }
        return took
    }
}
