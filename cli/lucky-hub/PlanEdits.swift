import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct PlanSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: Phrase.helpHubSet.spoken,
        discussion: Phrase.helpHubSetMore.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String?

    @OptionGroup var cells: CellOptions

    @Option(help: Phrase.helpHubRouteInstead.help)
    var route: String?

    @Option(help: Phrase.helpHubSetVehicle.help)
    var vehicle: String?

    @Option(help: Phrase.helpHubSetCapacity.help)
    var capacityKg: String?

    @OptionGroup(title: Phrase.helpHubSetBooks.spoken) var books: BookOptions

    private var written: PlanCells {
        var cells = cells.cells
        cells.vehicle = vehicle
        cells.capacityKg = capacityKg
        return cells
    }

    func validate() throws {
        guard (stop == nil) != (route == nil) else {
            throw ValidationError(
                stop == nil ? .usageNeedsOne : .usageOneOf, ["options": "<stop>, --route"])
        }
        guard try written != PlanCells() || books.books() != PlanBooks() else {
            throw ValidationError(.usageNeeds, ["options": "--window 08:00-10:00 …"])
        }
        guard stop == nil || (vehicle == nil && capacityKg == nil),
            route == nil || cells.cells == PlanCells()
        else { throw ValidationError(.usageRouteFields) }
    }

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            try written.check(desk.output)
            let id = edit.requestID()
            var request = PlanSetRequest(id: id, set: written, books: try books.books())
            if let stop {
                let found = try await desk.stop(stop, day: edit.business.day)
                request.stop = found.entity
                request.context = seen.context ?? found.context
            } else if let route {
                let found = try await desk.route(route, day: edit.business.day)
                request.route = found.entity
                request.context = seen.context ?? found.context
            }
            desk.report(
                try await desk.ask(
                    .planSet, request,
                    names: ["stop": stop ?? "", "route": route ?? "", "id": id],
                    for: PlanEditReply.self))
        }
    }
}

struct PlanReassign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reassign", abstract: Phrase.helpHubReassign.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String

    @OptionGroup var place: PlaceOptions

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            let found = try await desk.stop(stop, day: edit.business.day)
            let id = edit.requestID()
            desk.report(
                try await desk.ask(
                    .planReassign,
                    PlanReassignRequest(
                        id: id, stop: found.entity, date: edit.business.day?.text,
                        context: seen.context ?? found.context, driver: place.to,
                        route: place.toRoute, sequence: place.sequence),
                    names: place.names.merging(["stop": stop, "id": id]) { $1 },
                    for: PlanEditReply.self),
                done: .hubStopMoved)
        }
    }
}

struct PlanCancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cancel",
        abstract: Phrase.helpHubCancel.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String

    @Option(help: Phrase.helpHubCancelReason.help)
    var reason: String?

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            try await desk.edit(.planCancel, stop, edit, context: seen.context, reason: reason)
        }
    }
}

struct PlanUncancel: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "uncancel", abstract: Phrase.helpHubUncancel.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            try await desk.edit(.planUncancel, stop, edit, context: seen.context)
        }
    }
}

struct PlanReopen: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: Phrase.helpHubReopen.spoken)

    @OptionGroup var edit: EditOptions
    @OptionGroup var seen: ContextOption

    @Argument(help: Phrase.helpHubStopName.help)
    var stop: String

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            try await desk.edit(.planReopen, stop, edit, context: seen.context)
        }
    }
}

struct PlanInsert: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "insert", abstract: Phrase.helpHubInsert.spoken)

    @OptionGroup var edit: EditOptions

    @Argument(help: Phrase.helpHubInsertRow.help)
    var row: String?

    @Option(help: Phrase.helpHubInsertStop.help)
    var stop: String?

    @Option(help: Phrase.helpHubRouteName.help)
    var route: String?

    @OptionGroup var cells: CellOptions

    func validate() throws {
        if row != nil {
            guard stop == nil, route == nil, cells.cells == PlanCells() else {
                throw ValidationError(.usageOneOf, ["options": "<row>, --stop …"])
            }
        } else {
            let missing = [
                ("--stop", stop == nil), ("--route", route == nil),
                ("--sequence", cells.sequence == nil),
            ].filter(\.1).map(\.0)
            guard missing.isEmpty else {
                throw ValidationError(.usageNeeds, ["options": missing.joined(separator: ", ")])
            }
        }
    }

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            var cells: PlanCells
            if let row {
                cells = try PlanCells(csv: row, desk.output)
            } else {
                cells = self.cells.cells
                cells.stop = stop
                cells.route = route
                cells.date = edit.business.day?.text
                try cells.check(desk.output)
            }
            let id = edit.requestID()
            desk.report(
                try await desk.ask(
                    .planInsert, PlanInsertRequest(id: id, row: cells),
                    names: ["stop": cells.stop ?? "", "route": cells.route ?? "", "id": id],
                    for: PlanEditReply.self),
                done: .hubStopInserted)
        }
    }
}

struct PlanResequence: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resequence",
        abstract: Phrase.helpHubResequence.spoken)

    @OptionGroup var edit: EditOptions

    @Argument(help: Phrase.helpHubRouteName.help)
    var route: String

    @Argument(help: Phrase.helpHubResequenceStops.help)
    var stops: [String]

    func validate() throws {
        let twice = stops.enumerated().first { stops[..<$0.offset].contains($0.element) }
        if let twice { throw ValidationError(.usageTwice, ["found": twice.element]) }
    }

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            let found = try await desk.route(route, day: edit.business.day)
            let id = edit.requestID()
            let places = stops.map { name in
                let same = found.stops.filter { $0.entity == name || $0.stop == name }
                let only = same.count == 1 ? same.first : nil
                return PlanResequenceRequest.Place(
                    stop: only?.entity ?? name, context: only?.context)
            }
            desk.report(
                try await desk.ask(
                    .planResequence,
                    PlanResequenceRequest(id: id, route: found.entity, stops: places),
                    names: [
                        "route": route, "id": id,
                        "stop": places.first { $0.context == nil }?.stop ?? "",
                    ],
                    for: PlanEditReply.self),
                done: .hubRouteOrdered)
        }
    }
}
