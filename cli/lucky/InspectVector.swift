import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct InspectVector: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vector",
        abstract: "How far this phone has seen each replica, its own taps included.",
        discussion: """
            Of a stop: what was merged into it, which tells whether one phone's state has all of \
            another's. Without one: the highest count seen of each, on any stop.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "A stop: its number on the day's route, its code, or its id.")
    var stop: String?

    @Option(help: "The route's code, where two routes have a stop of that number.")
    var route: String?

    func run() async throws {
        try await Session.run(common) { session in
            var entity: EntityID?
            if let stop { entity = try await session.stop(stop, route: route).stop.id }
            let entries = try await session.driver.vector(of: entity)?.entries ?? []
            let epochs = try await session.driver.epochs()
            let object = Shape(
                entity: entity?.hex,
                replicas: entries.map {
                    Shape.Replica(
                        counter: $0.counter, isOwn: epochs.contains($0.replica),
                        replica: $0.replica.description)
                })
            session.output.result(object, lines(entries, epochs, session.output))
        }
    }

    private func lines(
        _ entries: [VersionVector.Entry], _ epochs: [ReplicaID], _ output: Output
    ) -> [String] {
        guard !entries.isEmpty else { return [output.text(.vectorEmpty)] }
        let heads = [output.text(.vectorReplica), output.text(.vectorCounter), ""]
        let rows = entries.map { entry in
            let own = entry.replica == epochs.last ? Phrase.vectorOwn : .vectorOwnBefore
            return [
                entry.replica.description, "\(entry.counter)",
                epochs.contains(entry.replica) ? output.text(own) : "",
            ]
        }
        return TextTable.lines(heads, rows, numbers: [1])
    }

    private struct Shape: Encodable {
        struct Replica: Encodable {
            var counter: UInt64
            var isOwn: Bool
            var replica: String
        }

        var entity: String?
        var replicas: [Replica]
    }
}
