public import Foundation
internal import LuckyModel

extension Hub {
    /// One office verb: JSON in, JSON out, as ``OfficeVerb`` lists them. With `dry-run-` before its
    /// name it is judged and answered as for real, and nothing is stored; `plan-import` then says what it
    /// would reject, where for real it refuses the file.
    ///
    /// - Throws: 400 `bad_request`, `bad_context`, `bad_correction`, `out_of_range`,
    ///   `control_character`, `text_too_long`, `nothing_handed_over`; 401 `deactivated`;
    ///   403 `not_allowed`, `not_theirs`, `wrong_depot`;
    ///   404 `unknown_verb`, `unknown_stop`, `unknown_route`, `unknown_driver`, `unknown_review`,
    ///   `unknown_customer`, `unknown_change`, `unknown_quarantined`;
    ///   409 `ambiguous_stop`, `ambiguous_route`, `already_delivered`, `not_failed`, `stop_exists`,
    ///   `no_room`, `not_yourself`, `review_closed`, `review_open`, `still_open`, `nothing_due`,
    ///   `already_settled`, `earlier_day`, `route_closed`, `nothing_personal`, `nothing_to_correct`,
    ///   `merge_circle`, `merge_itself`, `deleted`, `change_id_taken`, `id_of_another_change`,
    ///   `code_taken`, `siblings_full`, `unknown_context`;
    ///   422 `bad_plan`, `out_of_bounds`; 503. Nothing is stored then.
    public func office(
        _ verb: String, _ body: Data, as credential: Credential, now: Int64
    ) throws(HubRefusal) -> Data {
        let isTrial = verb.hasPrefix(OfficeVerb.trialPrefix)
        let name = isTrial ? String(verb.dropFirst(OfficeVerb.trialPrefix.count)) : verb
        guard let verb = OfficeVerb(rawValue: name) else { throw .unknownVerb }
        guard credential.role.isOffice || credential.role == .supervisor else {
            throw .notAllowed
        }
        guard credential.depot == depot else { throw Self.wrongDepot(credential) }
        let isDeactivated = try refusing {
            try storage.read { try $0.isDeactivated(credential.person) }
        }
        if isDeactivated { throw .deactivated }
        if !isTrial { searchSome(now) }
        let office = Office(hub: self, credential: credential, now: now, isTrial: isTrial)
        switch verb {
        case .planImport: return try answer(body, office.planImport)
        case .planShow: return try answer(body, office.planShow)
        case .planHistory: return try answer(body, office.planHistory)
        case .planSet: return try answer(body, office.planSet)
        case .planReassign: return try answer(body, office.planReassign)
        case .planCancel: return try answer(body, office.planCancel)
        case .planUncancel: return try answer(body, office.planUncancel)
        case .planReopen: return try answer(body, office.planReopen)
        case .planInsert: return try answer(body, office.planInsert)
        case .planResequence: return try answer(body, office.planResequence)
        case .planReschedule: return try answer(body, office.planReschedule)
        case .planCancelRoute: return try answer(body, office.planCancelRoute)
        case .planCloseRoute: return try answer(body, office.planCloseRoute)
        case .note: return try answer(body, office.note)
        case .settle: return try answer(body, office.settle)
        case .redact: return try answer(body, office.redact)
        case .correct: return try answer(body, office.correct)
        case .customerShow: return try answer(body, office.customerShow)
        case .customerMerge: return try answer(body, office.customerMerge)
        case .customerDelete: return try answer(body, office.customerDelete)
        case .reportDay: return try answer(body, office.reportDay)
        case .reviewList: return try answer(body, office.reviewList)
        case .reviewShow: return try answer(body, office.reviewShow)
        case .reviewResolve: return try answer(body, office.reviewResolve)
        case .reviewUndo: return try answer(body, office.reviewUndo)
        case .heads: return try answer(body, office.heads)
        case .offersList: return try answer(body, office.offersList)
        case .offersTake: return try answer(body, office.offersTake)
        case .offersDismiss: return try answer(body, office.offersDismiss)
        case .quarantineList: return try answer(body, office.quarantineList)
        case .quarantineRelease: return try answer(body, office.quarantineRelease)
        case .quarantineReject: return try answer(body, office.quarantineReject)
        case .quarantineExport: return try answer(body, office.quarantineExport)
        case .purge: return try answer(body, office.purge)
        case .unpurge: return try answer(body, office.unpurge)
        case .alarmsList: return try answer(body, office.alarmsList)
        case .driverDeactivate: return try answer(body, office.driverDeactivate)
        case .driverActivate: return try answer(body, office.driverActivate)
        case .driverList: return try answer(body, office.driverList)
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
    /// Nothing is stored.
    let isTrial: Bool

    /// Reads in one snapshot.
    func read<T>(
        _ body: (HubReader, OfficeFinder) throws -> T
    ) throws(HubRefusal) -> T {
        try hub.read { reader in try body(reader, OfficeFinder(reader: reader, now: now)) }
    }

    /// One transaction over other people's records.
    func decided<T>(_ body: (inout LogWriter) throws -> T) throws(HubRefusal) -> T {
        try hub.asOffice(credential, now, isTrial: isTrial, body)
    }

    func language(_ text: String?) throws(HubRefusal) -> Language {
        guard let text else { return .en }
        guard let language = Language(argument: text) else {
            throw .badRequest("The language must be zh-Hant or en.")
        }
        return language
    }
}
