import Foundation
import LuckyModel
import Testing

@testable import LuckyWire

/// Four times the bytes may take four times as long, with room for noise: not sixteen times.
@Suite(.serialized) struct WireSpeedTests {
    /// Other work on the machine only ever makes it slower: one quiet round proves it.
    private func isLinear(_ small: () throws -> Void, _ large: () throws -> Void) rethrows -> Bool {
        for _ in 0..<20 {
            if try seconds(large) < seconds(small) * 8 { return true }
        }
        return false
    }

    private func seconds(_ body: () throws -> Void) rethrows -> Double {
        let start = ContinuousClock.now
        try body()
        return start.duration(to: .now) / .seconds(1)
    }

    private func response(entities: Int) -> Data {
        var response = Fixture.response()
        let part = Fixture.page().parts[0]
        response.page?.parts = (0..<entities).map { index in
            var copy = part
            copy.entity = EntityID(.stop, Bits128(high: 7, low: UInt64(index)))
            return copy
        }
        return response.encoded()
    }

    @Test func decodingIsLinear() throws {
        let small = response(entities: 250)
        let large = response(entities: 1000)
        #expect(
            try isLinear(
                { _ = try SyncResponse(decoding: small) }, { _ = try SyncResponse(decoding: large) }))
    }

    @Test func framesAndChecksumsAreLinear() {
        let payload = [UInt8](repeating: 0x5A, count: 1000)
        func frames(_ count: Int) -> Data {
            Data((0..<count).flatMap { _ in Frame(.entity, payload).bytes })
        }
        let small = frames(1000)
        let large = frames(4000)
        #expect(Frame.read(large, limit: .max).frames.count == 4000)
        #expect(
            isLinear(
                { _ = Frame.read(small, limit: .max) }, { _ = Frame.read(large, limit: .max) }))
    }
}
