internal import LuckyModel

// What the verbs of the office's books refuse, and with which words. Nothing was stored.
extension HubRefusal {
    static func notForRole(_ role: Role) -> HubRefusal {
        HubRefusal(status: 403, code: "not_theirs", message: "This is for: \(role.name).")
    }

    static func stillOpen(_ code: String, _ status: StopStatus) -> HubRefusal {
        HubRefusal(
            status: 409, code: "still_open",
            message: "Stop \(shortened(code)) is \(status.rawValue): its driver may still come.")
    }

    static func nothingDue(_ code: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "nothing_due",
            message: "What stop \(shortened(code)) comes to is not known: say what is due.")
    }

    static func alreadySettled(_ code: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "already_settled",
            message: "Stop \(shortened(code)) is settled, and nothing came since.")
    }

    static func earlierDay(_ day: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "earlier_day",
            message: "The stop was for \(day): another attempt cannot be before that.")
    }

    static func routeClosed(_ code: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "route_closed",
            message: "Route \(shortened(code)) is closed already.")
    }

    static func unknownChange(_ id: ChangeID) -> HubRefusal {
        HubRefusal(
            status: 404, code: "unknown_change", message: "The stop has no change \(id.hex).")
    }

    static func nothingPersonal(_ code: String) -> HubRefusal {
        HubRefusal(
            status: 409, code: "nothing_personal",
            message: "There is nothing personal left there at stop \(shortened(code)).")
    }
}
