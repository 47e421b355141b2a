import ArgumentParser
import Foundation
import LuckyCommandLine
import LuckyHub
import LuckyModel
import LuckySync

/// An office person's place of work: one command's calls to a hub.
struct Desk {
    let door: any OfficeDoor
    let output: Output

    /// Runs a command's work over the hub that its options name.
    /// - Parameter dryRun: nothing is stored, and every result says so.
    static func run(
        _ options: OfficeOptions, dryRun: Bool = false, _ body: (Desk) async throws -> Void
    ) async throws {
        var output = options.output
        output.isDryRun = dryRun
        try await output.guarded { [output] in
            let door = try options.open()
            do {
                try await body(Desk(door: door, output: output))
            } catch {
                try? door.close()
                throw error
            }
            do { try door.close() } catch let refusal as HubRefusal {
                throw CommandFailure(refusal, output)
            }
        }
    }

    /// One verb.
    /// - Parameter names: `stop`, `route`, `driver` as the person called them, for the words of a
    ///   refusal; `id` of a request that may be repeated.
    func ask<Reply: Decodable>(
        _ verb: OfficeVerb, _ request: some Encodable, names: [String: String] = [:],
        for reply: Reply.Type
    ) async throws -> Reply {
        let answer: Data
        do {
            answer = try await door.call(
                verb, isTrial: output.isDryRun, try OfficeJSON.encode(request))
        } catch let refusal as HubRefusal {
            throw CommandFailure(refusal, output, names: names)
        } catch let failure as ExchangeFailure {
            throw CommandFailure(failure, output, names: names)
        }
        do { return try OfficeJSON.decode(reply, from: answer) } catch {
            throw CommandFailure(
                code: "answer_unreadable", exitCode: ExitStatus.offline,
                message: output.text(.hubAnswerUnreadable),
                hint: names["id"].map { output.text(.hubUnknownOutcomeHint, ["id": $0]) }
                    ?? output.text(.officeUnreachableHint))
        }
    }

    func show(
        day: CivilDate?, route: String? = nil, stop: String? = nil
    ) async throws -> PlanShowReply {
        try await ask(
            .planShow, PlanShowRequest(date: day?.text, route: route, stop: stop),
            names: ["stop": stop ?? "", "route": route ?? ""], for: PlanShowReply.self)
    }

    /// One stop, as the person who edits it sees it now.
    func stop(_ name: String, day: CivilDate?) async throws -> PlanShowReply.Stop {
        guard let stop = try await show(day: day, stop: name).routes.flatMap(\.stops).first else {
            throw CommandFailure(.unknown("unknown_stop"), output, names: ["stop": name])
        }
        return stop
    }

    /// One route, as the person who edits it sees it now.
    func route(_ name: String, day: CivilDate?) async throws -> PlanShowReply.Route {
        let routes = try await show(day: day, route: name).routes
        guard let route = routes.first(where: { $0.code == name || $0.entity == name }) else {
            throw CommandFailure(.unknown("unknown_route"), output, names: ["route": name])
        }
        return route
    }
}

extension HubRefusal {
    /// Of what this program looked up itself.
    static func unknown(_ code: String) -> HubRefusal {
        HubRefusal(status: 404, code: code, message: "")
    }
}

/// What every edit has.
struct EditOptions: ParsableArguments {
    @OptionGroup var office: OfficeOptions
    @OptionGroup var business: DayOption
    @OptionGroup var trial: DryRunOption

    @Option(help: Phrase.helpHubEditID.help(as: "digits"))
    var id: String?

    func validate() throws {
        try RequestID.check(id)
    }

    func requestID() -> String { id ?? RequestID.draw() }
}

/// 96 random bits as 24 hexadecimal digits: the same id again is the same edit (L1).
enum RequestID {
    static func draw() -> String {
        Ambient.random(12)
            .map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Throws a usage error for what is none; nil is drawn later.
    static func check(_ text: String?) throws {
        guard let text else { return }
        guard text.utf8.count == 24,
            text.utf8.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit })
        else { throw ValidationError(.usageDigits, ["option": "--id", "count": "24"]) }
    }
}

/// What the person saw of what they edit.
struct ContextOption: ParsableArguments {
    @Option(help: Phrase.helpHubEditContext.help(as: "base64"))
    var context: String?
}
