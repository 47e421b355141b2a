/// What may go wrong in a swarm. One counts once, when it strikes traffic or a write in flight; a
/// partition is one.
public enum FaultKind: String, CaseIterable, Hashable, Sendable {
    /// A request that never reaches the hub.
    case requestLost = "request_lost"
    /// An answer that never comes back.
    case answerLost = "answer_lost"
    /// An answer that comes when the device has given up.
    case answerLate = "answer_late"
    /// An answer of which only some bytes come.
    case answerCut = "answer_cut"
    /// An answer with one bit turned.
    case answerFlipped = "answer_flipped"
    /// A request that reaches the hub twice.
    case duplicated
    /// A request that reaches the hub behind newer ones.
    case reordered
    /// A link on which bytes trickle.
    case slow
    /// Somebody answers 401.
    case unauthorised = "status_401"
    /// Somebody answers 429.
    case tooMany = "status_429"
    /// Somebody answers 500, 502 or 503.
    case serverError = "status_5xx"
    /// A captive portal answers with a page of its own.
    case portal
    /// No way to the hub for some time.
    case partition
    /// A link that comes and goes.
    case flapping
    /// Requests get through, answers do not.
    case oneWay = "one_way"
    /// A device's process ends without a word.
    case killed
    /// It ends in the middle of a write.
    case killedInside = "killed_in_write"
    /// A device's power goes, and what was not synced is lost.
    case powerLost = "power_lost"
    /// A device's power goes, and what was not synced is there all the same.
    case powerKept = "power_kept"
    /// A device's power goes, and of what was not synced any part is there.
    case powerTorn = "power_torn"
    /// A device's disk has no room.
    case diskFull = "disk_full"
    /// A write or a sync of a device's disk fails.
    case diskError = "disk_error"
    /// A device gets an older backup of its data back.
    case deviceRestored = "device_restored"
    /// A second device gets a device's data, and both go on.
    case deviceCloned = "device_cloned"
    /// A device is gone for good; its driver gets an empty one.
    case deviceLost = "device_lost"
    /// A device's clock jumps, by minutes to years.
    case clockJump = "clock_jump"
    /// A device's clock is set by whole hours, as by somebody in another time zone.
    case timeZone = "time_zone"
    /// The hub's process ends without a word.
    case hubKilled = "hub_killed"
    /// It ends in the middle of a write.
    case hubKilledInside = "hub_killed_in_write"
    /// The power of the hub's machine goes.
    case hubPower = "hub_power_torn"
    /// The hub's file becomes an older copy of itself.
    case hubRestored = "hub_restored"
    /// The hub's disk is gone, and a new, empty hub takes its place.
    case hubReplaced = "hub_replaced"
    /// A device goes on with an older build, whatever waits in its outbox.
    case downgraded
    /// A device that ran an older build goes on with this one.
    case upgraded
    /// A phone sends what nobody can read, and what everybody can behind it.
    case unreadable
    /// A stop goes to another driver and comes back.
    case scopeReturned = "scope_left_and_back"
    /// The hub goes on in another process on another machine, with the files of the first.
    case hubMoved = "hub_moved"
    /// A phone of a newer build tells what this one has no word for.
    case newer = "newer_build"
    /// A request of which only some bytes reach the hub.
    case requestCut = "request_cut"
    /// A request with one bit turned.
    case requestFlipped = "request_flipped"
}
