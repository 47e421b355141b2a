internal import LuckyCausality
internal import LuckyModel

extension DayReportReply {
    /// An attempt that failed, before the one that is open or was the last.
    public struct Attempt: Codable, Hashable, Sendable {
        /// The stop's entity, hexadecimal.
        public var entity: String
        /// The office's code of the stop.
        public var stop: String
        /// Who was there.
        public var driver: String
        /// Which attempt it was, from 1.
        public var attempt: Int
        /// The reason's word.
        public var failure: String
        /// By the driver's clock, Unix milliseconds.
        public var atMs: Int64
        /// For which day the stop is planned now, `yyyy-mm-dd`; absent where that has none.
        public var toDate: String?
    }
}

extension DayReportReply.Attempt {
    /// Those of a day in Taipei, in the order of time.
    /// - Parameter stops: in any order; hidden ones are left out.
    static func all(on day: CivilDate, of stops: [EntityState]) -> [DayReportReply.Attempt] {
        stops.filter { !$0.isHidden }.flatMap { all(on: day, of: $0) }
            .sorted { ($0.atMs, $0.stop, $0.entity) < ($1.atMs, $1.stop, $1.entity) }
    }

    private static func all(on day: CivilDate, of state: EntityState) -> [DayReportReply.Attempt] {
        let last = state.stop.attempt
        return state.counted.effective.compactMap { effective in
            guard case .failed(let failure) = effective.value, failure.attempt < last,
                CivilDate(taipeiDayAt: effective.record.writtenAt) == day
            else { return nil }
            return DayReportReply.Attempt(
                entity: state.id.hex, stop: state.codeText, driver: effective.record.author.text,
                attempt: failure.attempt, failure: failure.reason.word,
                atMs: effective.record.writtenAt, toDate: state.day?.text)
        }
    }
}
