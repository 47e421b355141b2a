/// What an office person can ask of a hub: the last part of `POST /v1/office/{verb}`.
///
/// | verb | request | reply |
/// |---|---|---|
/// | `plan-import` | ``PlanImportRequest`` | ``PlanImportReply`` |
/// | `plan-show` | ``PlanShowRequest`` | ``PlanShowReply`` |
/// | `plan-history` | ``PlanHistoryRequest`` | ``PlanHistoryReply`` |
/// | `plan-set` | ``PlanSetRequest`` | ``PlanEditReply`` |
/// | `plan-reassign` | ``PlanReassignRequest`` | ``PlanEditReply`` |
/// | `plan-cancel`, `plan-uncancel`, `plan-reopen` | ``PlanStopRequest`` | ``PlanEditReply`` |
/// | `plan-insert` | ``PlanInsertRequest`` | ``PlanEditReply`` |
/// | `plan-resequence` | ``PlanResequenceRequest`` | ``PlanEditReply`` |
/// | `plan-reschedule` | ``PlanRescheduleRequest`` | ``PlanEditReply`` |
/// | `plan-cancel-route` | ``PlanCancelRouteRequest`` | ``PlanEditReply`` |
/// | `plan-close-route` | ``PlanCloseRouteRequest`` | ``PlanEditReply`` |
/// | `note` | ``NoteRequest`` | ``PlanEditReply`` |
/// | `settle` | ``SettleRequest`` | ``PlanEditReply`` |
/// | `redact` | ``RedactRequest`` | ``PlanEditReply`` |
/// | `correct` | ``CorrectRequest`` | ``PlanEditReply`` |
/// | `customer-show` | ``CustomerShowRequest`` | ``CustomerShowReply`` |
/// | `customer-merge` | ``CustomerMergeRequest`` | ``PlanEditReply`` |
/// | `customer-delete` | ``CustomerDeleteRequest`` | ``PlanEditReply`` |
/// | `report-day` | ``DayRequest`` | ``DayReportReply`` |
/// | `review-list` | ``ReviewListRequest`` | ``ReviewListReply`` |
/// | `review-show` | ``ReviewShowRequest`` | ``ReviewShowReply`` |
/// | `review-resolve`, `review-undo` | ``ReviewDecisionRequest`` | ``ReviewDecisionReply`` |
/// | `heads` | ``HeadsRequest`` | ``HeadsReply`` |
/// | `offers-list` | ``ListRequest`` | ``OffersReply`` |
/// | `offers-take`, `offers-dismiss` | ``OfferDecisionRequest`` | ``DecisionReply`` |
/// | `quarantine-list` | ``ListRequest`` | ``QuarantineReply`` |
/// | `quarantine-release`, `quarantine-reject` | ``QuarantineDecisionRequest`` | ``DecisionReply`` |
/// | `quarantine-export` | ``QuarantineExportRequest`` | ``QuarantineExportReply`` |
/// | `purge`, `unpurge` | ``EntityRequest`` | ``DecisionReply`` |
/// | `alarms-list` | ``ListRequest`` | ``AlarmsReply`` |
/// | `driver-deactivate`, `driver-activate` | ``DriverRequest`` | ``DecisionReply`` |
/// | `driver-list` | ``ListRequest`` | ``DriversReply`` |
///
/// Each with `dry-run-` before its name: what it would come to, and nothing is stored.
///
/// JSON keys are snake_case, sorted on output; times are Unix milliseconds (`…_ms`), money
/// 1/100 NT$ (`…_cents`), dates `yyyy-mm-dd`, entities, changes and replicas hexadecimal digits. An
/// absent key is null. New keys may appear; those that exist stay.
public enum OfficeVerb: String, Hashable, Sendable, CaseIterable {
    /// Takes a plan file; may also only say what it would change.
    case planImport = "plan-import"
    /// Reads a day, a route or a stop, with what drivers recorded and saw.
    case planShow = "plan-show"
    /// Every value that a stop's or route's fields had, and who wrote it over knowing what.
    case planHistory = "plan-history"
    /// Writes cells of one stop or route.
    case planSet = "plan-set"
    /// Moves a stop to another driver or route; 409 once gas was handed over.
    case planReassign = "plan-reassign"
    /// Cancels a stop; 409 once gas was handed over.
    case planCancel = "plan-cancel"
    /// Takes a cancellation back; writes nothing where there was none.
    case planUncancel = "plan-uncancel"
    /// Grants a failed stop another attempt; 409 for any other status.
    case planReopen = "plan-reopen"
    /// Adds one stop; 409 where its code is taken on that day.
    case planInsert = "plan-insert"
    /// Puts a route's stops in another order.
    case planResequence = "plan-resequence"
    /// Another attempt for a failed stop on another day or route; 409 for any other status.
    case planReschedule = "plan-reschedule"
    /// Takes a route off the day: delivered stops stay, open ones go back to dispatch.
    case planCancelRoute = "plan-cancel-route"
    /// Ends a route in its driver's place, who may still be on it: a case for review. 409 where it
    /// is closed already.
    case planCloseRoute = "plan-close-route"
    /// Adds a note of the office's to a stop.
    case note
    /// Closes a stop's account; 409 while it is open, or where it is settled already.
    case settle
    /// Drops the personal words of a change, or of a closed stop, for good.
    case redact
    /// Says what a record of a driver's counts as instead, and why; 409 where there is none.
    case correct
    /// A customer's stops, and what all who count as the same one hold.
    case customerShow = "customer-show"
    /// Says that two customers are one, or not after all; 409 where nobody would stay.
    case customerMerge = "customer-merge"
    /// Says that somebody is no customer any more, or is again; their stops stay.
    case customerDelete = "customer-delete"
    /// Sums of a day per driver and product.
    case reportDay = "report-day"
    /// The open reviews of a day: contradictions for a person to judge.
    case reviewList = "review-list"
    /// One review in full: what stood before, both sides, every decision.
    case reviewShow = "review-show"
    /// Decides one review, by the role that its rule names; 409 where it is decided already.
    case reviewResolve = "review-resolve"
    /// Opens a decided review again; 409 where it is open.
    case reviewUndo = "review-undo"
    /// Every replica that spoke, and how far it is.
    case heads
    /// Plan values that a device offered after a restore: they wait for a person.
    case offersList = "offers-list"
    /// Writes an offered value as this person's edit.
    case offersTake = "offers-take"
    /// Leaves an offered value aside.
    case offersDismiss = "offers-dismiss"
    /// Changesets that were kept and not applied.
    case quarantineList = "quarantine-list"
    /// Lets one in: its facts under their names, its plan writes as this person's edit.
    case quarantineRelease = "quarantine-release"
    /// Leaves one where it is, for good.
    case quarantineReject = "quarantine-reject"
    /// One of them as it came, byte for byte.
    case quarantineExport = "quarantine-export"
    /// Forgets a deleted entity's plan and its copies on devices; 409 for any other.
    case purge
    /// Undoes that: what is left is seen again.
    case unpurge
    /// What an operator must hear of.
    case alarmsList = "alarms-list"
    /// Refuses a person's tokens at every door; what their phone holds waits there.
    case driverDeactivate = "driver-deactivate"
    /// Takes them again.
    case driverActivate = "driver-activate"
    /// Who is deactivated.
    case driverList = "driver-list"

    static let trialPrefix = "dry-run-"

    /// Its name in the path.
    /// - Parameter isTrial: judged and answered as for real, and nothing is stored; a hub that is
    ///   too old for it answers 404.
    public func name(isTrial: Bool) -> String { isTrial ? Self.trialPrefix + rawValue : rawValue }
}
