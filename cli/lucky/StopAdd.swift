import ArgumentParser
import LuckyCommandLine
import LuckyDriver

struct StopAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: Phrase.helpStopAdd.spoken)

    @OptionGroup var common: CommonOptions

    @Option(
        name: [.customLong("customer"), .customLong("name")], help: Phrase.helpNewCustomer.help)
    var customer: String

    @Option(help: Phrase.helpNewAddress.help)
    var address: String?

    @Option(help: Phrase.helpNewPhoneNumber.help)
    var phone: String?

    @Option(help: Phrase.helpLatitude.help)
    var lat: String?

    @Option(help: Phrase.helpLongitude.help)
    var lng: String?

    @Option(help: Phrase.helpOwnWords.help)
    var note: String?

    @Option(help: Phrase.helpNewCode.help)
    var code: String?

    @Option(help: Phrase.helpNewStopRoute.help)
    var route: String?

    @Option(help: Phrase.helpQuoted.help)
    var price: String?

    @OptionGroup var counts: CountOptions
    @OptionGroup var door: DoorOptions
    @OptionGroup var tap: TapOptions

    func validate() throws {
        _ = try MoneyOption.parse(price, "--price")
        _ = try place()
        for (option, text) in [("--customer", customer), ("--code", code ?? "-")]
        where text.allSatisfy(\.isWhitespace) {
            throw ValidationError(.usageEmpty, ["option": option])
        }
    }

    private func place() throws -> Coordinate? {
        guard let lat, let lng else {
            if lat == nil, lng == nil { return nil }
            throw ValidationError(
                .usageGoesWith,
                lat == nil
                    ? ["option": "--lng", "with": "--lat"] : ["option": "--lat", "with": "--lng"])
        }
        guard let place = Coordinate(latitude: lat, longitude: lng) else {
            throw ValidationError(.usagePlace, ["text": "\(lat) \(lng)"])
        }
        return place
    }

    func run() async throws {
        try await Session.run(common, dryRun: tap.isDryRun) { session in
            let added = AddedStop(
                code: code.map { Identifier($0) }, route: try await session.route(route)?.id,
                date: common.business.day,
                price: try MoneyOption.parse(price, "--price"), customer: customer,
                address: address, phone: phone, coordinate: try place(), note: note)
            let proof = try door.proof(session.output)
            let commit = try await session.driver.addStop(
                added, handover: try counts.handover(ordered: [:]), serials: counts.serials,
                proof: proof, cash: try door.money(), change: tap.change)
            let stop = EntityID(.stop, madeBy: commit.change)
            try await session.say(
                commit, on: stop, .stopAdded,
                odd: door.odd(proof, session.output)
                    + (try await session.sameStop(as: stop, commit)))
        }
    }
}

extension Session {
    /// A route of the day by its code; nil where none was asked for.
    func route(_ code: String?) async throws -> StoredRoute? {
        guard let code else { return nil }
        let routes = try await driver.routes(on: options.day)
        guard let found = routes.first(where: { $0.code == Identifier(code) }) else {
            throw CommandFailure(
                code: "unknown_route", exitCode: ExitStatus.refused,
                message: output.text(.refusedNoRoute, ["route": code]),
                hint: output.text(.stopWithoutRouteHint))
        }
        return found
    }
}

extension Stop {
    /// Its number on the route; its code where the office gave it none.
    var spokenName: String { sequence > 0 ? "\(sequence)" : code.text }
}
