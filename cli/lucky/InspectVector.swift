import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct InspectVector: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vector",
        abstract: Phrase.helpVector.spoken,
        discussion: Phrase.helpVectorMore.spoken)

    @OptionGroup var common: CommonOptions

    @Argument(help: Phrase.helpWhichStop.help)
    var stop: String?

    @Option(help: Phrase.helpRouteOfStop.help)
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
