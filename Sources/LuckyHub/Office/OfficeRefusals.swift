internal import LuckyModel

// What office verbs refuse, and with which words. Nothing was stored.
extension HubRefusal {
    static func badRequest(_ message: String) -> HubRefusal {
        HubRefusal(status: 400, code: "bad_request", message: message)
    }

    static let unknownVerb = HubRefusal(
        status: 404, code: "unknown_verb", message: "There is no office verb of this name.")

    static let notAllowed = HubRefusal(
        status: 403, code: "not_allowed",
        message: "Only office people and supervisors may do this.")

    static func unknownStop(_ name: String) -> HubRefusal {
        HubRefusal(
            status: 404, code: "unknown_stop",
            message: "There is no stop \(shortened(name)) on that day.")
    }

    static func ambiguousStop(_ name: String, _ found: [EntityID]) -> HubRefusal {
        HubRefusal(
            status: 409, code: "ambiguous_stop",
            message:
                "Several stops are called \(shortened(name)) on that day; name one by its entity: "
                + found.sorted().prefix(8).map(\.hex).joined(separator: ", ") + ".")
    }

    static func namedTwice(_ name: String) -> HubRefusal {
        .badRequest("The stop \(shortened(name)) stands there twice.")
    }

    static func codeTaken(_ code: String, _ day: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "code_taken",
            message: "There is another stop \(shortened(code)) on \(day).")
    }

    static func unknownRoute(_ name: String) -> HubRefusal {
        HubRefusal(
            status: 404, code: "unknown_route",
            message: "There is no route \(shortened(name)) on that day.")
    }

    static func ambiguousRoute(_ found: [String]) -> HubRefusal {
        HubRefusal(
            status: 409, code: "ambiguous_route",
            message: "Several routes fit; name one: "
                + found.prefix(8).map(shortened).joined(separator: ", ") + ".")
    }

    static func unknownDriver(_ name: String) -> HubRefusal {
        HubRefusal(
            status: 404, code: "unknown_driver",
            message: "The driver \(shortened(name)) has no route on that day.")
    }

    static func alreadyDelivered(_ code: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "already_delivered",
            message: "Stop \(shortened(code)) is delivered: what was handed over stays. "
                + "If the record is wrong, it is corrected: by its driver, or with `correct`.")
    }

    static func notFailed(_ code: String, _ status: StopStatus) -> HubRefusal {
        HubRefusal(
            status: 409, code: "not_failed",
            message:
                "Stop \(shortened(code)) is \(status.rawValue); only a failed stop is reopened.")
    }

    static func stopExists(_ code: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "stop_exists",
            message: "There is a stop \(shortened(code)) on that day already; use plan set.")
    }

    static let changeIDTaken = HubRefusal(
        status: 409, code: "change_id_taken", message: "Another person's change has this id.")

    static let idOfAnotherChange = HubRefusal(
        status: 409, code: "id_of_another_change",
        message: "This id is of another change, with other content; this one was not stored.")

    static func unknownEntity(_ id: EntityID) -> HubRefusal {
        HubRefusal(
            status: 404, code: "unknown_entity", message: "Nobody wrote to \(id.hex) yet.")
    }

    static func notDeleted(_ id: EntityID) -> HubRefusal {
        HubRefusal(
            status: 409, code: "not_deleted",
            message: "Only what is deleted, and shows no later record, can be purged: \(id.hex).")
    }

    static func countsInBalances(_ id: EntityID) -> HubRefusal {
        HubRefusal(
            status: 409, code: "counts_in_balances",
            message: "What was handed over, paid or kept in a box there counts in a balance: "
                + "\(id.hex). Redact its words instead.")
    }

    static let unknownQuarantine = HubRefusal(
        status: 404, code: "unknown_quarantined",
        message: "No changeset of this replica and counter is in quarantine.")

    static let decidedAlready = HubRefusal(
        status: 409, code: "already_decided", message: "Somebody decided over it before.")

    static func unreleasable(_ why: String) -> HubRefusal {
        HubRefusal(
            status: 422, code: "unreleasable",
            message: "It cannot be released: \(why). It stays where it is.")
    }

    static let unknownOffer = HubRefusal(
        status: 404, code: "unknown_offer",
        message: "No plan value of this entity, field and change waits for a decision.")

    static let noRoom = HubRefusal(
        status: 409, code: "no_room",
        message: "Too many stops would have to move; put it at the end and resequence the route.")

    static let badOutcome = HubRefusal(
        status: 400, code: "bad_outcome",
        message: "The outcome must be one of "
            + ReviewOutcome.all.filter { $0 != .reopened }.map(\.rawValue).joined(separator: ", ")
            + ".")

    static func unknownReview(_ id: String) -> HubRefusal {
        HubRefusal(
            status: 404, code: "unknown_review",
            message: "The hub opened no review \(shortened(id)).")
    }

    static func notTheirs(_ role: Role) -> HubRefusal {
        HubRefusal(
            status: 403, code: "not_theirs", message: "This review is decided by: \(role.name).")
    }

    static func reviewClosed(_ id: ChangeID) -> HubRefusal {
        HubRefusal(
            status: 409, code: "review_closed",
            message: "The review \(id.hex) is decided; look at it, and supersede it knowingly.")
    }

    static func reviewOpen(_ id: ChangeID) -> HubRefusal {
        HubRefusal(
            status: 409, code: "review_open",
            message: "The review \(id.hex) is open; there is nothing to undo.")
    }

    static func badPlan(_ lines: [String], count: Int) -> HubRefusal {
        let rest = count > lines.count ? ["… and \(count - lines.count) more."] : []
        return HubRefusal(
            status: 422, code: "bad_plan",
            message: (["Nothing was changed; what stands in the way:"] + lines + rest)
                .joined(separator: "\n"))
    }

    /// At most 60 characters, on one line: user text in a sentence.
    static func shortened(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalars.count == 60 { return String(scalars) + "…" }
            let isControl = scalar.value < 32 || (127..<160).contains(scalar.value)
            scalars.append(isControl ? " " : scalar)
        }
        return String(scalars)
    }
}
