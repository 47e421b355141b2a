/// What a ``FaultProxy`` does to the traffic. Everything at its default is a plain proxy.
///
/// Chances are per mille of exchanges (a request and its response). What is drawn for an exchange
/// depends on the seed, the connection's number and the exchange's number on it, and on nothing
/// else: switching one fault on does not move another.
public struct Faults: Sendable, Hashable {
    /// Milliseconds before each request is passed on, and again before each response.
    public var delayMilliseconds = 0
    /// Chance to reset the connection: before the request, in its middle (the hub sees the first
    /// half) or in the middle of the response.
    public var dropPerMille = 0
    /// Chance to close in an orderly way after some bytes of the response.
    public var cutPerMille = 0
    /// Closes each response after so many bytes; 0 is off.
    public var cutResponseAfterBytes = 0
    /// Chance to send some bytes of the response, then the end of the stream, and to keep the
    /// connection open for as long as the client does.
    public var halfClosePerMille = 0
    /// Chance to flip one bit of the request's body.
    public var flipRequestPerMille = 0
    /// Chance to flip one bit of the response's body.
    public var flipResponsePerMille = 0
    /// Milliseconds between the single bytes of each response; 0 is off.
    public var trickleMilliseconds = 0
    /// The next so many responses are read whole from the hub, then the client's connection is
    /// reset instead. Counts down to 0 as it happens.
    public var swallowResponses = 0
    /// Chance of the same for any response.
    public var swallowPerMille = 0
    /// Chance that the whole request reaches the hub twice, the second time on another connection,
    /// whose response is thrown away.
    public var duplicatePerMille = 0
    /// Answers every request with a captive portal's page. The hub sees nothing.
    public var portal = false
    /// No network: open connections end, new ones are reset at once.
    public var deadZone = false

    public init() {}
}

/// What a ``FaultProxy`` did so far. Each is counted before the client can notice it.
public struct FaultCounts: Sendable, Hashable {
    /// Connections taken, and those reset at once in a dead zone.
    public var connections = 0
    public var refused = 0
    /// Whole requests that came from clients.
    public var requests = 0
    /// Responses passed on to their end, with or without a flipped bit.
    public var responses = 0
    /// Requests that could not be passed on: nothing listens where the hub should be.
    public var unreachable = 0
    /// Responses that the hub itself broke off.
    public var brokenByHub = 0
    // One per fault, as in ``Faults``.
    public var delayed = 0
    public var dropped = 0
    public var cut = 0
    public var halfClosed = 0
    public var flippedRequests = 0
    public var flippedResponses = 0
    public var trickled = 0
    public var swallowed = 0
    public var duplicated = 0
    public var portals = 0

    public init() {}
}
