import LuckyCausality
import LuckyModel
import TestSupport
import Testing

@Suite struct HybridClockTests {
    @Test func growsWhateverTheWallClockDoes() {
        var clock = HybridClock()
        var last = HLC.zero
        for wall: Int64 in [1000, 1000, 999, -5, .min, 2000, 0, .max, .max, 1, .max] {
            let reading = clock.tick(wall: wall)
            #expect(reading > last)
            #expect(reading.milliseconds >= 0 && reading.milliseconds < HLC.millisecondLimit)
            last = reading
        }
    }

    @Test func followsTheWallClockWhereItRuns() {
        var clock = HybridClock()
        #expect(clock.tick(wall: 1000) == HLC(milliseconds: 1000, logical: 0))
        #expect(clock.tick(wall: 1000) == HLC(milliseconds: 1000, logical: 1))
        #expect(clock.tick(wall: 1001) == HLC(milliseconds: 1001, logical: 0))
        // Back to 1970: the clock counts on from where it was.
        #expect(clock.tick(wall: 0) == HLC(milliseconds: 1001, logical: 1))
        #expect(clock.last == HLC(milliseconds: 1001, logical: 1))
    }

    @Test func logicalOverflowMovesTheMillisecond() {
        var clock = HybridClock(last: HLC(milliseconds: 7, logical: .max))
        #expect(clock.tick(wall: 0) == HLC(milliseconds: 8, logical: 0))
    }

    @Test func aStampFarAheadDoesNotMoveIt() {
        var clock = HybridClock(last: HLC(milliseconds: 1000, logical: 0))
        let limit = HybridClock.aheadLimitMilliseconds
        #expect(clock.see(HLC(milliseconds: 5000 + limit, logical: 3), hubTime: 5000) == true)
        #expect(clock.last == HLC(milliseconds: 5000 + limit, logical: 3))
        #expect(clock.see(HLC(milliseconds: 5001 + limit, logical: 0), hubTime: 5000) == false)
        #expect(clock.last == HLC(milliseconds: 5000 + limit, logical: 3))
        // An older one is seen and changes nothing.
        #expect(clock.see(HLC(milliseconds: 1, logical: 0), hubTime: 5000) == true)
        #expect(clock.last == HLC(milliseconds: 5000 + limit, logical: 3))
        #expect(clock.see(.zero, hubTime: .max) == true)
        #expect(clock.tick(wall: 5000) == HLC(milliseconds: 5000 + limit, logical: 4))
    }

    @Test func farAheadIsFlaggedNotRefused() {
        let limit = HybridClock.aheadLimitMilliseconds
        #expect(!Stamp.by("amy", hlc: 1000 + limit, received: 1000).isFarAhead)
        #expect(Stamp.by("amy", hlc: 1001 + limit, received: 1000).isFarAhead)
        #expect(!Stamp.by("amy", hlc: .max, received: nil).isFarAhead)
        #expect(!Stamp.by("amy", hlc: .max, received: .max).isFarAhead)
    }

    @Test func aMadDeviceTimeIsKeptWithinRange() {
        let boot = BootID(high: 0, low: 1)
        let mad = DeviceTime(wallMilliseconds: .min, monotonicMilliseconds: .max, boot: boot)
        #expect(mad.wallMilliseconds == 1 - HLC.millisecondLimit)
        #expect(mad.monotonicMilliseconds == HLC.millisecondLimit - 1)
        let early = DeviceTime(wallMilliseconds: -7, monotonicMilliseconds: -1, boot: boot)
        #expect(early.wallMilliseconds == -7)
        #expect(early.monotonicMilliseconds == 0)
    }
}
