import ArgumentParser
import LuckyCommandLine
import LuckyHub
import LuckyModel

struct CustomerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "customer",
        abstract: Phrase.helpHubCustomer.spoken,
        subcommands: [CustomerShow.self, CustomerMerge.self, CustomerDelete.self])
}

extension Desk {
    fileprivate func customer(_ name: String) async throws -> CustomerShowReply {
        try await ask(
            .customerShow, CustomerShowRequest(customer: name), names: ["customer": name],
            for: CustomerShowReply.self)
    }

    fileprivate func report(_ reply: PlanEditReply, _ done: Phrase, _ names: [String: String]) {
        let phrase: Phrase =
            reply.isRepeat ? .hubEditRepeated : reply.changes.isEmpty ? .hubEditNothing : done
        let known = ["code": reply.code, "sequence": reply.sequence.map { "\($0)" } ?? ""]
        output.result(reply, [output.text(phrase, known.merging(names) { $1 })])
    }
}

struct CustomerShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: Phrase.helpHubCustomerShow.spoken)

    @OptionGroup var office: OfficeOptions

    @Argument(help: Phrase.helpHubCustomerCode.help)
    var customer: String

    func run() async throws {
        try await Desk.run(office) { desk in
            let found = try await desk.customer(customer)
            desk.output.result(found, CustomerText(output: desk.output).lines(found))
        }
    }
}

/// What every edit of a customer has.
struct CustomerEdit: ParsableArguments {
    @OptionGroup var office: OfficeOptions
    @OptionGroup var seen: ContextOption
    @OptionGroup var trial: DryRunOption

    @Option(help: Phrase.helpHubEditID.help(as: "digits"))
    var id: String?

    @Argument(help: Phrase.helpHubCustomerCode.help)
    var customer: String

    func validate() throws { try RequestID.check(id) }
}

struct CustomerMerge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge",
        abstract: Phrase.helpHubCustomerMerge.spoken)

    @OptionGroup var edit: CustomerEdit

    @Argument(help: Phrase.helpHubCustomerInto.help)
    var into: String?

    @Flag(help: Phrase.helpHubCustomerApart.help)
    var undo = false

    func validate() throws {
        guard (into == nil) == undo else {
            throw ValidationError(
                undo ? .usageOneOf : .usageNeedsOne, ["options": "<into>, --undo"])
        }
    }

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            let found = try await desk.customer(edit.customer)
            let id = edit.id ?? RequestID.draw()
            let names = ["customer": edit.customer, "into": into ?? "", "id": id]
            desk.report(
                try await desk.ask(
                    .customerMerge,
                    CustomerMergeRequest(
                        id: id, customer: edit.customer, into: into,
                        context: edit.seen.context ?? found.context),
                    names: names, for: PlanEditReply.self),
                undo ? .hubCustomerApart : .hubCustomerMerged, names)
        }
    }
}

struct CustomerDelete: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete", abstract: Phrase.helpHubCustomerDelete.spoken)

    @OptionGroup var edit: CustomerEdit

    @Flag(help: Phrase.helpHubCustomerBack.help)
    var undo = false

    func run() async throws {
        try await Desk.run(edit.office, dryRun: edit.trial.dryRun) { desk in
            let found = try await desk.customer(edit.customer)
            let id = edit.id ?? RequestID.draw()
            let names = ["customer": edit.customer, "id": id]
            desk.report(
                try await desk.ask(
                    .customerDelete,
                    CustomerDeleteRequest(
                        id: id, customer: edit.customer,
                        context: edit.seen.context ?? found.context, undo: undo ? true : nil),
                    names: names, for: PlanEditReply.self),
                undo ? .hubCustomerBack : .hubCustomerDeleted, names)
        }
    }
}

/// A customer as words.
struct CustomerText {
    let output: Output

    func lines(_ customer: CustomerShowReply) -> [String] {
        var heading = [output.text(.hubCustomerHeading, ["customer": customer.customer])]
        if customer.deleted { heading.append(output.text(.hubCustomerIsDeleted)) }
        if let into = customer.mergedInto {
            heading.append(output.text(.hubCustomerGoesInto, ["into": into.customer]))
        }
        var lines = [heading.joined(separator: " · ")]
        if customer.members.count > 1 {
            let names = customer.members.map(\.customer).joined(separator: " · ")
            lines.append(output.text(.hubCustomerMembers, ["customers": names]))
        }
        if let circle = customer.circle {
            let names = circle.map(\.customer).joined(separator: " · ")
            lines.append(
                output.text(
                    .hubCustomerCircle,
                    ["customers": names, "survivor": customer.survivor.customer]))
        }
        let words = PlanWords(output)
        return lines + [holdings(customer)]
            + customer.stops.map { stop in
                output.text(
                    .hubCustomerStop,
                    [
                        "date": stop.date.map(words.day) ?? "–", "stop": stop.stop,
                        "status": words.status(stop.status),
                        "delivered": Self.items(stop.delivered),
                        "collected": Self.items(stop.collected),
                    ])
            }
    }

    private func holdings(_ customer: CustomerShowReply) -> String {
        if customer.overflow { return output.text(.hubCustomerOverflow) }
        if customer.holdings.isEmpty { return output.text(.hubCustomerHoldsNothing) }
        let items = customer.holdings.map { "\($0.product)*\($0.count)" }
        return output.text(.hubCustomerHolds, ["items": items.joined(separator: "+")])
    }

    private static func items(_ text: String) -> String { text.isEmpty ? "–" : text }
}
