/// A fault of the product, planted on purpose, to see that somebody notices: at its place one line
/// does something else while it is chosen. The swarm must catch each (`lucky simulate run --mutant`).
///
/// Only builds with `LUCKY_MUTANTS` have them, which is every debug build and no other. One process
/// plays one of them at most.
package enum Mutant: String, CaseIterable, Sendable {
    // LuckyStore
    case storeSkipsSync = "store_skips_sync"
    case savedBeforeCommit = "saved_before_commit"
    case cursorPastUnapplied = "cursor_past_unapplied"
    case pageWithoutCheckpoint = "page_without_checkpoint"
    case failedPageMovesCheckpoint = "failed_page_moves_checkpoint"
    case receiptReachesTooFar = "receipt_reaches_too_far"
    case ownTapsHidden = "own_taps_hidden"
    case namesStay = "names_stay"
    case reissueRenames = "reissue_renames"
    case archiveStaysSilent = "archive_stays_silent"
    case leftStopStays = "left_stop_stays"
    case sendsNewestFirst = "sends_newest_first"
    case clockNotKept = "clock_not_kept"
    case forkKeepsEpoch = "fork_keeps_epoch"

    // LuckySync
    case backoffNeverWakes = "backoff_never_wakes"
    case backoffIsNothing = "backoff_is_nothing"
    case gateLeftStanding = "gate_left_standing"
    case tokenStopsAll = "token_stops_all"
    case waitOfYears = "wait_of_years"
    case breakerNeverCloses = "breaker_never_closes"
    case countNeverFalls = "count_never_falls"
    case idleWhileWaiting = "idle_while_waiting"

    // LuckyCausality
    case winnerAtMerge = "winner_at_merge"
    case lastWriteWins = "last_write_wins"
    case lastCashWins = "last_cash_wins"
    case contextAsVector = "context_as_vector"
    case lastIsUnseen = "last_is_unseen"
    case farAheadMovesClock = "far_ahead_moves_clock"
    case lateCancelIsFine = "late_cancel_is_fine"

    // LuckyWire
    case checksumUnread = "checksum_unread"
    case emptiesNotSent = "empties_not_sent"
    case alreadyIsAccepted = "already_is_accepted"
    case contextNotSent = "context_not_sent"
    case vectorCutShort = "vector_cut_short"
    case tagNotRead = "tag_not_read"

    // LuckyHub
    case dedupeDropped = "dedupe_dropped"
    case restoreGoesOn = "restore_goes_on"
    case scopeLeak = "scope_leak"
    case leavingNotTold = "leaving_not_told"
    case hubSkipsSync = "hub_skips_sync"
    case quarantineBlocks = "quarantine_blocks"
    case reviewNotOpened = "review_not_opened"
    case oldSiblingKept = "old_sibling_kept"
    case forkUnnoticed = "fork_unnoticed"
    case editAgainRefused = "edit_again_refused"
    case deadlyAtOnce = "deadly_at_once"
    case claimRefused = "claim_refused"
    case pageSkipsRows = "page_skips_rows"
    case tombstoneDropped = "tombstone_dropped"
    case editNotApplied = "edit_not_applied"
    case importRowDropped = "import_row_dropped"

    #if LUCKY_MUTANTS
        /// Chosen before anything runs, and never again.
        nonisolated(unsafe) package static var chosen: Mutant?

        /// Whether this build has any.
        package static let isBuilt = true

        package static func isOn(_ mutant: Mutant) -> Bool { chosen == mutant }
    #else
        /// Whether this build has any.
        package static let isBuilt = false

        @inlinable
        package static func isOn(_ mutant: Mutant) -> Bool { false }
    #endif
}
