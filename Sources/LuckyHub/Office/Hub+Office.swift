public import Foundation
internal import LuckyModel

extension Hub {
    /// One office verb: JSON in, JSON out, as ``OfficeVerb`` lists them.
    ///
    /// - Throws: 400 `bad_request`, `bad_context`; 403 `not_allowed`, `wrong_depot`;
    ///   404 `unknown_verb`, `unknown_stop`, `unknown_route`, `unknown_driver`;
    ///   409 `ambiguous_stop`, `ambiguous_route`, `already_delivered`, `not_failed`, `stop_exists`,
    ///   `no_room`, `change_id_taken`, `siblings_full`, `unknown_context`; 422 `bad_plan`,
    ///   `out_of_bounds`; 503. Nothing is stored then.
    public func office(
        _ verb: String, _ body: Data, as credential: Credential, now: Int64
    ) throws(HubRefusal) -> Data {
        guard let verb = OfficeVerb(rawValue: verb) else { throw .unknownVerb }
        guard credential.role == .office || credential.role == .supervisor else {
            throw .notAllowed
        }
        guard credential.depot == depot else { throw Self.wrongDepot(credential) }
        let office = Office(hub: self, credential: credential, now: now)
        switch verb {
        case .planImport: return try answer(body, office.planImport)
        case .planShow: return try answer(body, office.planShow)
        case .planSet: return try answer(body, office.planSet)
        case .planReassign: return try answer(body, office.planReassign)
        case .planCancel: return try answer(body, office.planCancel)
        case .planUncancel: return try answer(body, office.planUncancel)
        case .planReopen: return try answer(body, office.planReopen)
        case .planInsert: return try answer(body, office.planInsert)
        case .planResequence: return try answer(body, office.planResequence)
        case .reportDay: return try answer(body, office.reportDay)
        case .reviewList: return try answer(body, office.reviewList)
        case .heads: return try answer(body, office.heads)
        }
    }

    private func answer<Request: Decodable, Reply: Encodable>(
        _ body: Data, _ verb: (Request) throws(HubRefusal) -> Reply
    ) throws(HubRefusal) -> Data {
        try OfficeJSON.reply(try verb(try OfficeJSON.request(Request.self, body)))
    }
}

/// One office person's call.
struct Office {
    let hub: Hub
    let credential: Credential
    /// Unix milliseconds.
    let now: Int64

    /// Reads in one snapshot.
    func read<T>(
        _ body: (HubReader, OfficeFinder) throws -> T
    ) throws(HubRefusal) -> T {
        try hub.read { reader in try body(reader, OfficeFinder(reader: reader, now: now)) }
    }

    func language(_ text: String?) throws(HubRefusal) -> Language {
        guard let text else { return .en }
        guard let language = Language(argument: text) else {
            throw .badRequest("The language must be zh-Hant or en.")
        }
        return language
    }
}
