internal import LuckyModel

/// `driver-deactivate`, `driver-activate`: whom it is about.
public struct DriverRequest: Codable, Hashable, Sendable {
    /// The person's id.
    public var driver: String
    /// Only of `driver-deactivate`. True: also somebody of whom the depot has not heard yet, such as
    /// the bearer of a token that nobody used. Default: false.
    public var unseen: Bool?

    /// Takes them as they are.
    public init(driver: String, unseen: Bool? = nil) {
        self.driver = driver
        self.unseen = unseen
    }
}

/// Who is deactivated.
public struct DriversReply: Codable, Hashable, Sendable {
    /// The depot of the token.
    public var depot: String
    /// By id.
    public var deactivated: [Entry]

    /// One person.
    public struct Entry: Codable, Hashable, Sendable {
        /// The person's id.
        public var driver: String
        /// Who did it.
        public var by: String
        /// By the hub's clock.
        public var atMs: Int64
    }
}

// A person whose tokens open no door from now on. What their phone recorded is theirs all the same:
// it waits there, and comes with them when they are activated again, or with a supervisor's token.
extension Office {
    func driverDeactivate(_ request: DriverRequest) throws(HubRefusal) -> DecisionReply {
        let person = try person(request)
        // Nobody shuts the door behind themselves.
        guard person != credential.person else { throw .notYourself }
        let (isKnown, others) = try refusing {
            try hub.observe { rows in
                let people = try rows.replicas().filter { $0.role != .hub }.map(\.person)
                return (try rows.knows(person), Set(people).sorted())
            }
        }
        guard isKnown || request.unseen == true else { throw .unknownPerson(person, others) }
        return try decide(person, isActive: false)
    }

    func driverActivate(_ request: DriverRequest) throws(HubRefusal) -> DecisionReply {
        try decide(try person(request), isActive: true)
    }

    func driverList(_ request: ListRequest) throws(HubRefusal) -> DriversReply {
        let people = try refusing { try hub.observe { try $0.deactivated() } }
        return DriversReply(
            depot: hub.depot.text,
            deactivated: people.map {
                DriversReply.Entry(driver: $0.person.text, by: $0.by.text, atMs: $0.at)
            })
    }

    private func decide(
        _ person: Identifier, isActive: Bool
    ) throws(HubRefusal) -> DecisionReply {
        try decided { writer in
            let isSo = try writer.rows.isDeactivated(person) != isActive
            if isActive {
                try writer.rows.activate(person)
            } else {
                try writer.rows.insert(
                    Deactivation(person: person, by: credential.person, at: now))
            }
            return DecisionReply(changes: [], isRepeat: isSo)
        }
    }

    private func person(_ request: DriverRequest) throws(HubRefusal) -> Identifier {
        guard (1...Bounds.nameBytes).contains(request.driver.utf8.count) else {
            throw .badRequest("The driver's id has 1 to \(Bounds.nameBytes) bytes.")
        }
        return Identifier(request.driver)
    }
}

extension HubRefusal {
    static func unknownPerson(_ person: Identifier, _ others: [Identifier]) -> HubRefusal {
        HubRefusal(
            status: 404, code: "unknown_person",
            message: "Nobody of this depot is called \(shortened(person.text)); those heard of: "
                + others.prefix(8).map { shortened($0.text) }.joined(separator: ", ") + ".")
    }

    static let notYourself = HubRefusal(
        status: 409, code: "not_yourself", message: "Nobody deactivates themselves.")

    /// As for an expired token: the device keeps everything, and asks for another one (L20).
    static let deactivated = HubRefusal(
        status: 401, code: "deactivated", message: "This person is deactivated at this depot.")
}
