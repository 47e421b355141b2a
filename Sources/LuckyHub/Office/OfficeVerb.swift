/// What an office person can ask of a hub: the last part of `POST /v1/office/{verb}`.
///
/// | verb | request | reply |
/// |---|---|---|
/// | `plan-import` | ``PlanImportRequest`` | ``PlanImportReply`` |
/// | `plan-show` | ``PlanShowRequest`` | ``PlanShowReply`` |
/// | `plan-set` | ``PlanSetRequest`` | ``PlanEditReply`` |
/// | `plan-reassign` | ``PlanReassignRequest`` | ``PlanEditReply`` |
/// | `plan-cancel`, `plan-uncancel`, `plan-reopen` | ``PlanStopRequest`` | ``PlanEditReply`` |
/// | `plan-insert` | ``PlanInsertRequest`` | ``PlanEditReply`` |
/// | `plan-resequence` | ``PlanResequenceRequest`` | ``PlanEditReply`` |
/// | `report-day` | ``DayRequest`` | ``DayReportReply`` |
/// | `review-list` | ``DayRequest`` | ``ReviewListReply`` |
/// | `heads` | ``HeadsRequest`` | ``HeadsReply`` |
///
/// JSON keys are snake_case, sorted on output; times are Unix milliseconds (`…_at_ms`), money
/// 1/100 NT$ (`…_cents`), dates `yyyy-mm-dd`, entities, changes and replicas hexadecimal digits. An
/// absent key is null. New keys may appear; those that exist stay.
public enum OfficeVerb: String, Hashable, Sendable, CaseIterable {
    /// Takes a plan file; may also only say what it would change.
    case planImport = "plan-import"
    /// Reads a day, a route or a stop, with what drivers recorded and saw.
    case planShow = "plan-show"
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
    /// Sums of a day per driver and product.
    case reportDay = "report-day"
    /// The open reviews of a day: contradictions for a person to judge.
    case reviewList = "review-list"
    /// Every replica that spoke, and how far it is.
    case heads
}
