import Testing

/// Days in the field, played by the real programs, one after the other, and judged by a ledger
/// that neither of them wrote.
@Suite(.serialized) struct Journeys {}
